/**
 * Postmortems that are gone from the default branch: their items wait. No issue is closed for it, and nobody is asked about it; each
 * says in its managed section that its postmortem is gone, and what to do. Where the postmortem comes back, they go on where they stopped.
 */
import { withDerived } from "../../tracking/decide.js";
import type { TrackedDocument } from "../../tracking/types.js";
import { whoHas } from "./observe.js";
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
  await store.beginIntent(repository.id, wantTold(removed), githubTime());
  await store.saveDocument(removed);
  await store.forgetProfile(repository.id, removed.id);
  return removed;
}

/** Brings the issues of all documents that were seen to go to say so; returns the pull requests whose status comments may change. */
export async function tellRemoved(scene: Scene): Promise<Set<number>> {
  const { store, repository } = scene;
  const homes = new Set<number>();
  for (const id of await documentsToTell(scene)) {
    const document = await store.document(repository.id, id);
    if (document?.home) homes.add(document.home);
    if (document?.removedOn) await tellIssues(scene, document);
    await store.finishIntent(repository.id, keyOf(id));
  }
  return homes;
}

/** The ids of documents that went a moment ago, so that it is not known yet where their items are. */
export async function documentsToTell({ store, repository }: Scene): Promise<ReadonlySet<string>> {
  const intents = await store.intents(repository.id);
  return new Set(intents.flatMap(({ key }) => (key.startsWith(INTENT) ? [key.slice(INTENT.length)] : [])));
}

/** The intent to tell of a document. A rebuild begins it for each that is gone: nobody knows whether all of its issues say so already. */
export const wantTold = (document: TrackedDocument): string => keyOf(document.id);

const keyOf = (documentId: string): string => `${INTENT}${documentId}`;

async function tellIssues(scene: Scene, document: TrackedDocument): Promise<void> {
  for (const known of await scene.store.itemsOf(document.repositoryId, document.id)) {
    if (!known.issue) continue;
    const assignable = whoHas(known);
    const item = withDerived(known, scene.policy, assignable);
    await attempt(scene, issuePiece(item), () => followItem(scene, document, item, assignable));
  }
}
