/**
 * The figures of action items in a period, the same wherever they are told: digest, report, metrics. What each counts stands at its field;
 * a share is told as its count and of how many, so that nothing is hidden by rounding.
 */
import { daysBetween, type PlainDate } from "../../calendar.js";
import { hasLed } from "../outcomes.js";
import { isOverdue, isWaived } from "../summary.js";
import type { TrackedItem } from "../types.js";
import { ageOf, type Counted, closedOn, countedState, isDone, isOwed, isSince, type Period } from "./counted.js";
import { type Share, type Spread, share, spread } from "./share.js";
import { type Slips, slipsOf } from "./slips.js";

export interface Figures {
  /** Items whose issue was open on any day of the period. */
  readonly items: number;
  /** Of those, opened in the period. */
  readonly opened: number;
  /** Done at its end. */
  readonly completed: Share;
  /** Given up at its end: waived for good, dropped, closed as not planned, a duplicate that goes on nowhere, gone. */
  readonly givenUp: number;
  /** Still owed at its end. */
  readonly open: number;
  /** Of those, past their date, and neither snoozed nor waived. */
  readonly overdue: number;
  /** Those still owed by days since they were opened: up to 30, 90, 180, and longer. */
  readonly openByAge: readonly number[];
  /** Of those done in the period that ever had a date: by the first one. */
  readonly byFirstDate: Share;
  /** Of those done in the period that have a date: by the one that holds now. */
  readonly byCurrentDate: Share;
  /** Of those opened in the period: what the document said when it was merged, as far as that is known. */
  readonly atMerge: {
    readonly owner: Share;
    readonly date: Share;
    readonly both: Share;
  };
  readonly breaches: {
    /** Of the items of which it is known: without an owner for longer than the policy lets them. */
    readonly owner: Share;
    /** Of the items with a date that are done or still owed: done after it, or not done though it has passed. */
    readonly date: Share;
  };
  readonly slips: Slips;
  /** Days from the opening to the closing of those done in the period. */
  readonly daysToClose: Spread | null;
  /** Of the nudges in the period whose week of answers is over: those that led to something. */
  readonly nudges: { readonly sent: number; readonly led: Share };
}

/** `counted`: of {@link inPeriod}, each piece of work once ({@link countedOnce}). */
export function figuresOf(counted: readonly Counted[], { since }: Pick<Period, "since">): Figures {
  const done = counted.filter((one) => isDone(one));
  const owed = counted.filter(isOwed);
  const doneNow = done.filter((one) => isSince(closedOn(one), since));
  const opened = counted.filter(({ item }) => isSince(item.openedOn, since));
  const known = opened.flatMap(({ item }) => item.atMerge ?? []);
  const nudges = counted.flatMap(({ item, day }) =>
    item.nudges.filter(({ on }) => isSince(on, since)).map((nudge) => hasLed(item, nudge, day)),
  );
  return {
    items: counted.length,
    opened: opened.length,
    completed: { count: done.length, of: counted.length },
    givenUp: counted.filter(isGivenUp).length,
    open: owed.length,
    overdue: owed.filter((one) => countedState(one) === "overdue").length,
    openByAge: agesOf(owed.map(ageOf)),
    byFirstDate: share(
      doneNow.filter(({ item }) => item.originalDue !== null),
      ({ item }) => isOnTime(item),
    ),
    byCurrentDate: share(
      doneNow.filter(({ item }) => item.due !== null),
      ({ item }) => isBy(item, item.due),
    ),
    atMerge: {
      owner: share(known, ({ owner }) => owner),
      date: share(known, ({ date }) => date),
      both: share(known, ({ owner, date }) => owner && date),
    },
    breaches: {
      owner: share(
        counted.flatMap(({ ownerLate }) => ownerLate ?? []),
        (late) => late,
      ),
      date: share(
        [...done, ...owed].filter(({ item }) => item.due !== null),
        isPastDate,
      ),
    },
    slips: slipsOf(counted, since),
    daysToClose: spread(doneNow.flatMap(daysOpen)),
    nudges: {
      sent: nudges.length,
      led: share(
        nudges.flatMap((led) => led ?? []),
        (has) => has,
      ),
    },
  };
}

function isGivenUp(counted: Counted): boolean {
  switch (countedState(counted)) {
    case "waived":
    case "duplicate":
      return !isOwed(counted);
    case "dropped":
    case "not-planned":
    case "gone":
      return true;
    case "done":
    case "left":
    case "snoozed":
    case "overdue":
    case "open":
    case "waiting":
      return false;
  }
}

/** A waiver that holds puts the date aside; a snooze does not. */
const isPastDate = (counted: Counted): boolean =>
  isDone(counted)
    ? !isBy(counted.item, counted.item.due)
    : isOverdue(counted.item, counted.day) && !isWaived(counted.item, counted.day);

/** Whether it was closed by a day; where the day of closing is not known, that is taken for yes. */
const isBy = ({ issue }: TrackedItem, day: PlainDate | null): boolean =>
  day !== null && (issue?.closedOn ?? day) <= day;

/** Whether it was closed by the first due date it had. */
export const isOnTime = (item: TrackedItem): boolean => isBy(item, item.originalDue);

function daysOpen(counted: Counted): number[] {
  const [from, to] = [counted.item.openedOn, closedOn(counted)];
  return from === null || to === null ? [] : [daysBetween(from, to)];
}

/** Upper bounds of the ages that open items are counted by, in days; the last group has none. */
export const AGES = [30, 90, 180] as const;

/** How many ages are up to 30, 90, 180 days, and longer. */
export function agesOf(days: readonly number[]): number[] {
  const counts = [...AGES, 0].map(() => 0);
  for (const age of days) {
    const at = AGES.findIndex((bound) => age <= bound);
    const index = at < 0 ? AGES.length : at;
    counts[index] = (counts[index] ?? 0) + 1;
  }
  return counts;
}
