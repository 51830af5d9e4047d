/**
 * Builds the projection of a repository from GitHub alone: every tracking issue by the marker in its body, adopted issues
 * and status comments by the markers in the App's comments, nudges by theirs. Runs before the first work in a repository
 * the store knows nothing of, and by `follow-through rebuild`. Only what the App's bot wrote counts.
 */
import type { CommentFacts, IssueFacts } from "../github/port.js";
import {
  fingerprint,
  type ItemMarker,
  markerKey,
  type NudgeMarker,
  nudgesOf,
  type OpenedItem,
  parseNudgeMarker,
  type RollingKind,
  rollingKind,
} from "../render/marker.js";
import { withDerived } from "../tracking/decide.js";
import { nudgeKey } from "../tracking/nudging.js";
import { issueTitle } from "../tracking/title.js";
import type { Heard, KeptComment, Nudge, Repository, TrackedDocument, TrackedItem } from "../tracking/types.js";
import { knownBefore } from "./parts/baseline.js";
import { withCanonical } from "./parts/duplicates.js";
import { untoldEdits } from "./parts/edited.js";
import { itemMarkerOf, statusMarkerOf } from "./parts/markers.js";
import { isAsWritten, mutesIn } from "./parts/mutes.js";
import { leaveToNewer } from "./parts/newer.js";
import { commandComments, managedHash, observed, whoHas } from "./parts/observe.js";
import { withSkew } from "./parts/once.js";
import { wantTold } from "./parts/removed.js";
import type { Scene } from "./parts/scene.js";
import { collapseStatus } from "./parts/status.js";
import { gone } from "./parts/tracking-issue.js";

const LONGEST_DAY_MS = 25 * 3_600_000;

/** Reads everything the App wrote in the repository and records it; returns the repository as recorded. */
export async function rebuildRepository(scene: Scene): Promise<Repository> {
  const { github, store, now, wall, githubTime, log, policy } = scene;
  const [label = "action-item"] = policy.labels;
  const issues = await github.ownIssues(label);
  // Where the bot never opened anything there is nothing to read, and a busy repository's comments need not be listed. Where it
  // did, its label stands, even if all of its issues were deleted since.
  const all = issues.length > 0 || (await github.hasLabel(label)) ? await github.allComments() : [];
  const comments = all.filter((comment) => comment.author === github.bot);
  for (const written of [...issues, ...comments]) await leaveToNewer(scene, written);
  const adopted = await adoptedIssues(scene, comments);
  const elsewhere = await issuesOutOfSight(scene, { issues, comments, adopted });
  const found = collect(scene, { issues, comments, adopted, elsewhere, newest: newestByIssue(all) });
  const unheardOf = found.items.flatMap((item) => {
    const { fresh } = commandComments(item, all);
    const [first] = fresh;
    const edits = untoldEdits({ fresh, passed: [] }, null);
    return first ? [{ number: first.number }, ...edits.map((edit) => ({ number: first.number, edit }))] : [];
  });
  // Of several the one that goes on: the newest that people can still answer on.
  const rollingOf = (kind: RollingKind) => {
    const marked = issues.filter((issue) => rollingKind(issue.body) === kind);
    return marked.findLast(({ open, locked }) => open && !locked) ?? marked.at(-1);
  };
  const [digest, organisations] = [rollingOf("digest"), rollingOf("organisation-digest")];
  const { repository } = scene;
  // Today in whatever zone it is asked about.
  const dayAgo = new Date(now().getTime() - LONGEST_DAY_MS).toISOString();
  const seen = repository.seen ?? (await knownBefore(scene, issues, comments));
  await store.transaction(async (tables) => {
    await tables.forgetProjection(repository.id);
    for (const document of found.documents) await tables.saveDocument(document);
    for (const item of found.items) await tables.saveItem(item);
    for (const document of found.documents.filter(({ removedOn }) => removedOn !== null))
      await tables.beginIntent(repository.id, wantTold(document), githubTime());
    for (const comment of found.comments) await tables.saveComment(comment);
    // Whose day is taken holds in other repositories too, so it is not believed where somebody edited it.
    const told = found.nudges.filter(({ comment, said }) => said.to.length > 0 && isAsWritten(comment));
    for (const { comment, said } of told) {
      const at = comment.createdAt;
      const { id: repositoryId, installationId } = repository;
      if (at >= dayAgo)
        await tables.reach({ installationId, repositoryId, people: said.to, at, since: at, key: nudgeKey(said) });
    }
    for (const said of mutesIn(scene, all))
      await tables.saveMute({ installationId: repository.installationId, ...said });
    // Commands that were written while the database was lost; their deliveries may have gone with it.
    for (const what of unheardOf)
      await tables.enqueue(
        { kind: "commands", installationId: repository.installationId, repositoryId: repository.id, ...what },
        wall(),
      );
    await tables.changeRepository(repository.id, {
      digestIssue: digest?.number ?? null,
      ...(organisations && { organisationDigest: organisations.number }),
      seen,
      rebuiltAt: now().toISOString(),
    });
  });
  log.info(
    { repository: repository.id, items: found.items.length, documents: found.documents.length },
    "projection built from GitHub",
  );
  await nameDuplicates(scene, found.items, [...issues, ...adopted.values()]);
  await collapseStatus(scene, comments);
  return (await store.repository(repository.id)) ?? repository;
}

