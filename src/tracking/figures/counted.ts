/** What is counted: items that were promised, so have or had an issue, each as it stood on the day that the figures are of. */
import { daysBetween, type PlainDate } from "../../calendar.js";
import type { Rank } from "../order.js";
import { type ItemState, stateOf } from "../summary.js";
import type { TrackedDocument, TrackedItem } from "../types.js";
import { asOf } from "./as-of.js";

/** An item with what it is counted by. */
export interface Counted {
  readonly item: TrackedItem;
  readonly document: TrackedDocument;
  /** `acme/shop`. */
  readonly repository: string;
  /** Teams that the document names for it, `acme/payments`. */
  readonly teams: readonly string[];
  /** What comes first in a list of what is worst, less being worse: by severity and priority, as the policy has them. */
  readonly urgency: Rank;
  /** The day it is counted on, in its repository's time zone. */
  readonly day: PlainDate;
  /** Whether it had no owner for longer than the policy lets it; left out where the policy does not say, or nobody asked. */
  readonly ownerLate?: boolean;
  /** The last day on which finding an owner was in time: up to it nobody knows. Given with `ownerLate`. */
  readonly ownerBy?: PlainDate;
}

/** Days from the first to the last, both counted; no `since`: from the beginning. */
export interface Period {
  readonly since: PlainDate | null;
  readonly until: PlainDate;
}

/** The same as it stood on an earlier day; null where there was none yet. */
export function countedAsOf(counted: Counted, day: PlainDate): Counted | null {
  const item = asOf(counted.item, day);
  const { removedOn } = counted.document;
  const document = { ...counted.document, removedOn: removedOn !== null && removedOn <= day ? removedOn : null };
  if (item === null) return null;
  const { ownerLate, ownerBy, ...others } = counted;
  const isKnown = ownerLate !== undefined && (ownerBy === undefined || ownerBy < day);
  return { ...others, item, document, day, ...(isKnown && { ownerLate, ...(ownerBy && { ownerBy }) }) };
}

/** Those of which the issue was open on any day of the period, as they stood at its end. */
export function inPeriod(all: readonly Counted[], { since, until }: Period): Counted[] {
  return all.flatMap((one) => {
    const counted = countedAsOf(one, one.day < until ? one.day : until);
    return counted && isSince(closedOn(counted) ?? until, since) ? [counted] : [];
  });
}

/** Whether a day is not before the period. */
export const isSince = (day: PlainDate | null, since: PlainDate | null): boolean =>
  day !== null && (since === null || day >= since);

/** The state of an item; those of a document that is gone wait, as if they had left it. */
export function countedState({ item, document, day }: Counted): ItemState {
  return document.removedOn !== null && item.issue?.open ? "left" : stateOf(item, day);
}

/** Whether it is still owed: its issue is open, and its document still asks for it. A waiver with an end only puts it off. */
export const isOwed = (counted: Counted): boolean =>
  counted.item.issue?.open === true && countedState(counted) !== "left";

export const isDone = (counted: Counted): boolean => countedState(counted) === "done";

/** The day its issue was closed; null while it is open, and where that is not known. */
export const closedOn = ({ item }: Pick<Counted, "item">): PlainDate | null =>
  item.issue?.open ? null : (item.issue?.closedOn ?? null);

/** Days since it was opened. */
export const ageOf = ({ item, day }: Counted): number => (item.openedOn === null ? 0 : daysBetween(item.openedOn, day));
