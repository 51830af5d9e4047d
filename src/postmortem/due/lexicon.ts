/** Patterns made once from {@link ./words.js}, a set for each language. */
import type { LanguageCode } from "../languages/index.js";
import { type Unit, WORDS, type Words } from "./words.js";

/** A language's words as lookups, and as pattern sources to build upon. */
export interface Lexicon {
  readonly words: Words;
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
}

/** `a b|c` → a:first, b:first, c:first+1. */
function numbered(list: string, first: number): Map<string, number> {
  const names = new Map<string, number>();
  for (const [index, spellings] of list.split("|").entries()) {
    for (const name of spellings.split(" ")) if (!names.has(name)) names.set(name, index + first);
  }
  return names;
}

const escaped = (name: string): string => name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

const anyOf = (names: Iterable<string>): string =>
  [...names]
    .sort((a, b) => b.length - a.length)
    .map(escaped)
    .join("|");

function compile(words: Words): Lexicon {
  const months = numbered(words.months, 1);
  const weekdays = numbered(words.weekdays, 0);
  const numbers = numbered(words.numbers, 1);
  const ordinals = numbered(words.ordinals, 1);
  const units = Object.entries(words.units) as [Unit, string][];
  return {
    words,
    months,
    weekdays,
    numbers,
    ordinals,
    units: units.map(([unit, source]) => [unit, new RegExp(`^(?:${source})$`, "u")] as const),
    month: anyOf(months.keys()),
    weekday: anyOf(weekdays.keys()),
    number: anyOf(numbers.keys()),
    ordinal: anyOf(ordinals.keys()),
    // Working days first: "days" alone would match inside "working days".
    unit: [words.units.workday, ...units.filter(([unit]) => unit !== "workday").map(([, source]) => source)].join("|"),
  };
}

/** A language that {@link WORDS} has. */
export type LatinLanguage = keyof typeof WORDS;

/** Every Latin-letter language with what `make` makes of its lexicon. */
export function perLanguage<T>(make: (lexicon: Lexicon) => T): Readonly<Record<LatinLanguage, T>> {
  return {
    en: make(LEXICONS.en),
    es: make(LEXICONS.es),
    pt: make(LEXICONS.pt),
    fr: make(LEXICONS.fr),
    de: make(LEXICONS.de),
    it: make(LEXICONS.it),
    nl: make(LEXICONS.nl),
  };
}

const LEXICONS: Readonly<Record<LatinLanguage, Lexicon>> = {
  en: compile(WORDS.en),
  es: compile(WORDS.es),
  pt: compile(WORDS.pt),
  fr: compile(WORDS.fr),
  de: compile(WORDS.de),
  it: compile(WORDS.it),
  nl: compile(WORDS.nl),
};

/** English first, then those of `languages` that are written in Latin letters. */
export function latin(languages: readonly LanguageCode[]): LatinLanguage[] {
  const others = languages.filter((language): language is LatinLanguage => language !== "en" && language in WORDS);
  return ["en", ...new Set(others)];
}

/** The unit a word names, or null. */
export function unitOf(lexicon: Lexicon, word: string): Unit | null {
  return lexicon.units.find(([, pattern]) => pattern.test(word))?.[0] ?? null;
}

/** A number in digits or in words, or null. */
export function numberOf(lexicon: Lexicon, word: string): number | null {
  return /^\d+$/.test(word) ? Number(word) : (lexicon.numbers.get(word) ?? null);
}
