/**
 * Which languages a document is written in, told cheaply from its letters and its commonest small words, so that only the
 * date readers that can matter are asked. English is always among them: headings and table columns often are.
 */
import { LANGUAGES, type LanguageCode } from "./index.js";

/** What a small word counts, and one of the craft. */
const WORTH = { small: 1, craft: 2 } as const;

/** For each word, the languages it speaks for and how much. */
const WORDS: ReadonlyMap<string, readonly (readonly [LanguageCode, number])[]> = indexWords();

/** Languages told by their letters alone. */
const SCRIPTS = LANGUAGES.flatMap(({ code, detection }) =>
  detection?.letters === undefined
    ? []
    : [{ code, letters: anyOf(detection.letters), notBeside: anyOf(detection.notBeside) }],
);

/** How much of a text is looked at: enough to tell a language, little enough to cost nothing. */
const SAMPLE = 2000;

/** A language counts once its small words make up this share of all words, and this many. */
const SHARE = 0.04;
const LEAST = 3;

/** As many languages told by their words are considered. */
const MOST = 2;

const NOT_LATIN = /[^a-z\u00df-\u024f]+/;

/**
 * The languages of `text`, English first, then those told by their letters, the others by how much of them there is.
 * The same text always gives the same answer.
 */
export function detectLanguages(text: string): LanguageCode[] {
  const sample = text.slice(0, SAMPLE);
  const found = sample.toLowerCase().split(NOT_LATIN);
  const counts = new Map<LanguageCode, number>();
  for (const word of found) {
    for (const [language, worth] of WORDS.get(word) ?? []) counts.set(language, (counts.get(language) ?? 0) + worth);
  }
  const byWords = [...counts]
    .filter(([, count]) => count >= LEAST && count >= found.length * SHARE)
    .sort((a, b) => b[1] - a[1])
    .map(([language]) => language);
  const byLetters = SCRIPTS.filter(({ letters, notBeside }) => letters.test(sample) && !notBeside.test(sample));
  return ["en", ...byLetters.map(({ code }) => code), ...byWords.slice(0, MOST)];
}

/** Any of some letters; never any where there are none. */
function anyOf(letters = ""): RegExp {
  return new RegExp(`[${letters}]`);
}

function indexWords(): Map<string, [LanguageCode, number][]> {
  const byWord = new Map<string, [LanguageCode, number][]>();
  for (const kind of ["small", "craft"] as const) {
    for (const { code, detection } of LANGUAGES) {
      for (const word of detection?.[kind]?.split(" ") ?? [])
        byWord.set(word, [...(byWord.get(word) ?? []), [code, WORTH[kind]]]);
    }
  }
  return byWord;
}
