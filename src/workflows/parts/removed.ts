/**
 * Postmortems that are gone from the default branch: their items wait. No issue is closed for it, and nobody is asked about it; each
 * says in its managed section that its postmortem is gone, and what to do. Where the postmortem comes back, they go on where they stopped.
 */
import type { TrackedDocument } from "../../tracking/types.js";
import { attempt, issuePiece } from "./piece.js";
import type { Scene } from "./scene.js";
import { followItem } from "./tracking-issue.js";

/** What is left to be told is kept as an intent, so that a process that dies in between leaves it to the next sweep. */
const INTENT = "removed:";

/**
 * Records that the document at a path is gone from the default branch; its issues are told by {@link tellRemoved}, once it is known that
 * it did not appear elsewhere. Returns it, also where it was recorded before; null where it stands there still, or none was tracked.
 */
export async function seeRemoved(scene: Scene, path: string): Promise<TrackedDocument | null> {
  const { store, repository, github, today, githubTime } = scene;
  const standing = await store.documentAt(repository.id, path);
  if (!standing) {
    const gone = (await store.documentsOf(repository.id)).filter((one) => one.path === path && one.removedOn !== null);
    return gone.at(-1) ?? null;
  }
  if ((await github.file(path, repository.defaultBranch)).kind === "file") return null;
  // Nothing is seen of a repository that was just taken from the App either: then this throws.
  await github.repository();
  const removed = { ...standing, removedOn: today };
  await store.beginIntent(repository.id, `${INTENT}${removed.id}`, githubTime());
  await store.saveDocument(removed);
  return removed;
}

/** Brings the issues of all documents that were seen to go to say so; returns the pull requests whose status comments may change. */
export async function tellRemoved(scene: Scene): Promise<Set<number>> {
  const { store, repository } = scene;
  const homes = new Set<number>();
  for (const { key } of await store.intents(repository.id)) {
    if (!key.startsWith(INTENT)) continue;
    const document = await store.document(repository.id, key.slice(INTENT.length));
    if (document?.home) homes.add(document.home);
    if (document?.removedOn) await tellIssues(scene, document);
    await store.finishIntent(repository.id, key);
  }
  return homes;
}

/** Whether the document went a moment ago, so that it is not known yet where its items are. */
export async function isToBeTold({ store }: Scene, document: TrackedDocument): Promise<boolean> {
  const intents = await store.intents(document.repositoryId);
  return intents.some(({ key }) => key === wantTold(document));
}

/** For a projection that was built anew: nobody knows whether all issues of the document say already that it is gone. */
export const wantTold = (document: TrackedDocument): string => `${INTENT}${document.id}`;

async function tellIssues(scene: Scene, document: TrackedDocument): Promise<void> {
  for (const item of await scene.store.itemsOf(document.repositoryId, document.id)) {
    if (!item.issue) continue;
    // The document is not read for this: only who is assigned already is known to be assignable.
    const assignable = new Set([...item.issue.assignees, ...(item.written?.assignees ?? [])]);
    await attempt(scene, issuePiece(item), () => followItem(scene, document, item, assignable));
  }
}
