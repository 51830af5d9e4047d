/**
 * The weekly digest of a repository: one rolling issue, its body renewed, and one comment a week, made once however often
 * the run is repeated. A repository without any tracked item gets none.
 */
import { addDays, type PlainDate, weekday } from "../calendar.js";
import { DIGEST_TITLE, type DigestInput, hasNews, renderDigestComment, renderDigestIssue } from "../render/digest.js";
import { fingerprint, markerKey } from "../render/marker.js";
import type { Context } from "./context.js";
import { leaveToNewer } from "./newer.js";
import { once, ownComments } from "./once.js";
import { type At, type Scene, setScene } from "./scene.js";

/** Posts this week's digest; returns whether there was one to post. */
export async function postDigest(context: Context, at: At): Promise<boolean> {
  const scene = await setScene(context, at);
  if (!scene || scene.repository.obstacle || !scene.policy.digest.enabled) return false;
  const { store, today, links, policy, repository } = scene;
  const input: DigestInput = {
    open: await store.openItems(repository.id),
    closed: await store.itemsClosedSince(repository.id, addDays(today, -7)),
    today,
    links,
    label: policy.labels[0] ?? "action-item",
  };
  const week = weekOf(today);
  const key = `digest:${week}`;
  if (!hasNews(input) || (await store.comment(repository.id, key))) return false;
  const issue = await renewIssue(scene, input);
  await once(scene, {
    key,
    find: async (since) => {
      const comments = await ownComments(scene, issue, since);
      return comments.find(({ body }) => markerKey(body, "digest-week") === week) ?? null;
    },
    create: () => scene.github.createComment(issue, renderDigestComment(input, week)),
    record: (tables, comment) =>
      tables.saveComment({
        key,
        repositoryId: repository.id,
        number: issue,
        commentId: comment.id,
        hash: fingerprint(comment.body),
      }),
  });
  return true;
}

/** The rolling issue with its text renewed; opened where there is none, or the last one was deleted. Returns its number. */
async function renewIssue(scene: Scene, input: DigestInput): Promise<number> {
  const { github, repository } = scene;
  const { body } = renderDigestIssue(input);
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
