/**
 * A tracking issue may have changed on GitHub: look at it, take in what people made of it, and bring the status comment
 * of its postmortem up to date.
 */
import { Refused } from "../github/errors.js";
import type { IssueFacts } from "../github/port.js";
import { withDerived } from "../tracking/decide.js";
import type { TrackedItem } from "../tracking/types.js";
import type { Context } from "./parts/context.js";
import { loadScene } from "./parts/load-scene.js";
import { managedHash, observed, whoHas, withCommandsOf } from "./parts/observe.js";
import { attempt, issuePiece } from "./parts/piece.js";
import type { At, Scene } from "./parts/scene.js";
import { isWrittenAgain, sectionStands } from "./parts/section.js";
import { refreshStatus } from "./parts/status.js";
import { followItem, gone } from "./parts/tracking-issue.js";

export async function lookAtIssue(context: Context, at: At & { readonly number: number }): Promise<void> {
  if (!(await context.store.itemOfIssue(at.repositoryId, at.number))) return;
  const scene = await loadScene(context, at);
  if (!scene || scene.repository.obstacle) return;
  // Setting the scene may have rebuilt the projection.
  const item = await scene.store.itemOfIssue(at.repositoryId, at.number);
  if (!item) return;
  await attempt(scene, issuePiece(item), () => refreshItem(scene, item));
  const document = await scene.store.document(scene.repository.id, item.documentId);
  if (document?.home) await refreshStatus(scene, document.home);
}

/** Looks at the item's issue as it is now and follows up; returns the item as recorded. */
export async function refreshItem(scene: Scene, item: TrackedItem): Promise<TrackedItem> {
  const document = await scene.store.document(scene.repository.id, item.documentId);
  if (!item.issue || !item.written || !document) return item;
  const facts = await scene.github.issue(item.issue.number);
  const { adoptedBy } = item.issue;
  const seen = facts
    ? {
        ...(adoptedBy === null ? withCommandsOf(scene, item, "item", facts) : item),
        issue: observed(scene, facts, adoptedBy),
        written: { ...item.written, hash: await hashSeen(scene, item, item.written.hash, facts) },
      }
    : { ...item, issue: gone(item.issue, scene.today) };
  try {
    return await followItem(scene, document, seen, whoHas(seen), facts);
  } catch (error) {
    // What people made of the issue is so, whether GitHub lets the App write of it there or not.
    if (error instanceof Refused) await scene.store.saveItem(withDerived(seen, scene.policy, whoHas(seen)));
    throw error;
  }
}

/**
 * The fingerprint by which the App's section is held against what it should be. Where somebody changed it, and it is not to be written again yet, it
 * counts as it was written, so that nothing is unless something else changes too.
 */
async function hashSeen(scene: Scene, item: TrackedItem, written: string, { body }: IssueFacts): Promise<string> {
  if (item.issue?.adoptedBy !== null) return written;
  const found = managedHash(body);
  if (found !== written) return (await isWrittenAgain(scene, item)) ? found : written;
  await sectionStands(scene, item);
  return written;
}
