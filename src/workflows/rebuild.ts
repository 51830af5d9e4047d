/**
 * Builds the projection of a repository from GitHub alone: every tracking issue by the marker in its body, adopted issues
 * and status comments by the markers in the App's comments, nudges by theirs. Runs before the first work in a repository
 * the store knows nothing of, and by `follow-through rebuild`. Only what the App's bot wrote counts.
 */
import type { CommentFacts, IssueFacts } from "../github/port.js";
import {
  fingerprint,
  type ItemMarker,
  markerData,
  markerKey,
  parseItemMarker,
  parseNudgeMarker,
  parseStatusMarker,
} from "../render/marker.js";
import { settle } from "../tracking/decide.js";
import type { Heard, KeptComment, Nudge, Repository, TrackedDocument, TrackedItem } from "../tracking/types.js";
import { knownBefore } from "./baseline.js";
import { leaveToNewer } from "./newer.js";
import { managedHash, observed, unheard } from "./observe.js";
import { withSkew } from "./once.js";
import type { Scene } from "./scene.js";

/** Reads everything the App wrote in the repository and records it; returns the repository as recorded. */
export async function rebuildRepository(scene: Scene): Promise<Repository> {
  const { github, store, now, log, policy } = scene;
  const issues = await github.ownIssues(policy.labels[0] ?? "action-item");
  // Where the bot never opened anything there is nothing to read, and a busy repository's comments need not be listed.
  const all = issues.length === 0 ? [] : await github.allComments();
  const comments = all.filter((comment) => comment.author === github.bot);
  for (const written of [...issues, ...comments]) await leaveToNewer(scene, written);
  const adopted = await adoptedIssues(scene, comments);
  const found = collect(scene, { issues, comments, adopted, newest: newestByIssue(all) });
  const unheardOf = found.items.flatMap((item) => (unheard(item, all).length > 0 ? (item.issue?.number ?? []) : []));
  const digest = issues.find((issue) => markerData(issue.body, "digest") !== null);
  const { repository } = scene;
  const seen = repository.seen ?? (await knownBefore(scene, issues, comments));
  await store.transaction(async (tables) => {
    await tables.forgetProjection(repository.id);
    for (const document of found.documents) await tables.saveDocument(document);
    for (const item of found.items) await tables.saveItem(item);
    for (const comment of found.comments) await tables.saveComment(comment);
    // Commands that were written while the database was lost; their deliveries may have gone with it.
    for (const number of unheardOf)
      await tables.want(
        { kind: "commands", installationId: repository.installationId, repositoryId: repository.id, number },
        now(),
      );
    await tables.changeRepository(repository.id, {
      digestIssue: digest?.number ?? null,
      seen,
      rebuiltAt: now().toISOString(),
    });
  });
  log.info(
    { repository: repository.id, items: found.items.length, documents: found.documents.length },
    "projection built from GitHub",
  );
  return (await store.repository(repository.id)) ?? repository;
}

/**
 * Takes in tracking issues that were opened but not recorded (the process died in between) before a document is decided
 * upon: its words may have changed since, and then the item would be minted anew and opened twice.
 */
export async function recoverOpened(scene: Scene): Promise<void> {
  const { store, github, repository } = scene;
  const intents = (await store.intents(repository.id)).filter(({ key }) => key.startsWith("issue:"));
  const [oldest] = intents.map(({ startedAt }) => startedAt).sort();
  if (oldest === undefined) return;
  const keys = new Set(intents.map(({ key }) => key));
  for (const facts of await github.ownIssuesSince(withSkew(oldest))) {
    await leaveToNewer(scene, facts);
    const found = parseItemMarker("item", facts.body);
    if (!found || !keys.has(`issue:${found.item.id}`) || (await store.item(repository.id, found.item.id))) continue;
    const item = itemOf(scene, found, facts, managedHash(facts.body), null, new Map());
    await store.transaction(async (tables) => {
      await tables.saveItem(item);
      await tables.finishIntent(repository.id, `issue:${item.id}`);
    });
  }
}

async function adoptedIssues({ github }: Scene, comments: readonly CommentFacts[]): Promise<Map<number, IssueFacts>> {
  const adopted = new Map<number, IssueFacts>();
  for (const { number, body } of comments) {
    if (adopted.has(number) || !parseItemMarker("adopted", body)) continue;
    const facts = await github.issue(number);
    if (facts) adopted.set(number, facts);
  }
  return adopted;
}

interface Found {
  readonly items: readonly TrackedItem[];
  readonly documents: readonly TrackedDocument[];
  readonly comments: readonly KeptComment[];
}