/**
 * Takes in tracking issues that were opened but not recorded (the process died in between) before a document is decided
 * upon: its words may have changed since, and then the item would be minted again and opened twice.
 */
export async function recoverOpened(scene: Scene): Promise<void> {
  const { store, github, repository } = scene;
  const intents = (await store.intents(repository.id)).filter(({ key }) => key.startsWith("issue:"));
  const [oldest] = intents.map(({ startedAt }) => startedAt).sort();
  if (oldest === undefined) return;
  const keys = new Set(intents.map(({ key }) => key));
  for (const facts of await github.ownIssuesSince(withSkew(oldest))) {
    await leaveToNewer(scene, facts);
    const found = itemMarkerOf(scene, "item", facts);
    if (!found || !keys.has(`issue:${found.item.id}`) || (await store.item(repository.id, found.item.id))) continue;
    const item = itemOf(scene, found, facts, managedHash(facts.body), null);
    await store.transaction(async (tables) => {
      await tables.saveItem(item);
      await tables.finishIntent(repository.id, `issue:${item.id}`);
    });
  }
}

/** Of so many duplicates it is asked at once what they are of; the sweeps ask of the others. */
const MOST_NAMED = 20;

/** What a duplicate goes on in, stands in no marker: GitHub tells it. */
async function nameDuplicates(
  scene: Scene,
  items: readonly TrackedItem[],
  issues: readonly IssueFacts[],
): Promise<void> {
  const closed = new Map(
    issues.flatMap((facts) => (facts.closedAs === "duplicate" ? [[facts.number, facts] as const] : [])),
  );
  const asked = items.filter(({ issue }) => issue && closed.has(issue.number));
  for (const item of asked.sort((a, b) => (b.issue?.number ?? 0) - (a.issue?.number ?? 0)).slice(0, MOST_NAMED)) {
    const facts = closed.get(item.issue?.number ?? 0);
    if (facts) await scene.store.saveItem(await withCanonical(scene, item, facts));
  }
}

/** The issues that the App's comments with a marker stand on, by their number, as they are now. */
async function adoptedIssues(scene: Scene, comments: readonly CommentFacts[]): Promise<Map<number, IssueFacts>> {
  const adopted = new Map<number, IssueFacts>();
  for (const comment of comments) {
    if (adopted.has(comment.number) || !itemMarkerOf(scene, "adopted", comment)) continue;
    const facts = await scene.github.issue(comment.number);
    if (facts && !facts.isPull) adopted.set(comment.number, facts);
  }
  return adopted;
}

/**
 * The issues that status comments tell of and that are neither among the App's nor adopted, as they are now: null where one is deleted, or
 * was led on to another repository.
 */
async function issuesOutOfSight(
  scene: Scene,
  { issues, comments, adopted }: Pick<Read, "issues" | "comments" | "adopted">,
): Promise<Map<number, IssueFacts | null>> {
  const inSight = new Set(issues.map(({ number }) => number));
  const elsewhere = new Map<number, IssueFacts | null>();
  for (const { issue } of comments.flatMap((comment) => statusMarkerOf(scene, comment)?.opened ?? [])) {
    if (inSight.has(issue) || adopted.has(issue) || elsewhere.has(issue)) continue;
    elsewhere.set(issue, await scene.github.issue(issue));
  }
  return elsewhere;
}

