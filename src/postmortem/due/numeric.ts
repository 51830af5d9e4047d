/**
 * Dates in digits: 2025-09-25, 2025/9/25, 25/09/2025, 9/25/25, 25.9.2025, 3.10., 10/15, 2025-09.
 * With dots the day comes first. With slashes and dashes that is settled by the numbers themselves, else by
 * {@link DueContext.dateOrder}; what neither settles is unreadable, never guessed.
 */
import { endOfMonth, type PlainDate, plainDate } from "../../calendar.js";
import type { DateOrder, DueContext, Footing, Parser, Phrase, Read } from "./types.js";

const YEAR_FIRST = /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?!\d)/;
const COMPACT = /^(20\d\d)(\d\d)(\d\d)(?!\d)/;
const YEAR_MONTH = /^(20\d\d)[-/](\d{1,2})(?![-/\d])/;
const YEAR_LAST = /^(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d\d)(?!\d)/;
const NO_YEAR = /^(\d{1,2})([/.])(\d{1,2})(\.?)(?![\d/])/;

const pad = (number: number): string => String(number).padStart(2, "0");

function onDay(length: number, year: number, month: number, day: number): Phrase {
  const date = plainDate(year, month, day);
  return date ? { length, date } : { length, why: `there is no day ${year}-${pad(month)}-${pad(day)}` };
}

/** The first day with this month and day on or after `reference`; null where neither that year nor the next has it. */
export function nextSuchDay(reference: PlainDate, month: number, day: number): PlainDate | null {
  const year = Number(reference.slice(0, 4));
  const inYear = plainDate(year, month, day);
  return inYear !== null && inYear >= reference ? inYear : plainDate(year + 1, month, day);
}

/** Why a date without a year cannot be read where there is nothing to count from. */
export const NO_REFERENCE = "it names no year, and the document gives no incident date to count from";

/** What two numbers say about which of them is the day; null where both may be. */
export function orderOf(first: number, second: number): DateOrder | null {
  if (first > 12 && second <= 12) return "day-first";
  if (second > 12 && first <= 12) return "month-first";
  return null;
}

/** Month and day of two numbers, or why they cannot be told apart. */
function monthAndDay(first: number, mark: string, second: number, context: DueContext): [number, number] | string {
  const order = mark === "." ? "day-first" : (orderOf(first, second) ?? context.dateOrder);
  if (first === second) return [first, second];
  if (order === null) {
    return first > 12 ? "it names no month" : "it could be day first or month first";
  }
  return order === "day-first" ? [second, first] : [first, second];
}

function yearLast(match: RegExpExecArray, context: DueContext): Phrase {
  const [all, first = "", mark = "", second = "", year = ""] = match;
  const settled = monthAndDay(Number(first), mark, Number(second), context);
  if (typeof settled === "string") return { length: all.length, why: settled };
  return onDay(all.length, Number(year.length === 2 ? `20${year}` : year), ...settled);
}

/** 10/15 and 3.10.: only where a due date must stand, as 1/2, 24/7 and 1.5 are mostly something else. */
function withoutYear(text: string, context: DueContext, footing: Footing): Phrase | null {
  const match = NO_YEAR.exec(text);
  if (!match || footing === "bare") return null;
  const [all, first = "", mark = "", second = "", dot = ""] = match;
  if (all === "24/7" || (mark === "." && dot === "")) return null;
  const settled = monthAndDay(Number(first), mark, Number(second), context);
  const sure = footing === "field" || (footing === "strong" && Number(first) + Number(second) > 3);
  if (typeof settled === "string") return sure ? { length: all.length, why: settled } : null;
  if (context.reference === null) return sure ? { length: all.length, why: NO_REFERENCE } : null;
  const date = nextSuchDay(context.reference, ...settled);
  if (date) return { length: all.length, date };
  return sure ? { length: all.length, why: "there is no such day" } : null;
}

const read: Read = (text, context, footing) => {
  const yearFirst = YEAR_FIRST.exec(text);
  if (yearFirst) return onDay(yearFirst[0].length, Number(yearFirst[1]), Number(yearFirst[3]), Number(yearFirst[4]));
  const last = YEAR_LAST.exec(text);
  // 10.4.12 and 1-2-03 are versions and ranges: two-digit years count only where a due date must stand.
  if (last && (last[4]?.length === 4 || footing === "field" || (footing === "strong" && last[2] === "/"))) {
    return yearLast(last, context);
  }
  const compact = COMPACT.exec(text);
  if (compact && footing !== "weak") {
    return onDay(compact[0].length, Number(compact[1]), Number(compact[2]), Number(compact[3]));
  }
  const yearMonth = YEAR_MONTH.exec(text);
  if (yearMonth) return wholeMonth(yearMonth, footing);
  return withoutYear(text, context, footing);
};

/** 2025-09 is a month, its last day. */
function wholeMonth(match: RegExpExecArray, footing: Footing): Phrase | null {
  const length = match[0].length;
  const first = plainDate(Number(match[1]), Number(match[2]), 1);
  if (first) return { length, date: endOfMonth(first) };
  return footing === "field" || footing === "strong" ? { length, why: `there is no month ${match[0]}` } : null;
}

export const numericDate: Parser = { gate: { alike: /^\d/ }, read };
