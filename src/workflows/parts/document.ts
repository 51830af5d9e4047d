/**
 * Follows one postmortem through: load → read → decide → apply → record. The document is read at the head of the default
 * branch, always the newest text, so a late delivery cannot undo a newer one.
 */
import { daysBetween, type PlainDate } from "../../calendar.js";
import type { ChangedFile } from "../../github/port.js";
import { MAX_PATH } from "../../policy/matching.js";
import { readOptions } from "../../policy/reading.js";
import type { Postmortem, Problem } from "../../postmortem/types.js";
import { bounded } from "../../tracking/bounds.js";
import { type Appeared, continuedBy } from "../../tracking/continues.js";
import { decide, isReadWhole, wantsIssue } from "../../tracking/decide.js";
import { MOST_AT_PATH, mintDocumentId } from "../../tracking/identity.js";
import type { TrackedDocument, TrackedItem } from "../../tracking/types.js";
import { recoverOpened } from "../rebuild.js";
import type { LoadedDocument } from "./loaded-document.js";
import { lookUp } from "./look-up.js";
import type { Assignable } from "./observe.js";
import { attempt, issuePiece } from "./piece.js";
import type { Scene } from "./scene.js";
import { followItem } from "./tracking-issue.js";

export interface Origin {
  /** The pull request a document that is not tracked yet belongs to; null for a direct push. */
  readonly home: number | null;
  readonly author: string | null;
  /** The commit for permalinks. */
  readonly commit: string;
  /** Where the document stood before, if the change renamed it. */
  readonly previousPath: string | null;
  /** The paths of the repository, where they are known: a document that stands at none of them has gone, though nobody saw it go. */
  readonly paths?: { has(path: string): boolean };
}

/** Loads and reads a document at the head of the default branch; null where there is none, or it asks to be left alone. */
export async function loadDocument(scene: Scene, path: string, origin: Origin): Promise<LoadedDocument | null> {
  await recoverOpened(scene);
  // Past dates are no problem of the document here: whether an item is overdue changes with the day, and is shown beside it.
  const read = await readDocument(scene, path, scene.repository.defaultBranch, null);
  return read?.postmortem.followThrough ? recognise(scene, read, origin) : null;
}

/** A document's text as it stands at a commit or branch. */
export interface ReadDocument {
  readonly postmortem: Postmortem;
  readonly blob: string;
}

/** Reads a document at a commit or branch; null where there is none, or its path is longer than can be kept. Items due before `today`, if given, are problems. */
export async function readDocument(
  { github, reader, policy }: Scene,
  path: string,
  ref: string,
  today: PlainDate | null,
): Promise<ReadDocument | null> {
  if (path.length > MAX_PATH) return null;
  const file = await github.file(path, ref);
  if (file.kind === "missing" || file.kind === "not-a-file") return null;
  const postmortem =
    file.kind === "file" ? await reader.read(path, file.bytes, readOptions(policy, today)) : tooLarge(path, file.size);
  return { postmortem: bounded(postmortem), blob: file.blob };
}

/** A document that was read, with what is tracked of it. */
export async function recognise(
  { repository, store }: Scene,
  { postmortem, blob }: ReadDocument,
  origin: Origin,
): Promise<LoadedDocument> {
  const { path } = postmortem;
  const renamed = origin.previousPath && origin.previousPath !== path;
  const before =
    (await store.documentAt(repository.id, path)) ??
    (renamed && origin.previousPath ? await store.documentAt(repository.id, origin.previousPath) : null) ??
    (await goneElsewhere(store, repository.id, origin.paths, {
      path,
      blob,
      title: postmortem.title,
      items: postmortem.items,
      previousPath: origin.previousPath,
    }));
  const document: TrackedDocument = {
    id: before?.id ?? (await freshId(store, repository.id, path)),
    repositoryId: repository.id,
    firstPath: before?.firstPath ?? path,
    path,
    title: postmortem.title,
    incident: postmortem.incident,
    home: before ? before.home : origin.home,
    commit: origin.commit,
    blob,
    author: before?.author ?? origin.author,
    removedOn: null,
    held: before?.held ?? null,
    problems: postmortem.problems,
  };
  // A document that cannot be read right now has not lost its items.
  const unread = !isReadWhole(postmortem);
  const tracked = await store.itemsOf(repository.id, document.id);
  return {
    document,
    postmortem: unread && postmortem.items.length === 0 ? asTracked(postmortem, tracked) : postmortem,
    tracked,
    known: before !== null,
  };
}

/** The document that went from another path before this one was seen to come; null where there is none. */
async function goneElsewhere(
  store: Scene["store"],
  repositoryId: number,
  paths: Origin["paths"],
  appeared: Appeared,
): Promise<TrackedDocument | null> {
  const gone = (await store.documentsOf(repositoryId)).filter(
    ({ removedOn, path }) => removedOn !== null || paths?.has(path) === false,
  );
  const removed = await Promise.all(
    gone.map(async (document) => ({ document, items: await store.itemsOf(repositoryId, document.id) })),
  );
  return continuedBy(appeared, removed)?.document ?? null;
}

