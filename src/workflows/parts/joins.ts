/**
 * What `/same-as` and `/split` mean for the other item (`tracking/joins.ts`). The other one is written first: where a process dies in
 * between, the command is still unheard, and doing this again changes nothing.
 */
import type { IssueFacts } from "../../github/port.js";
import type { NoOther, Other } from "../../tracking/commands/types.js";
import { takenOver } from "../../tracking/decide.js";
import { isApartFrom, toldApart } from "../../tracking/joins.js";
import { linkedIssueNumber } from "../../tracking/linked.js";
import { MOST_PEOPLE, resolveOwners, unassignableOwners } from "../../tracking/owners.js";
import type { OtherItem, TrackedDocument, TrackedItem } from "../../tracking/types.js";
import { leaveToNewer } from "./newer.js";
import { type Assignable, observed, whoHas, withCommandsOf } from "./observe.js";
import type { Scene } from "./scene.js";
import { refreshStatus } from "./status.js";
import { followCommands, followItem } from "./tracking-issue.js";

/** The item of an issue that a command on another item's issue names, or why it is none that this one could go on in. */
export async function otherItemAt(
  { store, repository, github, web, links }: Scene,
  item: TrackedItem,
  ref: string,
): Promise<Other | NoOther> {
  const here = { web, ...repository, page: links.document(item.place) };
  const number = linkedIssueNumber({ ref, refUrl: null }, here);
  if (number === null) return "elsewhere";
  if (number === item.issue?.number) return "itself";
  const other = await store.itemOfIssue(repository.id, number);
  if (!other) return "unknown";
  const facts = await github.issue(number);
  if (!facts) return "gone";
  return facts.open
    ? { id: other.id, issue: number, assignees: facts.assignees.map((login) => login.toLowerCase()) }
    : "closed";
}

/**
 * The item as it is to be written after its commands, once the other one that they speak of was: where it was joined with that one, this
 * takes over; where it is open again, both go their own ways. `known`: the item before.
 */
export async function settleOther(
  scene: Scene,
  document: TrackedDocument,
  known: TrackedItem,
  item: TrackedItem,
): Promise<TrackedItem> {
  const { sameAs, ...own } = item;
  if (!sameAs || !item.issue) return item;
  if (item.issue.open) {
    await partOther(scene, sameAs, item);
    return own;
  }
  if (known.sameAs?.id === sameAs.id) return item;
  const takes = await joinOther(scene, document, sameAs, item);
  if (!takes || item.leftOn) return item;
  // The other one stands in its place. As of all that left the document, its place in order is behind what stands there.
  const { length } = await scene.store.itemsOf(document.repositoryId, document.id);
  return { ...item, leftOn: scene.today, ordinal: length + item.ordinal };
}

/**
 * Where the issue of an item that was joined with another is open again, both go their own ways; returns whether it was, so that the
 * item's document must be read again.
 */
export async function partReopened(scene: Scene, document: TrackedDocument, item: TrackedItem): Promise<boolean> {
  if (!item.sameAs || !item.issue?.open) return false;
  const own = await settleOther(scene, document, item, item);
  await followItem(scene, document, own, whoHas(own));
  return true;
}

/** Whether another item was told apart from an item: what `/split` leaves, also where the process died before it was answered. */
export async function isToldApart({ store, repository }: Scene, item: TrackedItem): Promise<boolean> {
  const all = await store.itemsIn(repository.id);
  return all.some((other) => other.id !== item.id && isApartFrom(other, item));
}

/** Whether, after these commands, words of the document are another item's than before, so that it must be read again. */
export const isReadAgain = (known: TrackedItem, item: TrackedItem): boolean =>
  (item.sameAs !== undefined && item.issue?.open === true) || known.isNot?.join() !== item.isNot?.join();

/** Who can be assigned after an item's commands: whoever has it, and whom the words name by which it goes again. */
export const assignableAfter = ({ policy }: Scene, known: TrackedItem, item: TrackedItem): Assignable =>
  new Set([...whoHas(item), ...(known.base.title === item.base.title ? [] : resolveOwners(item.base, policy).logins)]);

/** The other item takes over the words of a newer one; not where it stands in the document beside that. Returns whether it has them. */
async function joinOther(
  scene: Scene,
  document: TrackedDocument,
  { id }: OtherItem,
  newer: TrackedItem,
): Promise<boolean> {
  const { repository, policy, today } = scene;
  const seen = await lookAtOther(scene, id);
  if (!seen) return false;
  const { item, facts, home } = seen;
  if (item.leftOn === null && !home.removedOn)
    return item.documentId === newer.documentId && item.base.title === newer.base.title;
  const people = distinct(facts.assignees, newer.issue?.assignees ?? []).slice(0, MOST_PEOPLE);
  const refused = (newer.missing ?? []).map(({ login }) => login);
  const named = resolveOwners(newer.base, policy).logins.filter((login) => !refused.includes(login));
  const assignable = new Set([...whoHas(item), ...people, ...named]);
  const unassignable = new Map(unassignableOwners(newer).map(({ login, why }) => [login, why]));
  const taken = takenOver(item, newer, { document, policy, assignable, unassignable, today });
  const next = {
    ...taken,
    issue: taken.issue && { ...taken.issue, assignees: people },
    // Whom a person took off the newer one is not asked for again.
    written: taken.written && {
      ...taken.written,
      assignees: distinct(taken.written.assignees, newer.written?.assignees ?? []),
    },
  };
  await followCommands(scene, document, next, facts, null, assignable);
  if (home.home !== null && home.home !== document.home) await refreshStatus(scene, home.home);
  scene.log.info({ item: id, from: newer.id, repository: repository.id }, "an item goes on in another");
  return true;
}

const distinct = (...lists: readonly (readonly string[])[]): string[] => [...new Set(lists.flat())].sort();

/** The item that a reopened one was joined with loses its words. */
async function partOther(scene: Scene, { id }: OtherItem, reopened: TrackedItem): Promise<void> {
  const seen = await lookAtOther(scene, id);
  if (!seen) return;
  const { item, facts, home } = seen;
  const next = toldApart(item, reopened.base.title);
  await followCommands(scene, home, next, facts, null, assignableAfter(scene, item, next));
}

interface Seen {
  readonly item: TrackedItem;
  readonly facts: IssueFacts;
  readonly home: TrackedDocument;
}

/** An item with its issue as it is now; null where either is gone. */
async function lookAtOther(scene: Scene, id: string): Promise<Seen | null> {
  const { store, repository, github } = scene;
  const known = await store.item(repository.id, id);
  const home = known && (await store.document(repository.id, known.documentId));
  const facts = known?.issue && (await github.issue(known.issue.number));
  if (!known?.issue || !home || !facts) return null;
  await leaveToNewer(scene, facts);
  const { adoptedBy } = known.issue;
  const item = adoptedBy === null ? withCommandsOf(scene, known, "item", facts) : known;
  return { item: { ...item, issue: observed(scene, facts, adoptedBy, known.issue) }, facts, home };
}
