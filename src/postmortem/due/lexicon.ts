/** Patterns made once from the date words of `languages/`, a set for each language. */
import type { DateWords, DenseDateWords, Unit } from "../languages/date-words.js";
import { LANGUAGES, type LanguageCode } from "../languages/index.js";

/** A language's words as lookups, and as pattern sources to build upon. */
export interface Lexicon {
  readonly code: LanguageCode;
  readonly words: DateWords;
  readonly months: ReadonlyMap<string, number>;
  readonly weekdays: ReadonlyMap<string, number>;
  readonly numbers: ReadonlyMap<string, number>;
  readonly ordinals: ReadonlyMap<string, number>;
  readonly units: readonly (readonly [Unit, RegExp])[];
  /** Sources that match any one of the names, longest first. */
  readonly month: string;
  readonly weekday: string;
  readonly number: string;
  readonly ordinal: string;
  readonly unit: string;
  /** The small words that may stand inside a date, to be repeated: see {@link repeatable}. */
  readonly filler: string;
}

/** `a b|c` → a:first, b:first, c:first+1. */
export function numbered(list: string, first: number): Map<string, number> {
  const names = new Map<string, number>();
  for (const [index, spellings] of list.split("|").entries()) {
    for (const name of spellings.split(" ")) if (!names.has(name)) names.set(name, index + first);
  }
  return names;
}

const escaped = (name: string): string => name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** The source that matches any one of `names`, longest first. */
export const anyName = (names: Iterable<string>): string =>
  [...names]
    .sort((a, b) => b.length - a.length)
    .map(escaped)
    .join("|");

/**
 * The alternatives of a source (`de la|de|la`) without those that are others one behind the other. Repeated with a space between
 * them, the rest match the same, but in one way only: each of `de la de la …` in two would be two to the power of their number.
 */
export function repeatable(source: string): string {
  const all = [...new Set(source.split("|"))];
  const isMadeOfOthers = (one: string): boolean =>
    all.some((other) => one.startsWith(`${other} `) && isMade(one.slice(other.length + 1)));
  const isMade = (rest: string): boolean => all.includes(rest) || isMadeOfOthers(rest);
  return all.filter((one) => !isMadeOfOthers(one)).join("|");
}

function compile(code: LanguageCode, words: DateWords): Lexicon {
  const months = numbered(words.months, 1);
  const weekdays = numbered(words.weekdays, 0);
  const numbers = numbered(words.numbers, 1);
  const ordinals = numbered(words.ordinals, 1);
  const units = Object.entries(words.units) as [Unit, string][];
  return {
    code,
    words,
    months,
    weekdays,
    numbers,
    ordinals,
    units: units.map(([unit, source]) => [unit, new RegExp(`^(?:${source})$`, "u")] as const),
    month: anyName(months.keys()),
    weekday: anyName(weekdays.keys()),
    number: anyName(numbers.keys()),
    ordinal: anyName(ordinals.keys()),
    // Working days first: "days" alone would match inside "working days".
    unit: [words.units.workday, ...units.filter(([unit]) => unit !== "workday").map(([, source]) => source)].join("|"),
    filler: repeatable(words.filler),
  };
}

const LEXICONS: readonly Lexicon[] = LANGUAGES.flatMap(({ code, dates }) =>
  "months" in dates ? [compile(code, dates)] : [],
);

const DENSE: readonly DenseDateWords[] = LANGUAGES.flatMap(({ dates }) => ("months" in dates ? [] : [dates]));

/** The languages whose words have spaces between them. */
export const SPACED: readonly LanguageCode[] = LEXICONS.map(({ code }) => code);

/**
 * What `make` makes of the lexicon of each language with spaces, once.
 * @returns gives what was made for English, which is always understood, and for the other `languages` that have one, in their order.
 */
export function perLanguage<T>(make: (lexicon: Lexicon) => T): (languages: readonly LanguageCode[]) => readonly T[] {
  const made = new Map(LEXICONS.map((lexicon) => [lexicon.code, make(lexicon)]));
  const known = new WeakMap<readonly LanguageCode[], readonly T[]>();
  return (languages) => {
    const before = known.get(languages);
    if (before !== undefined) return before;
    const these = [...new Set<LanguageCode>(["en", ...languages])].flatMap((code) => made.get(code) ?? []);
    known.set(languages, these);
    return these;
  };
}

const alternatives = (sources: readonly (string | undefined)[]): string =>
  [...new Set(sources.filter((source) => source !== undefined && source !== ""))].join("|");

/** Words of all languages with spaces, as the alternatives of a pattern: where a word is so short a text does not tell its language. */
export const anySpaced = (pick: (words: DateWords) => string | undefined): string =>
  alternatives(LEXICONS.map(({ words }) => pick(words)));

/** Words of all languages without spaces. */
export const anyDense = (pick: (words: DenseDateWords) => string | undefined): string => alternatives(DENSE.map(pick));

/** Words of all languages. */
export const anyDates = (pick: (words: DateWords | DenseDateWords) => string | undefined): string =>
  alternatives(LANGUAGES.map(({ dates }) => pick(dates)));

/** Names that count up in the languages without spaces: see {@link numbered}. */
export const denseNames = (pick: (words: DenseDateWords) => string | undefined, first: number): Map<string, number> =>
  new Map(DENSE.flatMap((words) => [...numbered(pick(words) ?? "", first)]).filter(([name]) => name !== ""));

/** The names of months in all languages with spaces, with their numbers. */
export const monthNames = (): (readonly [name: string, month: number])[] =>
  LEXICONS.flatMap(({ months }) => [...months]);

/** The unit a word names, or null. */
export function unitOf(lexicon: Lexicon, word: string): Unit | null {
  return lexicon.units.find(([, pattern]) => pattern.test(word))?.[0] ?? null;
}

/** A number in digits or in words, or null. */
export function numberOf(lexicon: Lexicon, word: string): number | null {
  return /^\d+$/.test(word) ? Number(word) : (lexicon.numbers.get(word) ?? null);
}
