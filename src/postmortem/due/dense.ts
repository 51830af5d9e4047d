/**
 * Dates of languages without spaces: 2025年9月25日, 9月末, 来週金曜日, 两周内, 10월 3일, 다음 달 말. Their shapes are so alike,
 * and so unlike anything else, that one set of patterns reads them all whatever the document's language.
 */
import { addDays, type PlainDate, plainDate, weekday } from "../../calendar.js";
import type { Unit } from "../languages/date-words.js";
import { anyDense, anyName, denseNames, numbered } from "./lexicon.js";
import { NO_REFERENCE, nextSuchDay } from "./numeric.js";
import {
  after,
  type Edge,
  halfSpan,
  monthSpan,
  quarterSpan,
  type Span,
  spanAround,
  weekSpan,
  yearOf,
  yearSpan,
} from "./spans.js";
import type { Parser, Phrase, Read } from "./types.js";

const YEAR_SIGN = anyDense(({ signs }) => signs.year);
const MONTH_SIGN = anyDense(({ signs }) => signs.month);
const DAY_SIGN = anyDense(({ signs }) => signs.day);
const OF_YEAR = `(?:(\\d{4}) ?(?:${YEAR_SIGN}) ?)?`;

const EDGES = (["last", "middle", "early"] as const).map((edge) => `(${anyDense(({ edges }) => edges[edge])})`);
const EDGE = ` ?(?:${EDGES.join("|")})?`;
const LAST = anyDense(({ edges }) => edges.last);

const NUMBERS = denseNames(({ numbers }) => numbers, 1);
const QUARTERS_OF_YEAR = 4;
const QUARTER_NUMBERS = [...NUMBERS].filter(([, value]) => value <= QUARTERS_OF_YEAR).map(([name]) => name);

const DAY = new RegExp(
  `^${OF_YEAR}(\\d{1,2}) ?(?:${MONTH_SIGN}) ?(\\d{1,2}) ?(?:${DAY_SIGN})?(?:\\s?[(（](?:${anyDense(({ weekdays }) => weekdays.replaceAll(" ", "|"))})[^)）]{0,2}[)）])?`,
  "u",
);
const MONTH = new RegExp(`^${OF_YEAR}(\\d{1,2}) ?(?:${MONTH_SIGN})${EDGE}`, "u");
const QUARTER = new RegExp(
  `^${OF_YEAR}(?:(?:${anyDense(({ ordinal }) => ordinal)})? ?([1-4]|${anyName(QUARTER_NUMBERS)}) ?(?:${anyDense(({ quarter }) => quarter)})|(${anyDense(({ halves }) => halves?.first)})|(${anyDense(({ halves }) => halves?.second)}))(?: ?(?:${LAST}))?`,
  "u",
);
const FISCAL = new RegExp(`^(?:${anyDense(({ fiscal }) => fiscal)})`, "u");
const YEAR = new RegExp(`^(\\d{4}) ?(?:${YEAR_SIGN})${EDGE}`, "u");

const UNIT_ORDER = ["week", "month", "quarter", "year"] as const satisfies readonly Unit[];
const UNITS = UNIT_ORDER.map((unit) => `(${anyDense(({ units }) => units[unit])})`).join("|");
const CURRENT = anyDense(({ current }) => current);
const NEXT = anyDense(({ next }) => next);
const RELATIVE = new RegExp(
  `^(?:(${CURRENT})|(${NEXT}))(?:${UNITS})(?:${anyDense(({ behindUnit }) => behindUnit)})?${EDGE}`,
  "u",
);
const BARE_END = new RegExp(
  `^(?:${UNIT_ORDER.map((unit) => `(${anyDense(({ ends }) => ends[unit])})`).join("|")})`,
  "u",
);

/** Letters for weekdays, with their numbers. */
const WEEKDAYS = denseNames(({ weekdays }) => weekdays, 0);
/** How each language tells that such a letter is a weekday. */
const WEEKDAY_NAMES = anyDense(({ weekdays, beforeWeekday, behindWeekday }) => {
  const before = beforeWeekday === undefined ? "" : `(?<=${beforeWeekday})`;
  return `${before}(?:${anyName(numbered(weekdays, 0).keys())})${behindWeekday ?? ""}`;
});
const WEEKDAY = new RegExp(
  `^(?:(${anyDense(({ currentWeek }) => currentWeek)})?(${anyDense(({ nextWeek }) => nextWeek)})?(?:${anyDense(({ units }) => units.week)})?(?:${anyDense(({ behindWeek }) => behindWeek)})? ?)(${WEEKDAY_NAMES})`,
  "u",
);

const NEAR_DAYS = denseNames(({ near }) => near, 0);
const NEAR = new RegExp(`^(?:${anyName(NEAR_DAYS.keys())})`, "u");

const STRETCH_UNITS = ["workday", "day", "week", "month", "year"] as const satisfies readonly Unit[];
const STRETCHES = STRETCH_UNITS.map((unit) => `(${anyDense(({ stretch }) => stretch[unit])})`).join("|");
const DURATION = new RegExp(
  `^(\\d{1,3}|${anyName(NUMBERS.keys())}) ?(?:${STRETCHES}) ?(${anyDense(({ within }) => within)})?(?:${anyDense(({ behindWithin }) => behindWithin)})?`,
  "u",
);

const SPRINT = new RegExp(
  `^(?:(${anyDense(({ sprint }) => sprint.current)})|${anyDense(({ sprint }) => sprint.next)})`,
  "u",
);

/** A number in digits or in words. */
const number = (text: string): number => (/^\d+$/.test(text) ? Number(text) : (NUMBERS.get(text) ?? 0));

