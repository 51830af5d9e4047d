/**
 * Dates that name their year, wherever they stand: `2025-06-10`, `September 12, 2024`, `25 de septiembre de 2025`,
 * `2025年9月25日`, `25/09/2025`. For the facts of the incident; what items say of their own dates is read in `due/`.
 */
import { type PlainDate, plainDate } from "../../calendar.js";
import { normalize } from "../languages/index.js";
import { anyDense, anySpaced, monthNames } from "./lexicon.js";

export type DateOrder = "day-first" | "month-first";

const ISO = /(?<![\d.-])((?:19|20)\d\d)[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)/;
const SIGNS = {
  year: anyDense(({ signs }) => signs.year),
  month: anyDense(({ signs }) => signs.month),
  day: anyDense(({ signs }) => signs.day),
} as const;
const DENSE = new RegExp(
  `(\\d{4})\\s?(?:${SIGNS.year})\\s?(\\d{1,2})\\s?(?:${SIGNS.month})\\s?(\\d{1,2})\\s?(?:${SIGNS.day})`,
  "u",
);
const ENDINGS = anySpaced(({ dayEndings }) => dayEndings);
const MONTH_FIRST = new RegExp(
  `(?<!\\p{L})(\\p{L}{3,12})\\.?\\s+(\\d{1,2})(?:${ENDINGS})?,?\\s+((?:19|20)\\d\\d)(?!\\d)`,
  "u",
);
const DAY_FIRST = new RegExp(
  `(?<!\\d)(\\d{1,2})(?:${ENDINGS}|${anySpaced(({ numberEndings }) => numberEndings)}|\\.)?[ -](?:${anySpaced(({ beforeMonth }) => beforeMonth)})?(\\p{L}{3,12})\\.?,?[ -](?:${anySpaced(({ beforeYear }) => beforeYear)})?((?:19|20)\\d\\d)(?!\\d)`,
  "u",
);
const NUMERIC = /(?<![\d.:/-])(\d{1,2})([-/.])(\d{1,2})\2((?:19|20)\d\d|\d\d)(?![\d:/-])/;
const COMPACT = /(?<!\d)((?:19|20)\d\d)[-_]?(0[1-9]|1[0-2])[-_]?(0[1-9]|[12]\d|3[01])(?!\d)/;

/** Three letters tell a month, in whatever language; but four are asked first, for "juin" and "juillet". */
const LETTERS = [4, 3] as const;

/** Months by their first letters; where two begin alike, it is the first of them. */
const MONTHS = new Map<string, number>();
for (const [name, month] of monthNames()) {
  for (const start of LETTERS.map((letters) => name.slice(0, letters))) {
    if (!MONTHS.has(start)) MONTHS.set(start, month);
  }
}

function monthOf(word: string): number {
  const name = normalize(word);
  return LETTERS.map((letters) => MONTHS.get(name.slice(0, letters))).find((month) => month !== undefined) ?? 0;
}

/** The first date in `text` that names day, month and year. `order` reads 03/04/2025; without it only 25/04/2025 is a date. */
export function findFullDate(text: string, order: DateOrder | null): PlainDate | null {
  if (!/\d{2}/.test(text)) return null;
  const found = [isoIn(text), denseIn(text), monthFirstIn(text), dayFirstIn(text), numericIn(text, order)];
  let best: { at: number; date: PlainDate } | null = null;
  for (const one of found) if (one !== null && (best === null || one.at < best.at)) best = one;
  return best?.date ?? null;
}

/** The date in a file's name: `2025-06-10-outage.md`, `20250610.md`. */
export function dateInPath(path: string): PlainDate | null {
  const match = COMPACT.exec(path.slice(path.lastIndexOf("/") + 1)) ?? COMPACT.exec(path);
  return match === null ? null : plainDate(Number(match[1]), Number(match[2]), Number(match[3]));
}

type Found = { at: number; date: PlainDate } | null;

function at(match: RegExpExecArray | null, year: number, month: number, day: number): Found {
  const date = match === null ? null : plainDate(year, month, day);
  return match === null || date === null ? null : { at: match.index, date };
}

function isoIn(text: string): Found {
  const match = ISO.exec(text);
  return at(match, Number(match?.[1]), Number(match?.[2]), Number(match?.[3]));
}

function denseIn(text: string): Found {
  const match = DENSE.exec(text);
  return at(match, Number(match?.[1]), Number(match?.[2]), Number(match?.[3]));
}

function monthFirstIn(text: string): Found {
  const match = MONTH_FIRST.exec(text);
  return at(match, Number(match?.[3]), monthOf(match?.[1] ?? ""), Number(match?.[2]));
}

function dayFirstIn(text: string): Found {
  const match = DAY_FIRST.exec(text);
  return at(match, Number(match?.[3]), monthOf(match?.[2] ?? ""), Number(match?.[1]));
}

function numericIn(text: string, order: DateOrder | null): Found {
  const match = NUMERIC.exec(text);
  if (match === null) return null;
  const [first, second] = [Number(match[1]), Number(match[3])];
  const year = Number(match[4]) < 100 ? 2000 + Number(match[4]) : Number(match[4]);
  const said =
    first > 12 ? "day-first" : second > 12 ? "month-first" : (order ?? (match[2] === "." ? "day-first" : null));
  // 12/12/2024 is one day, whichever comes first.
  if (said === null && first !== second) return null;
  return said === "day-first" ? at(match, year, second, first) : at(match, year, first, second);
}
