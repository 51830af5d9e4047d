/**
 * Owners who are assigned no more since GitHub took them off, as it does without a word where an account is deleted or loses its access.
 */
import { missingOwners, resolveOwners } from "../../tracking/owners.js";
import type { Missing, TrackedDocument, TrackedItem } from "../../tracking/types.js";
import { refreshItem } from "../issue.js";
import { whyNotAssigned } from "./accounts.js";
import { attempt, issuePiece } from "./piece.js";
import type { Scene } from "./scene.js";
import { refreshStatus } from "./status.js";
import { withMissing } from "./tracking-issue.js";

/**
 * The item, looked at a moment ago. Where nobody has it, GitHub is asked of those whom the document names and who had it: whom it assigns no
 * more is kept, and told on the issue.
 */
export async function noteDeparted(scene: Scene, document: TrackedDocument, item: TrackedItem): Promise<TrackedItem> {
  const { issue, written, base, leftOn } = item;
  if (!issue?.open || issue.assignees.length > 0 || issue.adoptedBy !== null || leftOn !== null) return item;
  const told = new Set(missingOwners(item).map(({ login }) => login));
  const departed: Missing[] = [];
  for (const login of resolveOwners(base, scene.policy).logins) {
    if (!written?.assignees.includes(login) || told.has(login) || (await scene.github.canAssign(login))) continue;
    departed.push({ login, why: await whyNotAssigned(scene, login) });
  }
  return departed.length > 0 ? refreshItem(scene, document, withMissing(item, departed)) : item;
}

/**
 * Looks whether the open issues have the assignees they were last seen with. Of an account that is deleted no webhook tells, nor does its issue count as
 * changed.
 */
export async function lookForDeparted(scene: Scene): Promise<void> {
  const { github, store, repository, policy } = scene;
  if ((await store.documentsOf(repository.id)).length === 0) return;
  const homes = new Set<number>();
  for (const { number, assignees } of await github.openIssuesLabelled(policy.labels[0] ?? "action-item")) {
    const item = await store.itemOfIssue(repository.id, number);
    if (!item?.issue || item.issue.assignees.every((login) => assignees.includes(login))) continue;
    const document = await store.document(repository.id, item.documentId);
    if (!document) continue;
    await attempt(scene, issuePiece(item), async () =>
      noteDeparted(scene, document, await refreshItem(scene, document, item)),
    );
    if (document.home) homes.add(document.home);
  }
  for (const home of homes) await refreshStatus(scene, home);
}
