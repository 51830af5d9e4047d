/**
 * Periods as days. The last day of a period is what "in March" or "Q3" means as a due date; a week ends on Friday, its
 * last working day. Early, middle and last are what "early March" (the 10th), "mid-March" (the 15th) and "late March"
 * or "end of March" (the last) mean: the end of its first third, its middle, its end.
 */
import { addDays, endOfMonth, type PlainDate, plainDate, weekday } from "../../calendar.js";
import type { Unit } from "../languages/date-words.js";

export interface Span {
  readonly early: PlainDate;
  readonly middle: PlainDate;
  readonly last: PlainDate;
}

/** Which day of a span is meant. */
export type Edge = keyof Span;

const day = (year: number, month: number, dayOfMonth: number): PlainDate =>
  new Date(Date.UTC(year, month - 1, dayOfMonth)).toISOString().slice(0, 10);

export const yearOf = (date: PlainDate): number => Number(date.slice(0, 4));
const monthOf = (date: PlainDate): number => Number(date.slice(5, 7));

/** `month` may run past 12 (or below 1): it counts on into the next year. */
export function monthSpan(year: number, month: number): Span {
  return { early: day(year, month, 10), middle: day(year, month, 15), last: endOfMonth(day(year, month, 1)) };
}

/** `quarter` may run past 4. */
export function quarterSpan(year: number, quarter: number): Span {
  const first = (quarter - 1) * 3 + 1;
  return {
    early: endOfMonth(day(year, first, 1)),
    middle: day(year, first + 1, 15),
    last: endOfMonth(day(year, first + 2, 1)),
  };
}

/** `half` is 1 or 2, or more for the years to come. */
export function halfSpan(year: number, half: number): Span {
  const first = (half - 1) * 6 + 1;
  const monthEnd = (months: number): PlainDate => endOfMonth(day(year, first + months, 1));
  return { early: monthEnd(1), middle: monthEnd(2), last: monthEnd(5) };
}

export function yearSpan(year: number): Span {
  return { early: day(year, 3, 31), middle: day(year, 6, 30), last: day(year, 12, 31) };
}

const mondayOf = (date: PlainDate): PlainDate => addDays(date, -((weekday(date) + 6) % 7));

/** The working week that `date` is in, Monday to Friday; `weeks` later. */
export function weekSpan(date: PlainDate, weeks = 0): Span {
  const monday = addDays(mondayOf(date), weeks * 7);
  return { early: addDays(monday, 1), middle: addDays(monday, 2), last: addDays(monday, 4) };
}

/** ISO 8601 week `week` of `year`, or null where the year has no such week. Week 1 is the one that holds January 4. */
export function isoWeekSpan(year: number, week: number): Span | null {
  if (week < 1 || week > 53) return null;
  const monday = addDays(mondayOf(day(year, 1, 4)), (week - 1) * 7);
  return yearOf(addDays(monday, 3)) === year ? weekSpan(monday) : null;
}

/** The running `unit` around `date`, or the one `ahead` units later; null for units that are not periods of the calendar. */
export function spanAround(unit: Unit, date: PlainDate, ahead: number): Span | null {
  const year = yearOf(date);
  const month = monthOf(date);
  switch (unit) {
    case "day": {
      const that = addDays(date, ahead);
      return { early: that, middle: that, last: that };
    }
    case "week":
      return weekSpan(date, ahead);
    case "month":
      return monthSpan(year, month + ahead);
    case "quarter":
      return quarterSpan(year, Math.ceil(month / 3) + ahead);
    case "half":
      return halfSpan(year, Math.ceil(month / 6) + ahead);
    case "year":
      return yearSpan(year + ahead);
    case "workday":
    case "sprint":
      return null;
  }
}

/** `count` units after `date`: the same day of a later month (or its last, where it is shorter), or so many days on. */
export function after(date: PlainDate, count: number, unit: Unit): PlainDate | null {
  switch (unit) {
    case "day":
      return addDays(date, count);
    case "workday":
      return addWorkdays(date, count);
    case "week":
      return addDays(date, count * 7);
    case "month":
      return addMonths(date, count);
    case "quarter":
      return addMonths(date, count * 3);
    case "half":
      return addMonths(date, count * 6);
    case "year":
      return addMonths(date, count * 12);
    case "sprint":
      return null;
  }
}

function addMonths(date: PlainDate, months: number): PlainDate {
  const month = monthOf(date) + months;
  const first = day(yearOf(date), month, 1);
  return plainDate(yearOf(first), monthOf(first), Number(date.slice(8))) ?? endOfMonth(first);
}

/** Monday to Friday count; holidays are not known here. */
function addWorkdays(date: PlainDate, count: number): PlainDate {
  const sinceFriday = (weekday(date) + 2) % 7;
  const from = sinceFriday < 3 ? addDays(date, -sinceFriday) : date;
  let that = addDays(from, Math.floor(count / 5) * 7);
  for (let left = count % 5; left > 0; ) {
    that = addDays(that, 1);
    if (weekday(that) % 6 !== 0) left -= 1;
  }
  return that;
}
