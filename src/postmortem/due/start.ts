/**
 * Whether a date phrase can begin here at all: the words it may begin with, as one pattern anchored at the start. Most
 * texts are refused by it at once, so the parsers, chrono above all, are asked only where there is something to read.
 */
import type { LanguageCode } from "../languages/index.js";
import { hasCjk } from "./cjk.js";
import { latin, perLanguage } from "./lexicon.js";

const ANY_LANGUAGE = "\\d|[qhtsw] ?\\d|(?:cw|kw|wk|fy)[ .]?\\d|calendar week|week|close of|by end of|max|<|≤|~";

const FIRST_WORDS = perLanguage(({ words, month, weekday, number, ordinal, unit }) => {
  const units = Object.values(words.units).join("|");
  const ends = Object.values(words.ends).join("|");
  const named = `${month}|${weekday}|${number}|${ordinal}|${unit}|${units}`;
  const around = `${words.next}|${words.current}|${words.end}|${words.middle}|${words.early}|${ends}`;
  const near = "tomorrow|manana|amanha|demain|morgen|ubermorgen|domani|overmorgen|eod|cob|eob";
  return new RegExp(
    `^(?:(?:${words.filler}|${words.within})(?: |(?<=')))*(?:${ANY_LANGUAGE}|(?:${named}|${around}|${near}|${words.vague})(?!\\p{L}))`,
    "u",
  );
});

/** Whether a date may begin at the start of `text` (folded). */
export function mayBegin(text: string, languages: readonly LanguageCode[]): boolean {
  if (/^\d/.test(text) || hasCjk(text.slice(0, 12))) return true;
  return latin(languages).some((language) => FIRST_WORDS[language].test(text));
}
