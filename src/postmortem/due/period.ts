/**
 * Periods, and what of them is meant: "March", "Q3 2025", "2nd half", "CW38", "end of next month", "mid-October",
 * "EOY", "fin du mois", "Ende Oktober", "Quartalsende". {@link Span} says which day each of them is.
 */
import type { PlainDate } from "../../calendar.js";
import type { Unit } from "../languages/date-words.js";
import { anySpaced, perLanguage, unitOf } from "./lexicon.js";
import { NO_REFERENCE } from "./numeric.js";
import {
  type Edge,
  halfSpan,
  isoWeekSpan,
  monthSpan,
  quarterSpan,
  type Span,
  spanAround,
  weekSpan,
  yearOf,
  yearSpan,
} from "./spans.js";
import type { DueContext, Footing, Parser, Phrase, Read } from "./types.js";

/**
 * A period found at the start of a text. `spans` are those it may be, in time order (this year's, next year's); the
 * first whose day is not yet past is meant. None: there is no reference to tell.
 */
interface Period {
  readonly length: number;
  readonly spans: readonly Span[];
  readonly doubtful?: boolean;
  readonly why?: string;
}

const OF_YEAR = `(?:${anySpaced(({ beforeYear }) => beforeYear)})?`;
const YEAR = `(?:[ ,./'-]*${OF_YEAR}(?:'?(20\\d\\d)|'(\\d\\d)))?(?![\\d])`;

const fullYear = (long: string | undefined, short: string | undefined): number | null =>
  long ? Number(long) : short ? 2000 + Number(short) : null;

/** The spans of a period that comes round each year. */
function yearly(year: number | null, reference: PlainDate | null, span: (year: number) => Span): Span[] {
  if (year !== null) return [span(year)];
  if (reference === null) return [];
  return [span(yearOf(reference)), span(yearOf(reference) + 1)];
}

/** Patterns of one language. */
const PATTERNS = perLanguage((lexicon) => {
  const { words } = lexicon;
  const units = lexicon.unit;
  return {
    lexicon,
    trimesters: words.trimesters ?? false,
    edge: new RegExp(
      `^(?:(${words.end})|(${words.middle})|(${words.early}))(?:[ -](?:(?:${lexicon.filler})(?: |(?<=')))*)`,
      "u",
    ),
    article: new RegExp(`^(?:(?:${lexicon.filler}) )+`, "u"),
    month: new RegExp(`^(${lexicon.month})(?![\\p{L}\\d])(?!\\.? ?\\d{1,2}(?!\\d))\\.?${YEAR}`, "u"),
    ordinal: new RegExp(
      `^(${lexicon.ordinal})[ -]?(?:(?:${words.filler}) )?(?:(${words.units.quarter})|(${words.units.half}))(?!\\p{L})(?! (?:${words.filler}) (?:${lexicon.month}))${YEAR}`,
      "u",
    ),
    numberedWeek: new RegExp(`^(?:${words.units.week}) (\\d{1,2})(?![\\d.%])${YEAR}`, "u"),
    next: new RegExp(`^(?:${words.next}) (${units})(?!\\p{L})`, "u"),
    nextAfter: new RegExp(`^(${units}) (?:${words.next})(?!\\p{L})`, "u"),
    current: new RegExp(`^(?:${words.current}) (${units})(?!\\p{L})`, "u"),
    currentAfter: new RegExp(`^(${units}) (?:${words.current})(?!\\p{L})`, "u"),
    running: new RegExp(`^(${units})(?!\\p{L})`, "u"),
    ends: Object.entries(words.ends).map(
      ([unit, source]) => [unit as Unit, new RegExp(`^(?:${source})(?!\\p{L})`, "u")] as const,
    ),
  };
});

type Patterns = ReturnType<typeof PATTERNS>[number];

function month(text: string, { lexicon, month: pattern }: Patterns, reference: PlainDate | null): Period | null {
  const match = pattern.exec(text);
  const number = match && lexicon.months.get(match[1] ?? "");
  if (!match || !number) return null;
  const year = fullYear(match[2], match[3]);
  const spans = yearly(year, reference, (each) => monthSpan(each, number));
  return { length: match[0].trimEnd().length, spans, doubtful: year === null };
}

