/**
 * Dates that name their year, wherever they stand: `2025-06-10`, `September 12, 2024`, `25 de septiembre de 2025`,
 * `2025年9月25日`, `25/09/2025`. For the facts of the incident; what items say of their own dates is read in `due/`.
 */
import { type PlainDate, plainDate } from "../../calendar.js";
import { normalize } from "../languages/index.js";

export type DateOrder = "day-first" | "month-first";

const ISO = /(?<![\d.-])((?:19|20)\d\d)[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)/;
const CJK = /(\d{4})\s?[年년]\s?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일号]/;
const MONTH_FIRST = /(?<!\p{L})(\p{L}{3,12})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+((?:19|20)\d\d)(?!\d)/u;
const DAY_FIRST =
  /(?<!\d)(\d{1,2})(?:st|nd|rd|th|\.|º|er)?[ -](?:of |de |d')?(\p{L}{3,12})\.?,?[ -](?:de[l]? )?((?:19|20)\d\d)(?!\d)/u;
const NUMERIC = /(?<![\d.:/-])(\d{1,2})([-/.])(\d{1,2})\2((?:19|20)\d\d|\d\d)(?![\d:/-])/;
const COMPACT = /(?<!\d)((?:19|20)\d\d)[-_]?(0[1-9]|1[0-2])[-_]?(0[1-9]|[12]\d|3[01])(?!\d)/;

/** The first three letters of a month tell it in all of the languages, but for these. */
const MONTHS: Readonly<Record<string, number>> = {
  jan: 1,
  ene: 1,
  gen: 1,
  feb: 2,
  fev: 2,
  fevr: 2,
  mar: 3,
  mrt: 3,
  maa: 3,
  mae: 3,
  apr: 4,
  abr: 4,
  avr: 4,
  may: 5,
  mai: 5,
  mag: 5,
  mei: 5,
  jun: 6,
  jui: 6,
  giu: 6,
  jul: 7,
  juil: 7,
  lug: 7,
  aug: 8,
  ago: 8,
  aou: 8,
  sep: 9,
  set: 9,
  oct: 10,
  okt: 10,
  out: 10,
  ott: 10,
  nov: 11,
  dec: 12,
  dez: 12,
  dic: 12,
};

function monthOf(word: string): number {
  const name = normalize(word);
  if (name.startsWith("juil")) return 7;
  return MONTHS[name.slice(0, 3)] ?? 0;
}

/** The first date in `text` that names day, month and year. `order` reads 03/04/2025; without it only 25/04/2025 is a date. */
export function findFullDate(text: string, order: DateOrder | null): PlainDate | null {
  if (!/\d{2}/.test(text)) return null;
  const found = [isoIn(text), cjkIn(text), monthFirstIn(text), dayFirstIn(text), numericIn(text, order)];
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

function cjkIn(text: string): Found {
  const match = CJK.exec(text);
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
  if (said === null) return null;
  return said === "day-first" ? at(match, year, second, first) : at(match, year, first, second);
}
