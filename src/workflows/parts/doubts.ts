/**
 * A new item that may be one that left another postmortem, in other words: the status comment where it stands names both, as long as that is
 * worth asking.
 */
import type { TrackedDocument, TrackedItem } from "../../tracking/types.js";
import type { Scene } from "./scene.js";

/** The items of other documents that some of these may be in other words, each as one that left its document where that is gone. */
export async function doubtedElsewhere(
  { store, repository }: Scene,
  items: readonly TrackedItem[],
): Promise<TrackedItem[]> {
  const own = new Set(items.map(({ id }) => id));
  const others: TrackedItem[] = [];
  for (const { perhaps } of items) {
    const other = perhaps && !own.has(perhaps.id) ? await store.item(repository.id, perhaps.id) : null;
    const document = other && (await store.document(repository.id, other.documentId));
    if (other && document) others.push({ ...other, leftOn: other.leftOn ?? document.removedOn });
  }
  return others;
}

/** The pull requests whose status comments ask about an item of another postmortem that left it: asked of these alone, which are few. */
export async function homesAskingOf(
  { store, repository }: Scene,
  { removedOn }: TrackedDocument,
  { id, documentId, leftOn }: TrackedItem,
): Promise<number[]> {
  if (!leftOn && !removedOn) return [];
  const homes: number[] = [];
  for (const item of await store.itemsIn(repository.id)) {
    if (item.perhaps?.id !== id || item.documentId === documentId) continue;
    const document = await store.document(repository.id, item.documentId);
    if (document?.home) homes.push(document.home);
  }
  return homes;
}
