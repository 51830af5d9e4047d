/** How it went month by month. */
import { addDays, endOfMonth, type PlainDate } from "../../calendar.js";
import { type Counted, closedOn, countedAsOf, countedState, isDone, isOwed, type Period } from "./counted.js";

export interface Month {
  /** `2024-09`. */
  readonly month: string;
  readonly opened: number;
  /** Closed as done. */
  readonly done: number;
  /** Closed as anything else. */
  readonly givenUp: number;
  /** At the end of the month, or of the period within it. */
  readonly open: number;
  readonly overdue: number;
}

/** Of a long history the last two years are told. */
const MOST_MONTHS = 24;

/** The months of the period, from the first in which there was anything. `counted`: of {@link inPeriod}. */
export function monthsOf(counted: readonly Counted[], { since, until }: Period): Month[] {
  const [first] = counted.flatMap(({ item }) => item.openedOn ?? []).sort();
  if (first === undefined) return [];
  const from = since !== null && since > first ? since : first;
  return monthsBetween(from, until).map((month) => monthOf(counted, month, until));
}

function monthOf(counted: readonly Counted[], month: string, until: PlainDate): Month {
  const last = endOfMonth(`${month}-01`);
  const then = counted.flatMap((one) => countedAsOf(one, last < until ? last : until) ?? []);
  const owed = then.filter(isOwed);
  const closed = then.filter((one) => closedOn(one)?.startsWith(month));
  const done = closed.filter(isDone).length;
  return {
    month,
    opened: then.filter(({ item }) => item.openedOn?.startsWith(month)).length,
    done,
    givenUp: closed.filter((one) => !isOwed(one)).length - done,
    open: owed.length,
    overdue: owed.filter((one) => countedState(one) === "overdue").length,
  };
}

/** `2024-11`, `2024-12`, `2025-01`; of many the last. */
function monthsBetween(from: PlainDate, to: PlainDate): string[] {
  const months: string[] = [];
  for (let day = to; day.slice(0, 7) >= from.slice(0, 7) && months.length < MOST_MONTHS; ) {
    months.unshift(day.slice(0, 7));
    day = addDays(`${day.slice(0, 7)}-01`, -1);
  }
  return months;
}