/** What was read from GitHub; `comments`: the App's own. */
interface Read {
  readonly issues: readonly IssueFacts[];
  readonly comments: readonly CommentFacts[];
  readonly adopted: ReadonlyMap<number, IssueFacts>;
  /** The newest comment of anybody on each issue. */
  readonly newest: ReadonlyMap<number, Heard>;
}

function collect(scene: Scene, { issues, comments, adopted, newest }: Read): Found {
  const documents = new Map<string, TrackedDocument>();
  const items: TrackedItem[] = [];
  const nudges = nudgesByItem(comments);
  const taken = new Set<string>();
  const add = (found: ItemMarker, facts: IssueFacts, hash: string, comment: number | null) => {
    // A marker copied into a younger issue is a copy: lists come oldest first.
    if (taken.has(found.item.id)) return;
    taken.add(found.item.id);
    documents.set(found.document.id, documentOf(scene, found.document, found.item.place.commit));
    const { heard } = found.item;
    items.push({
      ...itemOf(scene, found, facts, hash, comment, nudges),
      heard: heard === undefined ? (newest.get(facts.number) ?? null) : heard,
    });
  };
  for (const facts of issues) {
    // Also where a person deleted a fence of the section: it is repaired by what is followed up next.
    const found = parseItemMarker("item", facts.body);
    if (found) add(found, facts, managedHash(facts.body), null);
  }
  for (const { number, body, id } of comments) {
    const found = parseItemMarker("adopted", body);
    const facts = adopted.get(number);
    if (found && facts) add(found, facts, fingerprint(body), id);
  }
  const kept: KeptComment[] = [];
  for (const comment of comments) {
    const link = markerKey(comment.body, "link");
    const told = parseStatusMarker(comment.body);
    for (const document of told ?? []) {
      if (!documents.has(document.id))
        documents.set(document.id, documentOf(scene, document, scene.repository.defaultBranch));
    }
    const home = told?.[0]?.home;
    const week = markerKey(comment.body, "digest-week");
    const key = link ?? markerKey(comment.body, "reply") ?? (week ? `digest:${week}` : home ? `status:${home}` : null);
    if (key)
      kept.push({
        key,
        repositoryId: scene.repository.id,
        number: comment.number,
        commentId: comment.id,
        hash: fingerprint(comment.body),
      });
  }
  return { items: inOrder(items), documents: [...documents.values()], comments: kept };
}

/** The newest comment of anybody, by issue; `comments`: oldest first. */
function newestByIssue(comments: readonly CommentFacts[]): Map<number, Heard> {
  return new Map(comments.map(({ number, id, createdAt }) => [number, { id, at: createdAt }]));
}

function nudgesByItem(comments: readonly CommentFacts[]): Map<string, Nudge[]> {
  const nudges = new Map<string, Nudge[]>();
  for (const { body } of comments) {
    const nudge = parseNudgeMarker(body);
    if (nudge) nudges.set(nudge.item, [...(nudges.get(nudge.item) ?? []), { n: nudge.n, on: nudge.on }]);
  }
  return nudges;
}

function documentOf(scene: Scene, found: ItemMarker["document"], commit: string): TrackedDocument {
  return { ...found, repositoryId: scene.repository.id, commit, blob: null, problems: [] };
}

function itemOf(
  scene: Scene,
  { item, document }: ItemMarker,
  facts: IssueFacts,
  hash: string,
  adoptedBy: number | null,
  nudges: ReadonlyMap<string, Nudge[]>,
): TrackedItem {
  const issue = observed(scene, facts, adoptedBy);
  return settle(
    {
      ...item,
      documentId: document.id,
      repositoryId: scene.repository.id,
      ordinal: 0,
      nudges: (nudges.get(item.id) ?? []).sort((a, b) => a.n - b.n),
      conflicts: [],
      heard: item.heard ?? null,
      issue,
      written: { ...(item.written ?? issue), hash },
      nextNudgeOn: null,
    },
    scene.policy,
    new Set([...issue.assignees, ...(item.written?.assignees ?? [])]),
  );
}

/** Numbers the items of each document by where they stand in it. */
function inOrder(items: readonly TrackedItem[]): TrackedItem[] {
  const next = new Map<string, number>();
  return [...items]
    .sort((a, b) => a.place.line - b.place.line)
    .map((item) => {
      const ordinal = next.get(item.documentId) ?? 0;
      next.set(item.documentId, ordinal + 1);
      return { ...item, ordinal };
    });
}