/** The id of a document that is not tracked: that of one that began at this path and has moved on, or was another, is taken. */
async function freshId(store: Scene["store"], repositoryId: number, path: string): Promise<string> {
  for (let ordinal = 0; ; ordinal++) {
    const id = mintDocumentId(repositoryId, path, ordinal);
    // Beyond all that happens, the last one is taken for come back.
    if ((await store.document(repositoryId, id)) === null || ordinal === MOST_AT_PATH - 1) return id;
  }
}

/** The postmortem with its items as they were: what cannot be read has not changed. */
function asTracked(postmortem: Postmortem, tracked: readonly TrackedItem[]): Postmortem {
  const items = tracked
    .filter((item) => item.leftOn === null)
    .map(({ base, place }) => ({ ...base, line: place.line, endLine: place.endLine, kind: "bullet" as const }));
  return { ...postmortem, items };
}

function tooLarge(path: string, size: number): Postmortem {
  const problem: Problem = {
    line: 1,
    endLine: 1,
    rule: "too-large",
    level: "error",
    message: `The document is too large to be read (${Math.ceil(size / 1024)} KiB).`,
    fix: "Move logs and data elsewhere so that it stays under 1 MiB.",
  };
  const incident = { id: null, date: null, severity: null, services: [], tags: [] };
  return { path, title: null, incident, items: [], problems: [problem], followThrough: true };
}

/** How many of the document's items would open an issue. */
export function newItems({ document, postmortem, tracked, known }: LoadedDocument): number {
  if (!known) return postmortem.items.filter((item) => !item.done).length;
  const open = { ...document, held: null };
  const waiting = tracked.filter((item) => wantsIssue(item, open)).length;
  return waiting + Math.max(0, postmortem.items.length - tracked.length);
}

/** Holds back a document that was edited or renamed, never tracked, and whose incident is long past, until somebody asks. */
export function holdOld(loaded: LoadedDocument, change: ChangedFile["change"], scene: Scene): LoadedDocument {
  const { date } = loaded.postmortem.incident;
  const isOld = date !== null && daysBetween(date, scene.today) > scene.policy.guards.max_age;
  return isOld && !loaded.known && change !== "added" ? hold(loaded, "old") : loaded;
}

/** Holds back the new items of a pull request that brings more of them than the policy allows. */
export function holdMany(loaded: readonly LoadedDocument[], { policy }: Scene): readonly LoadedDocument[] {
  const many = loaded.reduce((sum, document) => sum + newItems(document), 0) > policy.guards.max_new_items;
  return many ? loaded.map((document) => (newItems(document) > 0 ? hold(document, "many") : document)) : loaded;
}

const hold = (loaded: LoadedDocument, held: "old" | "many"): LoadedDocument => ({
  ...loaded,
  document: { ...loaded.document, held },
});

/**
 * Decides on and applies what the document asks; records every step as it is done, so that a restart goes on from there. The
 * document counts as unread until {@link recordRead}. Returns whether all of it could be done: an item that GitHub refuses to
 * follow does not hold up the others.
 */
export async function followDocument(scene: Scene, loaded: LoadedDocument): Promise<boolean> {
  const { store, policy, today, log } = scene;
  const { document, postmortem, tracked } = loaded;
  await store.saveDocument({ ...document, blob: null });
  const assignable = await whoToAssign(scene, loaded);
  const items = decide({ document, postmortem, tracked, policy, assignable, today });
  let complete = true;
  for (const item of items) {
    const followed = await attempt(scene, issuePiece(item), () => followItem(scene, document, item, assignable));
    if (followed.done) continue;
    complete = false;
    // So that it is shown to wait; an issue that is there already keeps what was last agreed on.
    if (item.issue === null) await store.saveItem(item);
  }
  log.info(
    { document: document.id, items: items.length, repository: document.repositoryId },
    "postmortem followed through",
  );
  return complete;
}

/**
 * Records that documents were read, once all was done that follows from it, their status comments included: what was broken
 * off before that is found unread by the next sweep.
 */
export async function recordRead({ store }: Scene, documents: readonly TrackedDocument[]): Promise<void> {
  for (const document of documents) await store.saveDocument(document);
}

/**
 * Asked before anything is created: one login that cannot be assigned fails a whole create. Whom a document names beyond the
 * first hundred is not asked about, and tried: GitHub says no where it must, and then it is done without them.
 */
async function whoToAssign(scene: Scene, loaded: LoadedDocument): Promise<Assignable> {
  const learnt = await lookUp(scene, loaded, { certain: true, mayAsk: () => true }, { issues: false });
  return new Set([...learnt.assignable, ...learnt.unasked]);
}
