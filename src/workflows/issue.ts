/**
 * A tracking issue may have changed on GitHub: look at it, take in what people made of it, and bring the status comment
 * of its postmortem up to date.
 */
import { Refused } from "../github/errors.js";
import type { IssueFacts } from "../github/port.js";
import { withDerived } from "../tracking/decide.js";
import { withOwnerFound } from "../tracking/outcomes.js";
import { withOwnerMissed } from "../tracking/owner-deadline.js";
import type { TrackedDocument, TrackedItem } from "../tracking/types.js";
import type { Context } from "./parts/context.js";
import { followAgain } from "./parts/document.js";
import { homesAskingOf } from "./parts/doubts.js";
import { withCanonical } from "./parts/duplicates.js";
import { partReopened } from "./parts/joins.js";
import { followedIn } from "./parts/load-issue.js";
import { loadScene } from "./parts/load-scene.js";
import { managedHash, observed, whoHas, withCommandsOf } from "./parts/observe.js";
import { attempt, issuePiece } from "./parts/piece.js";
import type { At, Scene } from "./parts/scene.js";
import { isWrittenAgain, sectionStands } from "./parts/section.js";
import { refreshStatus } from "./parts/status.js";
import { followItem, gone } from "./parts/tracking-issue.js";

export async function lookAtIssue(context: Context, at: At & { readonly number: number }): Promise<void> {
  const scene = await loadScene(context, at, { remembers: true });
  if (!scene || scene.repository.obstacle) return;
  const homes = new Set<number>();
  const followed = await followedIn(scene, at.number);
  const before = followed?.item.issue?.duplicateOf;
  if (followed) {
    const { document, item } = followed;
    await attempt(scene, issuePiece(item), () => refreshItem(scene, document, item));
    if (document.home) homes.add(document.home);
    for (const home of await homesAskingOf(scene, document, item)) homes.add(home);
  }
  // Where it is a duplicate no more, the work may count for another one.
  for (const number of [at.number, ...(before?.kind === "issue" && !before.home ? [before.number] : [])])
    for (const home of await refreshDuplicates(scene, number)) homes.add(home);
  for (const home of homes) await refreshStatus(scene, home);
}

/** Looks at the items whose issues are duplicates of this one; returns the pull requests whose status comments tell of them. */
export async function refreshDuplicates(scene: Scene, number: number): Promise<number[]> {
  const { store, repository } = scene;
  return refreshAll(scene, await store.duplicatesOf(repository.id, number));
}

/** Looks at the issues of these items; returns the pull requests whose status comments tell of them. */
export async function refreshAll(scene: Scene, items: readonly TrackedItem[]): Promise<number[]> {
  const homes: number[] = [];
  for (const item of items) {
    const document = await scene.store.document(scene.repository.id, item.documentId);
    if (!document) continue;
    await attempt(scene, issuePiece(item), () => refreshItem(scene, document, item));
    if (document.home) homes.push(document.home);
  }
  return homes;
}

/** Looks at the item's issue as it is now and follows up; returns the item as recorded. */
export async function refreshItem(scene: Scene, document: TrackedDocument, item: TrackedItem): Promise<TrackedItem> {
  if (!item.issue || !item.written) return item;
  const facts = await scene.github.issue(item.issue.number);
  const { adoptedBy } = item.issue;
  const looked = facts
    ? await withCanonical(
        scene,
        {
          ...(adoptedBy === null ? withCommandsOf(scene, item, "item", facts) : item),
          issue: observed(scene, facts, adoptedBy, item.issue),
          written: { ...item.written, hash: await hashSeen(scene, item, item.written.hash, facts) },
        },
        facts,
      )
    : { ...item, issue: gone(item.issue, scene.today) };
  const assignable = whoHas(looked);
  // Nobody is asked for anything while the document is gone.
  const timed = document.removedOn === null ? withOwnerMissed(looked, item, scene.policy, scene.today) : looked;
  const seen = withDerived(withOwnerFound(timed, item, scene.today), scene.policy, assignable);
  try {
    const followed = await followItem(scene, document, seen, assignable, facts);
    if (!(await partReopened(scene, document, followed))) return followed;
    await scene.store.saveDocument({ ...document, blob: null });
    await followAgain(scene, document);
    return (await scene.store.item(scene.repository.id, item.id)) ?? followed;
  } catch (error) {
    // What people made of the issue is so, whether GitHub lets the App write of it there or not.
    if (error instanceof Refused) await scene.store.saveItem(seen);
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