interface Found {
  readonly items: readonly TrackedItem[];
  readonly documents: readonly TrackedDocument[];
  readonly comments: readonly KeptComment[];
  readonly nudges: readonly Told[];
}

/** What was read from GitHub; `comments`: the App's own. */
interface Read {
  readonly issues: readonly IssueFacts[];
  readonly comments: readonly CommentFacts[];
  readonly adopted: ReadonlyMap<number, IssueFacts>;
  readonly elsewhere: ReadonlyMap<number, IssueFacts | null>;
  /** The newest comment of anybody on each issue. */
  readonly newest: ReadonlyMap<number, Heard>;
}

function collect(scene: Scene, { issues, comments, adopted, elsewhere, newest }: Read): Found {
  const documents = new Map<string, TrackedDocument>();
  const items: TrackedItem[] = [];
  const taken = new Set<string>();
  const followed = new Set<number>();
  const add = (found: ItemMarker, facts: IssueFacts, hash: string, comment: number | null) => {
    // A marker copied into a younger issue is a copy: lists come oldest first. And an issue is one item's.
    if (taken.has(found.item.id) || followed.has(facts.number)) return;
    taken.add(found.item.id);
    followed.add(facts.number);
    documents.set(found.document.id, documentOf(scene, found.document, found.item.place.commit));
    const { heard } = found.item;
    items.push({
      ...itemOf(scene, found, facts, hash, comment),
      heard: heard === undefined ? (newest.get(facts.number) ?? null) : heard,
    });
  };
  for (const facts of issues) {
    // Also where a person deleted a fence of the section: it is repaired by what is followed up next.
    const found = itemMarkerOf(scene, "item", facts);
    if (found) add(found, facts, managedHash(facts.body), null);
  }
  for (const comment of comments) {
    const facts = adopted.get(comment.number);
    const found = facts && itemMarkerOf(scene, "adopted", comment);
    if (found) add(found, facts, fingerprint(comment.body), comment.id);
  }
  const kept: KeptComment[] = [];
  for (const comment of comments) {
    const { documents: told, opened } = statusMarkerOf(scene, comment) ?? { documents: [], opened: [] };
    for (const document of told) {
      const known = documents.get(document.id) ?? documentOf(scene, document, scene.repository.defaultBranch);
      const { heard, unrelated } = document;
      documents.set(document.id, { ...known, ...(heard && { heard }), ...(unrelated && { unrelated }) });
    }
    for (const one of opened) {
      const document = documents.get(one.document);
      if (!document || taken.has(one.id) || followed.has(one.issue)) continue;
      const facts = issues.find(({ number }) => number === one.issue) ?? elsewhere.get(one.issue) ?? null;
      // What somebody else opened was adopted, and the comment that said so is deleted: it is adopted again.
      if (facts && (facts.isPull || facts.author !== scene.github.bot)) continue;
      taken.add(one.id);
      followed.add(one.issue);
      items.push({ ...unmarkedItem(scene, one, document, facts), heard: newest.get(one.issue) ?? null });
    }
    const key = keyOf(comment.body, told[0]?.home ?? null);
    if (key)
      kept.push({
        key,
        repositoryId: scene.repository.id,
        number: comment.number,
        commentId: comment.id,
        hash: fingerprint(comment.body),
      });
  }
  const nudges = nudgesIn(comments, items, documents);
  const nudged = withNudges(scene, inOrder(items), nudges);
  return { items: nudged, documents: [...documents.values()], comments: kept, nudges };
}

/** The key under which a comment is kept, by its marker; `home`: the pull request whose status it tells, where it is a status comment. */
function keyOf(body: string, home: number | null): string | null {
  const week = markerKey(body, "digest-week");
  const line = markerKey(body, "link") ?? markerKey(body, "closing") ?? markerKey(body, "review");
  const organisations = markerKey(body, "organisation-week");
  const named =
    line ??
    markerKey(body, "reply") ??
    (week && `digest:${week}`) ??
    (organisations && `organisation-digest:${organisations}`);
  return named ?? (home === null ? null : `status:${home}`);
}

