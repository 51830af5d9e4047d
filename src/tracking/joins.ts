/**
 * Who is who, where people know better than the words: two items that are the same work are *joined*, so that one is followed on the
 * other's issue; an item that was taken for other work is *told apart* from it, and is what it was before.
 */
import { knownWords } from "./identity.js";
import type { OtherItem, TrackedItem } from "./types.js";

/** So much other work an item is told apart from; of more the newest counts. */
const MOST_TOLD = 5;

/** The item as others speak of it; null where it has no issue by which people could know it. */
export const otherItem = (item: TrackedItem | undefined): OtherItem | null =>
  item?.issue ? { id: item.id, issue: item.issue.number } : null;

/**
 * The item that this one may be in other words, as long as that is worth asking: it left its document, and its issue is open. `items`: those
 * among which it may be.
 */
export function doubtOf({ perhaps }: TrackedItem, items: readonly TrackedItem[]): OtherItem | null {
  const other = perhaps && items.find(({ id }) => id === perhaps.id);
  return perhaps && other?.leftOn && other.issue?.open ? perhaps : null;
}

/** Whether somebody said that an item is not the work that another one's words speak of. */
export const isApartFrom = ({ isNot }: TrackedItem, other: Pick<TrackedItem, "base">): boolean =>
  isNot?.includes(knownWords(other.base.title)) ?? false;

/** The item told apart from the work of some words. Where it goes by these itself, it is what it was before. */
export function toldApart(item: TrackedItem, title: string): TrackedItem {
  const words = knownWords(title);
  const others = (item.isNot ?? []).filter((each) => each !== words);
  return asFormerly({ ...item, isNot: [...others, words].slice(-MOST_TOLD) });
}

/** The item with its former words and date, where those it goes by are of work that it is not. A date that a person gave it since stands. */
export function asFormerly(item: TrackedItem): TrackedItem {
  // Whom GitHub did not assign, the words named that it goes by no more.
  const { former, missing, ...known } = item;
  if (!former || !isApartFrom(item, item)) return item;
  const { base, place } = former;
  const movedSince = item.dueOrigin.kind === "command" && former.dueOrigin.kind !== "command";
  const dates = movedSince
    ? {}
    : { due: former.due, dueOrigin: former.dueOrigin, slips: slipsBefore(item, former.due) };
  return { ...known, base, place, ...dates };
}

/** The moves of the date without those of the other work: the document's, the last that led away from `due`. */
function slipsBefore({ slips, due: now }: TrackedItem, due: TrackedItem["due"]): TrackedItem["slips"] {
  const at = now === due ? -1 : slips.findLastIndex(({ from }) => from === due);
  return at >= 0 && slips.slice(at).every(({ by }) => by === null) ? slips.slice(0, at) : slips;
}
