/**
 * Follows one postmortem through: load → read → decide → apply → record. The document is read at the head of the default
 * branch, always the newest text, so a late delivery cannot undo a newer one.
 */
import type { PlainDate } from "../../calendar.js";
import type { ChangedFile } from "../../github/port.js";
import { MAX_PATH } from "../../policy/matching.js";
import { readOptions } from "../../policy/reading.js";
import type { Postmortem, Problem } from "../../postmortem/types.js";
import { profileOf } from "../../similarity/profile.js";
import { bounded } from "../../tracking/bounds.js";
import { type DecideInput, decide, wantsIssue } from "../../tracking/decide.js";
import { areTooMany, isLongPast } from "../../tracking/guards.js";
import { problemsUnder } from "../../tracking/problems.js";
import type { TrackedDocument, TrackedItem } from "../../tracking/types.js";
import { recoverOpened } from "../rebuild.js";
import { partReopened } from "./joins.js";
import type { Found, LoadedDocument, Origin, ReadDocument } from "./loaded-document.js";
import { lookUp } from "./look-up.js";
import { attempt, issuePiece } from "./piece.js";
import { recognise } from "./recognise.js";
import type { Scene } from "./scene.js";
import { keepProfile } from "./similar.js";
import { followItem } from "./tracking-issue.js";

/** A document to be loaded. */
export interface Wanted {
  /** The scene it is looked at in: whether what was refused a short while ago waits may differ. */
  readonly scene: Scene;
  readonly path: string;
  readonly origin: Origin;
  /** Whether it is to be followed, by the blob it was read from; left out, it is. */
  readonly accepts?: (blob: string) => Promise<boolean>;
}

/**
 * Loads and reads documents at the head of the default branch, and recognises them together. Left out are those that are not there, ask to
 * be left alone, or cannot be read right now.
 */
export async function loadDocuments(scene: Scene, wanted: readonly Wanted[]): Promise<LoadedDocument[]> {
  if (wanted.length === 0) return [];
  await recoverOpened(scene);
  const found: Found[] = [];
  for (const { scene, path, origin, accepts } of wanted) {
    const done = await attempt(scene, { kind: "document", path }, async () => {
      // Past dates are no problem of the document here: whether an item is overdue changes with the day, and is shown beside it.
      const read = await readDocument(scene, path, scene.repository.defaultBranch, null);
      if (!read?.postmortem.followThrough || (accepts && !(await accepts(read.blob)))) return null;
      return { read, origin };
    });
    if (done.done && done.value) found.push(done.value);
  }
  return recognise(scene, found);
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
  const read =
    file.kind === "file" ? await reader.read(path, file.bytes, readOptions(policy, today)) : tooLarge(path, file.size);
  const postmortem = { ...read, problems: problemsUnder(policy, read) };
  const profile = file.kind === "file" ? profileOf(path, Buffer.from(file.bytes).toString("utf8")) : null;
  return { postmortem: bounded(postmortem), profile, blob: file.blob };
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
  // Those of a copy are no others than the original's.
  if (document.held === "copy") return 0;
  if (!known && tracked.length === 0) return postmortem.items.filter((item) => !item.done).length;
  const open = { ...document, held: null };
  const waiting = tracked.filter((item) => wantsIssue(item, open)).length;
  return waiting + Math.max(0, postmortem.items.length - tracked.length);
}

/** Holds back a document that was edited or renamed, never tracked, and whose incident is long past, until somebody asks. */
export function holdOld(loaded: LoadedDocument, change: ChangedFile["change"], scene: Scene): LoadedDocument {
  const isOld = isLongPast(loaded.postmortem.incident, scene.policy, scene.today);
  return isOld && !loaded.known && loaded.document.held === null && change !== "added" ? hold(loaded, "old") : loaded;
}

/** Holds back the new items of a pull request that brings more of them than the policy allows. */
export function holdMany(loaded: readonly LoadedDocument[], { policy }: Scene): readonly LoadedDocument[] {
  const many = areTooMany(
    loaded.reduce((sum, document) => sum + newItems(document), 0),
    policy,
  );
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
  const { document, postmortem, tracked, doubts, insteadOf } = loaded;
  // First, so that no two stand at its path.
  if (insteadOf) await store.saveDocument({ ...insteadOf, removedOn: today });
  await store.saveDocument({ ...document, blob: null });
  // What a copy is like, its original is; and an incident that is told of twice happened once.
  if (document.held === "copy") await store.forgetProfile(document.repositoryId, document.id);
  else await keepProfile(scene, loaded);
  const { assignable, unassignable } = await whoToAssign(scene, loaded);
  const known = { document, postmortem, tracked, ...(doubts && { doubts }) };
  const items = await decideApart(scene, { ...known, policy, assignable, unassignable, today });
  let complete = true;
  for (const item of items) {
    const followed = await attempt(scene, issuePiece(item), async () => {
      const known = await followItem(scene, document, item, assignable);
      return partReopened(scene, document, known);
    });
    if (followed.done && !followed.value) continue;
    complete = false;
    if (followed.done) continue;
    // So that it is shown to wait; an issue that is there already keeps what was last agreed on.
    if (item.issue === null) await store.saveItem(item);
  }
  log.info(
    { document: document.id, items: items.length, repository: document.repositoryId },
    "postmortem followed through",
  );
  return complete;
}

/** Follows a document again as it stands now, where something was said of its items that decides which are which. */
export async function followAgain(scene: Scene, { path }: TrackedDocument): Promise<void> {
  const { github, repository } = scene;
  const head = await github.head(repository.defaultBranch);
  const origin = { home: null, author: null, commit: head ?? repository.defaultBranch, previousPath: null };
  for (const loaded of await loadDocuments(scene, [{ scene, path, origin }]))
    if (await followDocument(scene, loaded)) await recordRead(scene, [loaded.document]);
}

/** The next state of the items; where one would get the id of an item that moved to another document, that is taken. */
async function decideApart({ store }: Scene, input: DecideInput): Promise<TrackedItem[]> {
  const { id, repositoryId } = input.document;
  const known = new Set(input.tracked.map((item) => item.id));
  const taken = new Set<string>();
  for (;;) {
    const items = decide({ ...input, taken });
    const before = taken.size;
    for (const item of items) {
      if (known.has(item.id)) continue;
      const other = await store.item(repositoryId, item.id);
      if (other && other.documentId !== id) taken.add(item.id);
    }
    if (taken.size === before) return items;
  }
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
async function whoToAssign(
  scene: Scene,
  loaded: LoadedDocument,
): Promise<Required<Pick<DecideInput, "assignable" | "unassignable">>> {
  const learnt = await lookUp(scene, loaded, { certain: true, mayAsk: () => true }, { issues: false });
  const { assignable, unasked, unassignable } = learnt;
  return { assignable: new Set([...assignable, ...unasked]), unassignable };
}
