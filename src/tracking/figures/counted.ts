/** What is counted: items that were promised, so have or had an issue, each as it stood on the day that the figures are of. */
import { daysBetween, type PlainDate } from "../../calendar.js";
import type { Rank } from "../order.js";
import { type ItemState, stateOf, workClosedOn } from "../summary.js";
import type { TrackedDocument, TrackedItem } from "../types.js";
import { asOf } from "./as-of.js";

/** An item as it stands on a day, with what tells whether its work counts here. */
export interface Work {
  readonly item: TrackedItem;
  readonly document: Pick<TrackedDocument, "removedOn">;
  /** `acme/shop`. */
  readonly repository: string;
  /** The day it is counted on, in its repository's time zone. */
  readonly day: PlainDate;
}

/** An item with what it is counted by. */
export interface Counted extends Work {
  readonly document: TrackedDocument;
  /** Who has it (`currentOwners`). */
  readonly owners: readonly string[];
  /** Teams that the document names for it, `acme/payments`. */
  readonly teams: readonly string[];
  /** What comes first in a list of what is worst, less being worse: by severity and priority, as the policy has them. */
  readonly urgency: Rank;
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

/**
 * Without those whose work counts in another of these: what goes on in that one's issue, and, of several duplicates of one issue that is no item's,
 * all but the oldest. `all`: as they stood on one day.
 */
export function countedOnce<T extends Work>(all: readonly T[]): readonly T[] {
  const own = new Map(
    all.flatMap((one) => (one.item.issue ? [[issueKey(one.repository, one.item.issue.number), one] as const] : [])),
  );
  const oldest = new Map<string, number>();
  for (const one of all) {
    const [key, number] = [goesOnIn(one), one.item.issue?.number ?? 0];
    if (key !== null && number < (oldest.get(key) ?? Number.POSITIVE_INFINITY)) oldest.set(key, number);
  }
  return all.filter((one) => {
    const key = countedState(one) === "duplicate" ? goesOnIn(one) : null;
    if (key === null) return true;
    return own.has(key) ? isCircle(key, own) : oldest.get(key) === one.item.issue?.number;
  });
}

/** Whether duplicates lead from an issue back to itself, or to where they were: then none of them goes on in another. */
function isCircle(from: string, own: ReadonlyMap<string, Work>): boolean {
  const seen = new Set<string>();
  for (let key: string | null = from; key !== null; ) {
    if (seen.has(key)) return true;
    seen.add(key);
    const one = own.get(key);
    key = one && countedState(one) === "duplicate" ? goesOnIn(one) : null;
  }
  return false;
}

const issueKey = (repository: string, number: number): string => `${repository.toLowerCase()}#${number}`;

/** The issue that an item's closed one is known to be a duplicate of; null where there is none. */
function goesOnIn({ item: { issue, sameAs }, repository }: Work): string | null {
  if (!issue || issue.open) return null;
  if (sameAs) return issueKey(repository, sameAs.issue);
  const other = issue.duplicateOf;
  return other?.kind === "issue" ? issueKey(other.home ?? repository, other.number) : null;
}

/** Whether a day is not before the period. */
export const isSince = (day: PlainDate | null, since: PlainDate | null): boolean =>
  day !== null && (since === null || day >= since);

/** The state of an item; those of a document that is gone wait, as if they had left it. */
export function countedState({ item, document, day }: Work): ItemState {
  return document.removedOn !== null && item.issue?.open ? "left" : stateOf(item, day);
}

/**
 * Whether it is still owed: its issue, or the one that it is a duplicate of, is open, and its document still asks for it. A waiver with an end
 * only puts it off.
 */
export const isOwed = (counted: Counted): boolean =>
  (counted.item.issue?.open === true && countedState(counted) !== "left") || goesOnOpen(counted);

/** Whether it is a duplicate of an issue that was open on the day. */
function goesOnOpen(counted: Counted): boolean {
  const { item, document, day } = counted;
  const other = item.issue?.duplicateOf;
  if (countedState(counted) !== "duplicate" || other?.kind !== "issue" || document.removedOn !== null) return false;
  return other.open || (other.closedOn !== null && other.closedOn > day);
}

export const isDone = (counted: Counted): boolean => countedState(counted) === "done";

/** The day its work was closed; null while it is open, and where that is not known. */
export const closedOn = ({ item, day }: Counted): PlainDate | null => workClosedOn(item, day);

/** Days since it was opened. */
export const ageOf = ({ item, day }: Counted): number => (item.openedOn === null ? 0 : daysBetween(item.openedOn, day));
