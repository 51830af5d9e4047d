/**
 * An item whose reference names an issue of the same repository adopts that one instead of opening another: one comment of
 * the App there carries the marker, and title, text and assignees stay a person's (docs/adr/0007).
 */
import type { IssueFacts } from "../../github/port.js";
import { renderAdoption } from "../../render/issue.js";
import { withDerived } from "../../tracking/decide.js";
import { linkedIssueNumber } from "../../tracking/linked.js";
import type { TrackedDocument, TrackedItem } from "../../tracking/types.js";
import { linkedIssue } from "./linked-issue.js";
import { itemMarkerOf } from "./markers.js";
import { type Assignable, contextOf, observed } from "./observe.js";
import { once, ownComments } from "./once.js";
import type { Scene } from "./scene.js";

/** The issue of this repository that the item's reference names, if it can be followed. */
export async function issueToAdopt(scene: Scene, item: TrackedItem): Promise<IssueFacts | null> {
  const { web, links, repository } = scene;
  const number = linkedIssueNumber(item.base, { web, ...repository, page: links.document(item.place) });
  return number === null ? null : linkedIssue(scene, number);
}

/** Follows an issue that was there before: one comment of ours carries the marker; its title, text and owner are a person's. */
export async function adopt(
  scene: Scene,
  document: TrackedDocument,
  item: TrackedItem,
  facts: IssueFacts,
  assignable: Assignable,
): Promise<TrackedItem> {
  const { github, policy, today } = scene;
  const draft: TrackedItem = { ...item, openedOn: today, issue: observed(scene, facts, 0) };
  const { body, hash } = renderAdoption(contextOf(scene, document, draft));
  let result = draft;
  await once(scene, {
    key: `adopt:${item.id}`,
    find: async (since) => {
      const comments = await ownComments(scene, facts.number, since);
      return comments.find((comment) => itemMarkerOf(scene, "adopted", comment)?.item.id === item.id) ?? null;
    },
    create: () => github.createComment(facts.number, body),
    record: async (tables, comment) => {
      const issue = observed(scene, facts, comment.id);
      result = withDerived(
        { ...draft, issue, written: { title: facts.title, assignees: facts.assignees, open: facts.open, hash } },
        policy,
        assignable,
      );
      await tables.saveItem(result);
    },
  });
  return result;
}

/** Renews the comment that carries the marker, where it changed, and records the item. `item`: with what is derived from its fields. */
export async function refreshAdoption(
  scene: Scene,
  document: TrackedDocument,
  item: TrackedItem,
): Promise<TrackedItem> {
  const { issue, written } = item;
  const { body, hash } = renderAdoption(contextOf(scene, document, item));
  if (issue?.adoptedBy && written && hash !== written.hash) {
    await scene.github.updateComment(issue.adoptedBy, body);
    const next = { ...item, written: { ...written, hash } };
    await scene.store.saveItem(next);
    return next;
  }
  await scene.store.saveItem(item);
  return item;
}