const edgeOf = (middle: string | undefined, early: string | undefined): Edge =>
  early ? "early" : middle ? "middle" : "last";

/** The first of `spans` whose day is not yet past. */
function phrase(length: number, spans: readonly Span[], edge: Edge, reference: PlainDate | null): Phrase {
  const days = spans.map((span) => span[edge]);
  const date = days.find((day) => reference === null || day >= reference) ?? days[0];
  return date ? { length, date } : { length, why: NO_REFERENCE };
}

/** This year's and next year's, or that of the year named. */
function yearly(year: string | undefined, reference: PlainDate | null, span: (year: number) => Span): Span[] {
  if (year) return [span(Number(year))];
  return reference === null ? [] : [span(yearOf(reference)), span(yearOf(reference) + 1)];
}

const day: Read = (text, { reference }) => {
  const match = DAY.exec(text);
  if (!match) return null;
  const length = match[0].length;
  const [month, dayOfMonth] = [Number(match[2]), Number(match[3])];
  if (!match[1] && reference === null) return { length, why: NO_REFERENCE };
  const date = match[1]
    ? plainDate(Number(match[1]), month, dayOfMonth)
    : nextSuchDay(reference ?? "", month, dayOfMonth);
  return date ? { length, date } : { length, why: "there is no such day" };
};

const month: Read = (text, { reference }) => {
  const match = MONTH.exec(text);
  const which = Number(match?.[2]);
  if (!match || which < 1 || which > 12) return null;
  const spans = yearly(match[1], reference, (year) => monthSpan(year, which));
  return phrase(match[0].trimEnd().length, spans, edgeOf(match[4], match[5]), reference);
};

const quarter: Read = (text, { reference }) => {
  const fiscal = FISCAL.exec(text);
  if (fiscal) return { length: fiscal[0].length, why: "when the fiscal year begins is not known" };
  const match = QUARTER.exec(text);
  if (!match) return null;
  const span = (year: number): Span =>
    match[2] ? quarterSpan(year, number(match[2])) : halfSpan(year, match[3] ? 1 : 2);
  return phrase(match[0].length, yearly(match[1], reference, span), "last", reference);
};

const year: Read = (text, { reference }, footing) => {
  const match = YEAR.exec(text);
  if (!match || (match[0].length < 6 && footing !== "field")) return null;
  return phrase(match[0].trimEnd().length, [yearSpan(Number(match[1]))], edgeOf(match[3], match[4]), reference);
};

const relative: Read = (text, { reference }) => {
  const match = RELATIVE.exec(text) ?? null;
  const bare = match ? null : BARE_END.exec(text);
  const unit = UNIT_ORDER.find((_, index) => (match ? match[index + 3] : bare?.[index + 1]));
  if (!unit) return null;
  const length = (match ?? bare)?.[0].trimEnd().length ?? 0;
  if (reference === null) return { length, why: NO_REFERENCE };
  const spans = [match?.[2] ? 1 : 0, 1]
    .map((ahead) => spanAround(unit, reference, ahead))
    .filter((span) => span !== null);
  return phrase(length, spans, match ? edgeOf(match[8], match[9]) : "last", reference);
};

/** 来週金曜日 is Friday of next week; 金曜日 alone the first Friday from the reference on. */
const namedWeekday: Read = (text, { reference }) => {
  const match = WEEKDAY.exec(text);
  const which = WEEKDAYS.get(match?.[3]?.charAt(0) ?? "");
  if (!match || which === undefined) return null;
  if (reference === null) return { length: match[0].length, why: NO_REFERENCE };
  if (match[2]) {
    const friday = weekSpan(reference, 1).last;
    return { length: match[0].length, date: addDays(friday, ((which + 6) % 7) - 4) };
  }
  return { length: match[0].length, date: addDays(reference, (which - weekday(reference) + 7) % 7) };
};

const near: Read = (text, { reference }) => {
  const match = NEAR.exec(text);
  if (!match) return null;
  if (reference === null) return { length: match[0].length, why: NO_REFERENCE };
  return { length: match[0].length, date: addDays(reference, NEAR_DAYS.get(match[0]) ?? 0) };
};

const duration: Read = (text, { reference }, footing) => {
  const match = DURATION.exec(text);
  const unit = STRETCH_UNITS.find((_, index) => match?.[index + 2]);
  if (!match || !unit || (!match[7] && footing !== "field" && footing !== "strong")) return null;
  const length = match[0].trimEnd().length;
  const date = reference && after(reference, number(match[1] ?? ""), unit);
  return date ? { length, date } : { length, why: NO_REFERENCE };
};

const sprint: Read = (text, { sprints }) => {
  const match = SPRINT.exec(text);
  if (!match) return null;
  const name = match[1] ? "this sprint" : "next sprint";
  const date = Object.hasOwn(sprints, name) ? sprints[name] : undefined;
  return date
    ? { length: match[0].length, date }
    : { length: match[0].length, why: `when ${name} ends is not known to the policy` };
};

const READERS: readonly Read[] = [day, quarter, month, year, sprint, namedWeekday, relative, near, duration];

const LETTER = "\\u3040-\\u30ff\\u4e00-\\u9fff\\uac00-\\ud7af";
const DENSE = new RegExp(`[${LETTER}]`);

/** Whether a text has anything for these patterns. */
export const isDense = (text: string): boolean => DENSE.test(text);

export const denseDate: Parser = {
  // The letter may stand behind a year: "2025年".
  gate: { alike: new RegExp(`^[^${LETTER}]{0,11}[${LETTER}]`) },
  read: (text, context, footing) => {
    for (const reader of READERS) {
      const found = reader(text, context, footing);
      if (found) return found;
    }
    return null;
  },
};