/** A year behind a quarter or half: with its four digits or the last two. */
const OF_SHORT_YEAR = `(?:[ ,./'-]*${OF_YEAR}(?:(20\\d\\d)|'?(\\d\\d)(?!\\d)))?(?![\\p{L}\\d])`;
const QUARTER = new RegExp(`^(?:q ?([1-4])|([1-4])q|t([1-4])|([1-4])t)(?!\\p{L})${OF_SHORT_YEAR}`, "u");
const YEAR_QUARTER = /^(20\d\d)[ /-]?(?:q([1-4])|t([1-4])|h([12])|s([12]))(?![\p{L}\d])/u;
const HALF = new RegExp(`^(?:h([12])|([12])h|s([12]))(?![\\p{L}\\d])${OF_SHORT_YEAR}`, "u");
const FISCAL_YEAR = anySpaced(({ fiscalYear }) => fiscalYear);
const FISCAL = new RegExp(
  `^(?:q[1-4][ /,-]*)?(?:${FISCAL_YEAR}) ?'?(?:20)?\\d\\d(?:[ /-]*q[1-4])?(?![\\p{L}\\d])`,
  "u",
);

function quarterOrHalf(text: string, reference: PlainDate | null, trimesters: boolean, surely: boolean): Period | null {
  const fiscal = FISCAL.exec(text);
  if (fiscal) return { length: fiscal[0].length, spans: [], why: "when the fiscal year begins is not known" };
  const turned = YEAR_QUARTER.exec(text);
  if (turned && (trimesters || !(turned[3] ?? turned[5]))) {
    const year = Number(turned[1]);
    const quarter = turned[2] ?? turned[3];
    const span = quarter ? quarterSpan(year, Number(quarter)) : halfSpan(year, Number(turned[4] ?? turned[5]));
    return { length: turned[0].length, spans: [span] };
  }
  const quarter = QUARTER.exec(text);
  const number =
    quarter && (quarter[1] ?? quarter[2] ?? (trimesters && (surely || quarter[5]) ? (quarter[3] ?? quarter[4]) : null));
  if (quarter && number) {
    const spans = yearly(fullYear(quarter[5], quarter[6]), reference, (year) => quarterSpan(year, Number(number)));
    return { length: quarter[0].trimEnd().length, spans };
  }
  const half = HALF.exec(text);
  const which = half && (half[1] ?? half[2] ?? (trimesters && (surely || half[4]) ? half[3] : null));
  if (!half || !which) return null;
  const spans = yearly(fullYear(half[4], half[5]), reference, (year) => halfSpan(year, Number(which)));
  return { length: half[0].trimEnd().length, spans };
}

function ordinalPeriod(text: string, { lexicon, ordinal }: Patterns, reference: PlainDate | null): Period | null {
  const match = ordinal.exec(text);
  if (!match) return null;
  const word = match[1] ?? "";
  const which = lexicon.ordinals.get(word) ?? Number.parseInt(word, 10);
  if (match[3] && which > 2) return null;
  const span = (year: number): Span => (match[2] ? quarterSpan(year, which) : halfSpan(year, which));
  return { length: match[0].trimEnd().length, spans: yearly(fullYear(match[4], match[5]), reference, span) };
}

const CALENDAR_WEEK = anySpaced(({ calendarWeek }) => calendarWeek);
const WEEK = new RegExp(
  `^(?:(20\\d\\d)[ -]?w(\\d\\d?)(?:-?([1-7]))?|(?:${CALENDAR_WEEK})[ .]?(\\d{1,2})(?:[ /-]*(20\\d\\d))?)(?![\\p{L}\\d])`,
  "u",
);

function weekOf(length: number, year: number | null, week: number, reference: PlainDate | null): Period {
  const years = year !== null ? [year] : reference === null ? [] : [yearOf(reference), yearOf(reference) + 1];
  const spans = years.map((each) => isoWeekSpan(each, week)).filter((span) => span !== null);
  if (years.length > 0 && spans.length === 0) return { length, spans, why: `there is no week ${week}` };
  return { length, spans };
}

/** CW38, KW 38, 2025-W38: an ISO week. "Week 38" too, but "week 2" may count from the start of some plan. */
function calendarWeek(text: string, { numberedWeek }: Patterns, reference: PlainDate | null): Period | null {
  const iso = WEEK.exec(text);
  if (iso) {
    const year = iso[1] ?? iso[5];
    return weekOf(iso[0].length, year ? Number(year) : null, Number(iso[2] ?? iso[4]), reference);
  }
  const plain = numberedWeek.exec(text);
  if (!plain) return null;
  const week = Number(plain[1]);
  const length = plain[0].trimEnd().length;
  if (week < 10) return { length, spans: [], why: "it may be a calendar week or the weeks of a plan" };
  return weekOf(length, fullYear(plain[2], plain[3]), week, reference);
}