/** The newest comment of anybody, by issue; `comments`: oldest first. */
function newestByIssue(comments: readonly CommentFacts[]): Map<number, Heard> {
  return new Map(comments.map(({ number, id, createdAt }) => [number, { id, at: createdAt }]));
}

/** An overdue comment and what it says. */
interface Told {
  readonly comment: CommentFacts;
  readonly said: NudgeMarker;
}

/** The nudges that stand on the issue of the item they are about, or ask on its postmortem's pull request: elsewhere their marker is a copy. */
function nudgesIn(
  comments: readonly CommentFacts[],
  items: readonly TrackedItem[],
  documents: ReadonlyMap<string, TrackedDocument>,
): Told[] {
  const itemOf = new Map(items.map((item) => [item.id, item]));
  return comments.flatMap((comment) => {
    const said = parseNudgeMarker(comment.body);
    const item = said && itemOf.get(said.item);
    const place = said?.ask ? documents.get(item?.documentId ?? "")?.home : item?.issue?.number;
    return said && place === comment.number ? [{ comment, said }] : [];
  });
}

/** The items with the nudges that these comments say they had, each number once. */
function withNudges(scene: Scene, items: readonly TrackedItem[], told: readonly Told[]): TrackedItem[] {
  const nudges = new Map<string, Map<number, Nudge>>();
  for (const { said } of told)
    for (const { item, nudge } of nudgesOf(said))
      nudges.set(item, (nudges.get(item) ?? new Map<number, Nudge>()).set(nudge.n, nudge));
  return items.map((item) => {
    const own = [...(nudges.get(item.id)?.values() ?? [])].sort((a, b) => a.n - b.n);
    return own.length === 0 ? item : withDerived({ ...item, nudges: own }, scene.policy, whoHas(item));
  });
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
): TrackedItem {
  const issue = observed(scene, facts, adoptedBy);
  return withDerived(
    {
      ...item,
      documentId: document.id,
      repositoryId: scene.repository.id,
      ordinal: 0,
      nudges: [],
      conflicts: [],
      heard: item.heard ?? null,
      issue,
      written: { ...(item.written ?? issue), hash },
      nextNudgeOn: null,
    },
    scene.policy,
    whoHas({ issue, written: item.written ?? null }),
  );
}

/**
 * An item whose issue shows no marker any more: deleted, out of sight, or robbed of it. What else there was to know of it is asked of its
 * document again, as it is next read. `facts`: the issue as it is; null where it is gone.
 */
function unmarkedItem(
  scene: Scene,
  { id, title, group = null, line, issue, closedOn = null, closedAs }: OpenedItem,
  document: TrackedDocument,
  facts: IssueFacts | null,
): TrackedItem {
  const open = closedOn === null;
  const last = { number: issue, title, assignees: [], open, closedOn, ...(closedAs && { closedAs }), adoptedBy: null };
  const now = facts ? observed(scene, facts, null) : gone(last, scene.today);
  return {
    id,
    documentId: document.id,
    repositoryId: scene.repository.id,
    ordinal: 0,
    base: {
      ...{ title, owners: [], mentions: [], due: null, dueText: null, done: false, priority: null },
      ...{ ref: null, refUrl: null, group, type: null, window: null },
    },
    place: { commit: document.commit, path: document.path, line, endLine: line },
    ...{ due: null, dueOrigin: { kind: "none" }, originalDue: null, slips: [], slipsLeftOut: 0 },
    ...{ snoozes: [], waiver: null, heard: null, nudges: [], conflicts: [], openedOn: null },
    issue: now,
    // As the document most likely asked: where people made something else of the issue, that stands.
    written: { title: issueTitle(title), assignees: now.assignees, open: true, hash: "" },
    leftOn: null,
    nextNudgeOn: null,
  };
}

/** Numbers the items of each document by where they stand in it; those that left it come last. */
function inOrder(items: readonly TrackedItem[]): TrackedItem[] {
  const next = new Map<string, number>();
  return [...items]
    .sort((a, b) => Number(a.leftOn !== null) - Number(b.leftOn !== null) || a.place.line - b.place.line)
    .map((item) => {
      const ordinal = next.get(item.documentId) ?? 0;
      next.set(item.documentId, ordinal + 1);
      return { ...item, ordinal };
    });
}
