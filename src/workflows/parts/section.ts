/**
 * The App's section of a tracking issue, where somebody changed it. A person's slip is put right at once; but another bot (or an older version of this App)
 * may change it back each time, and then each would answer the other for ever: so it is written again less and less often, and told.
 */
import { isFight, isTold, ofItem, pieceKey, undoneAgain } from "../../tracking/trouble.js";
import type { TrackedItem } from "../../tracking/types.js";
import { forget } from "./piece.js";
import type { Scene } from "./scene.js";

/** Whether the section of the item's issue, found to be changed, is written again now; counts that it is. */
export async function isWrittenAgain(scene: Scene, item: TrackedItem): Promise<boolean> {
  const { store, repository, troubles, now, log } = scene;
  if (!item.issue) return false;
  const piece = { kind: "section", ...ofItem(item), number: item.issue.number } as const;
  const before = troubles.get(pieceKey(piece));
  const trouble = undoneAgain(before, { repositoryId: repository.id, piece }, now());
  if (trouble === null) return false;
  await store.saveTrouble(trouble);
  troubles.set(pieceKey(piece), trouble);
  if (isTold(trouble) && !(before && isTold(before)))
    log.warn(
      { repository: repository.id, issue: item.issue.number, times: trouble.times },
      "what the App writes into an issue is changed back each time; it is written again less and less often",
    );
  return true;
}

/** The section stands as it was written: what was counted is forgotten once that has lasted. */
export async function sectionStands(scene: Scene, item: TrackedItem): Promise<void> {
  const before = scene.troubles.get(`section:${item.id}`);
  if (before && !isFight(before, scene.now())) await forget(scene, before.piece);
}
