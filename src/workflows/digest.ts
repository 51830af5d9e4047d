/**
 * The weekly digest of a repository: one rolling issue, its body renewed, and one comment a week, made once however often
 * the run is repeated. A repository without any tracked item gets none.
 */
import { addDays, type PlainDate, weekday } from "../calendar.js";
import { Refused } from "../github/errors.js";
import { DIGEST_TITLE, type DigestInput, hasNews, renderDigestComment, renderDigestIssue } from "../render/digest.js";
import { fingerprint, markerKey, withoutMarkers } from "../render/marker.js";
import { historyFrom } from "../tracking/digest.js";
import { pieceKey, type Trouble } from "../tracking/trouble.js";
import type { Context } from "./parts/context.js";
import { loadScene } from "./parts/load-scene.js";
import { leaveToNewer } from "./parts/newer.js";
import { once, ownComments } from "./parts/once.js";
import { attempt } from "./parts/piece.js";
import { lateReviews } from "./parts/reviews.js";
import type { At, Scene } from "./parts/scene.js";

const PIECE = { kind: "digest" } as const;

/** Posts this week's digest; returns whether there was one to post. */
export async function postDigest(context: Context, at: At): Promise<boolean> {
  const found = await loadScene(context, at);
  if (!found || found.repository.obstacle || !found.policy.digest.enabled) return false;
  const scene: Scene = { ...found, patient: !context.eager };
  const { store, today, repository } = scene;
  const input = await digestInput(scene);
  const week = weekOf(today);
  if (!hasNews(input) || (await store.comment(repository.id, keyOf(week)))) return false;
  const hadTrouble = troubleOf(scene) !== null;
  let issue: number | null = null;
  const posted = await attempt(scene, PIECE, async () => {
    issue = await renewIssue(scene, input);
    await commentOnce(scene, issue, input, week);
  });
  // It may take no comment and yet be edited: then its own text says so, and once it was fixed, no more.
  if (issue !== null && posted.done === hadTrouble) await renewText(scene, issue, input);
  return posted.done;
}

/** The digest's text as it would stand now, whether it was posted this week or not; null where there is nothing to say. Nothing is written. */
export async function previewDigest(context: Context, at: At): Promise<string | null> {
  const scene = await loadScene(context, at);
  if (!scene || scene.repository.obstacle) return null;
  const input = await digestInput(scene);
  return hasNews(input) ? withoutMarkers(renderDigestIssue(input).body) : null;
}

const troubleOf = ({ troubles }: Scene): Trouble | null => troubles.get(pieceKey(PIECE)) ?? null;

async function renewText(scene: Scene, issue: number, input: DigestInput): Promise<void> {
  const { body } = renderDigestIssue(input, troubleOf(scene));
  await scene.github.updateIssue(issue, { body }).catch((error: unknown) => {
    if (!(error instanceof Refused)) throw error;
  });
}

async function digestInput(scene: Scene): Promise<DigestInput> {
  const { store, repository, today, links, policy } = scene;
  const documents = await store.documentsOf(repository.id);
  const gone = new Set(documents.filter(({ removedOn }) => removedOn !== null).map(({ id }) => id));
  const open = await store.openItems(repository.id);
  return {
    open: open.filter(({ documentId }) => !gone.has(documentId)),
    waiting: open.filter(({ documentId }) => gone.has(documentId)),
    closed: await store.itemsClosedSince(repository.id, historyFrom(today)),
    documents: new Map(documents.map((document) => [document.id, document])),
    reviews: await lateReviews(scene),
    policy,
    today,
    links,
    label: policy.labels[0] ?? "action-item",
  };
}

const keyOf = (week: PlainDate): string => `digest:${week}`;

async function commentOnce(scene: Scene, issue: number, input: DigestInput, week: PlainDate): Promise<void> {
  const { repository, github } = scene;
  const key = keyOf(week);
  await once(scene, {
    key,
    find: async (since) => {
      const comments = await ownComments(scene, issue, since);
      return comments.find(({ body }) => markerKey(body, "digest-week") === week) ?? null;
    },
    create: () => github.createComment(issue, renderDigestComment(input, week)),
    record: (tables, comment) =>
      tables.saveComment({
        key,
        repositoryId: repository.id,
        number: issue,
        commentId: comment.id,
        hash: fingerprint(comment.body),
      }),
  });
}

/** The rolling issue with its text renewed; opened where there is none, or the last one was deleted. Returns its number. */
async function renewIssue(scene: Scene, input: DigestInput): Promise<number> {
  const { github, repository } = scene;
  const { body } = renderDigestIssue(input, troubleOf(scene));
  const current = repository.digestIssue === null ? null : await github.issue(repository.digestIssue);
  if (current) {
    await leaveToNewer(scene, current);
    if (fingerprint(current.body) !== fingerprint(body)) await github.updateIssue(current.number, { body });
    return current.number;
  }
  const made = await once(scene, {
    key: "digest-issue",
    find: async (since) =>
      (await github.ownIssuesSince(since)).find((issue) => issue.open && markerKey(issue.body, "digest") !== null) ??
      null,
    create: () => github.createIssue({ title: DIGEST_TITLE, body, labels: [], assignees: [] }),
    record: async (tables, issue) => {
      await tables.changeRepository(repository.id, { digestIssue: issue.number });
    },
  });
  return made.number;
}

/** The week a day is in, by its Monday (ISO 8601 weeks begin on Monday): `2024-11-18`. */
function weekOf(today: PlainDate): PlainDate {
  return addDays(today, -((weekday(today) + 6) % 7));
}