/** "next month", "ce trimestre", "mes que viene"; the bare "month" of "end of month" where `bare` allows it. */
function relative(text: string, patterns: Patterns, reference: PlainDate | null, bare: boolean): Period | null {
  const tries: readonly (readonly [RegExp, number])[] = [
    [patterns.next, 1],
    [patterns.nextAfter, 1],
    [patterns.current, 0],
    [patterns.currentAfter, 0],
    ...(bare ? [[patterns.running, 0] as const] : []),
  ];
  for (const [pattern, ahead] of tries) {
    const match = pattern.exec(text);
    const unit = match && unitOf(patterns.lexicon, match[1] ?? "");
    if (!match || !unit || unit === "sprint" || unit === "workday" || (unit === "day" && !bare)) continue;
    return { length: match[0].length, spans: around(unit, reference, ahead) };
  }
  return null;
}

/** On a weekend "this week" is the one that begins on Monday: its Friday is still to come. */
function around(unit: Unit, reference: PlainDate | null, ahead: number): Span[] {
  if (reference === null) return [];
  const spans = [spanAround(unit, reference, ahead), ahead === 0 ? spanAround(unit, reference, 1) : null];
  return spans.filter((span) => span !== null);
}

const PLAIN_YEAR = /^(20\d\d)(?![\p{L}\d/.-])/u;

function plainYear(text: string): Period | null {
  const match = PLAIN_YEAR.exec(text);
  return match ? { length: match[0].length, spans: [yearSpan(Number(match[1]))] } : null;
}

const WEEK_OF = anySpaced((words) => words.weekOf);
const OF_DATE = new RegExp(`^(?:${WEEK_OF}) (20\\d\\d-\\d\\d-\\d\\d)(?!\\d)`, "u");

/** "week of 2025-10-06": the working week around that day. */
function weekOfDate(text: string): Period | null {
  const match = OF_DATE.exec(text);
  return match?.[1] ? { length: match[0].length, spans: [weekSpan(match[1])] } : null;
}

function periodAt(
  text: string,
  patterns: Patterns,
  context: DueContext,
  edged: boolean,
  footing: Footing,
): Period | null {
  const { reference } = context;
  const trimesters = PATTERNS(context.languages).some((each) => each.trimesters);
  return (
    quarterOrHalf(text, reference, trimesters, footing === "field" || footing === "strong") ??
    calendarWeek(text, patterns, reference) ??
    ordinalPeriod(text, patterns, reference) ??
    month(text, patterns, reference) ??
    relative(text, patterns, reference, edged) ??
    weekOfDate(text) ??
    (edged || footing === "field" ? plainYear(text) : null)
  );
}

/** The day of the period: the first that is not yet past. */
function dayOf(period: Period, edge: Edge, reference: PlainDate | null): PlainDate | null {
  const days = period.spans.map((span) => span[edge]);
  return days.find((date) => reference === null || date >= reference) ?? days[0] ?? null;
}

function phraseOf(period: Period, skipped: number, edge: Edge, doubtful: boolean, context: DueContext): Phrase {
  const length = skipped + period.length;
  const date = dayOf(period, edge, context.reference);
  if (date === null) return { length, why: period.why ?? NO_REFERENCE };
  return doubtful ? { length, date, doubtful } : { length, date };
}

function inLanguage(text: string, patterns: Patterns, context: DueContext, footing: Footing): Phrase | null {
  for (const [unit, pattern] of patterns.ends) {
    const match = pattern.exec(text);
    if (!match) continue;
    return phraseOf({ length: match[0].length, spans: around(unit, context.reference, 0) }, 0, "last", false, context);
  }
  const skipped = patterns.article.exec(text)?.[0].length ?? 0;
  for (const start of new Set([0, skipped])) {
    const edge = patterns.edge.exec(text.slice(start));
    const behind = start + (edge?.[0].length ?? 0);
    const period = edge && periodAt(text.slice(behind), patterns, context, true, footing);
    if (period) return phraseOf(period, behind, edge[1] ? "last" : edge[2] ? "middle" : "early", false, context);
  }
  const period = periodAt(text.slice(skipped), patterns, context, false, footing);
  return period && phraseOf(period, skipped, "last", period.doubtful === true, context);
}

const read: Read = (text, context, footing) => {
  for (const patterns of PATTERNS(context.languages)) {
    const phrase = inLanguage(text, patterns, context, footing);
    if (phrase) return phrase;
  }
  return null;
};

export const period: Parser = {
  gate: {
    begins: ({ words, month, ordinal, unit }) => [
      `(?:${[month, ordinal, unit, words.next, words.current, words.end, words.middle, words.early].join("|")})(?!\\p{L})`,
      `(?:${Object.values(words.ends).join("|")})(?!\\p{L})`,
      "\\d|[qhts] ?\\d",
      `(?:${CALENDAR_WEEK}|${FISCAL_YEAR})[ .]?\\d`,
      WEEK_OF,
    ],
  },
  read,
};
