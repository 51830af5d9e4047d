/** Where the sentences of a running text begin. */
import { fold } from "./due/fold.js";
import { monthNames } from "./due/lexicon.js";
import { normalize, SHORTENED } from "./languages/index.js";

/** Ends a sentence, if what stands before it does not go on: "e.g. Redis", "approx. Two", "3. Mai". */
const END = /(?:(?<!\.)\.|[!?]+)[)\]"”’»]?\s+(?=["“«(]?[\p{Lu}@`])|[。！？](?=\S)|(?<=\p{Lo})[.!?]\s+(?=\S)/gu;
/** A short number, a single letter or a short word without a vowel: "3. Mai", "Nr.", "bzw.", "e.g.". */
const GOES_ON = /(?:^|[\s.])(?:\p{N}{1,2}|\p{L}|[b-df-hj-np-tv-z]{2,3})$/iu;
/** "by Nov 30": here the number is the last word. */
const DAY_OF_MONTH = new RegExp(
  `(?<!\\p{L})(?:${monthNames()
    .map(([name]) => name)
    .join("|")})\\.? \\d{1,2}$`,
  "u",
);
const LAST_WORD = /\p{L}+$/u;

/** Longer than an abbreviation, or a day with its month. */
const LOOKED_AT = 20;

/** Offsets of the first character of each sentence; 0 is always among them. */
export function sentenceStarts(text: string): number[] {
  const starts = [0];
  let open = 0;
  let ticks = 0;
  let seen = 0;
  for (const { index, 0: sign } of text.matchAll(END)) {
    for (const character of text.slice(seen, index + sign.length)) {
      if ("([（【".includes(character)) open++;
      else if (")]）】".includes(character)) open--;
      else if (character === "`") ticks++;
    }
    seen = index + sign.length;
    if (open > 0 || ticks % 2 === 1) continue;
    if (text[seen] === "@" || !sign.startsWith(".") || !goesOn(text.slice(Math.max(0, index - LOOKED_AT), index)))
      starts.push(seen);
  }
  return starts;
}

/** Whether a sentence goes on behind the dot after these words. */
function goesOn(before: string): boolean {
  const words = fold(before);
  if (DAY_OF_MONTH.test(words)) return false;
  return GOES_ON.test(before) || SHORTENED.test(normalize(LAST_WORD.exec(before)?.[0] ?? ""));
}
