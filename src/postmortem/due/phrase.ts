/**
 * A date phrase at the start of a text: the parsers one after the other, then refiners for what stands around it
 * (end of day, a range, the time, the weekday in brackets).
 */

import { ARROW } from "../arrow.js";
import type { LanguageCode } from "../languages/index.js";
import { namedDay } from "./chrono.js";
import { denseDate } from "./dense.js";
import { duration } from "./duration.js";
import { anyDates, anySpaced, perLanguage, repeatable } from "./lexicon.js";
import { numericDate } from "./numeric.js";
import { period } from "./period.js";
import { shortStretch } from "./short.js";
import { sprint } from "./sprint.js";
import type { DueContext, Footing, Gate, Parser, Phrase } from "./types.js";
import { vague } from "./vague.js";
import { dayOfMonth } from "./weekday.js";

/** The cheap and exact ones first; chrono, which is neither, last. */
export const PARSERS: readonly Parser[] = [
  numericDate,
  denseDate,
  sprint,
  vague,
  period,
  duration,
  shortStretch,
  dayOfMonth,
  namedDay,
];

const ALIKE: readonly RegExp[] = PARSERS.flatMap(({ gate }) => gate.alike ?? []);

/** Longer than any date people write; what is longer is not looked at. */
const LONGEST = 64;

/** A phrase ends where its word ends: `2025-09-25.md`, `Q1s` and `10/15ths` are none. */
const BOUNDARY = /^(?:$|[^\p{L}\p{N}%/\\:'_-]|[-:'_/](?![\p{L}\p{N}])|[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af])/u;

/** After words that may mean something else, only an end or the next clause leaves no doubt. */
const CLEAN_END = new RegExp(`^\\s*(?:$|[.,;:!?)\\]}|–—·-]|(?:${anySpaced(({ goesOn }) => goesOn)})(?!\\p{L}))`, "u");

const END_OF_DAY = anySpaced(({ endOfDay }) => endOfDay);
const BEFORE_DAY = new RegExp(`^(?:${END_OF_DAY})[, ]+(?=\\S)`, "u");
const TIME = new RegExp(
  `^(?:t|,? (?:@ ?|${anySpaced(({ beforeTime }) => beforeTime)})?)\\d{1,2}(?::\\d\\d(?::\\d\\d(?:\\.\\d+)?)?(?: ?[ap]m)?| ?[ap]m)(?: ?(?:z|utc|gmt|[a-z]{2,4}t|[+-]\\d\\d:?\\d\\d))?(?![\\p{L}\\d:])`,
  "u",
);
/** "(Tue)", "(UTC)": any other word in brackets is not the date's. */
const IN_BRACKETS = `(?:${anySpaced(({ weekdays }) => weekdays.replaceAll(" ", "|"))}|utc|gmt|[a-z]{2,3}t)\\.?`;
const AROUND = new RegExp(`^,? ?(?:\\(${IN_BRACKETS}\\)|${anySpaced(({ aroundDay }) => aroundDay)})(?!\\p{L})`, "u");
const RANGE = new RegExp(`^ ?(?:${ARROW}|-|–|—|~|〜|\\/|${anyDates(({ to }) => to)}) ?(?=[\\p{L}\\p{N}])`, "u");
/** "Q3/Q4" and "Sept/Oct": a slash behind a period is a range too. */
const PERIOD_BEHIND = /^\/(?=q[1-4]|h[12]|\p{L}{3,9}(?!\p{L}))/u;

/** The length of the time, the weekday and the like behind a date. */
function behind(text: string): number {
  const time = TIME.exec(text)?.[0].length ?? 0;
  return time + (AROUND.exec(text.slice(time))?.[0].length ?? 0);
}

/** Whether the gate of a parser refuses a text in whatever language. */
const refuses = ({ begins, alike }: Gate, text: string): boolean => begins === undefined && alike?.test(text) === false;

function first(text: string, context: DueContext, footing: Footing): Phrase | null {
  for (const parser of PARSERS) {
    if (refuses(parser.gate, text)) continue;
    const phrase = parser.read(text, context, footing);
    if (!phrase) continue;
    const rest = text.slice(phrase.length);
    if (BOUNDARY.test(rest.slice(behind(rest))) || PERIOD_BEHIND.test(rest)) return phrase;
  }
  return null;
}

/** "Oct 1 to Oct 5", "Q3/Q4 2025", "Oct 1 → Oct 25": the end of the range, or the new date, is when the work is due. */
function withRange(phrase: Phrase, text: string, context: DueContext, footing: Footing): Phrase {
  const mark = RANGE.exec(text.slice(phrase.length));
  if (!mark) return phrase;
  const start = phrase.length + mark[0].length;
  const second = first(text.slice(start), context, footing === "weak" ? "weak" : "bare");
  if (!second || !("date" in second) || second.doubtful) return phrase;
  return { length: start + second.length, date: second.date };
}

/** chrono takes the comma or bracket behind a date with it. */
function tidy(phrase: Phrase, text: string): Phrase {
  return { ...phrase, length: text.slice(0, phrase.length).replace(/[\s,([]+$/, "").length };
}

/** The gates of all parsers as one pattern: most texts are refused by it at once. */
const BEGINS = perLanguage((lexicon) => {
  const small = repeatable(`${lexicon.words.filler}|${lexicon.words.within}`);
  const sources = PARSERS.flatMap(({ gate }) => gate.begins?.(lexicon) ?? []);
  return new RegExp(`^(?:(?:${small})(?: |(?<=')))*(?:${[...new Set([...sources, END_OF_DAY])].join("|")})`, "u");
});

/** Whether a date may begin at the start of `text` (folded). */
export const mayBegin = (text: string, languages: readonly LanguageCode[]): boolean =>
  ALIKE.some((pattern) => pattern.test(text)) || BEGINS(languages).some((pattern) => pattern.test(text));

/** Whether no more places are to be looked at. Counted here, behind the question that most places are refused by. */
function isEnough({ looks }: DueContext): boolean {
  if (looks === undefined) return false;
  looks.left--;
  return looks.left < 0;
}

/**
 * The date phrase that `text` (folded) begins with, or null. Its length takes in the time and weekday behind it.
 * With a footing of `weak` or `bare` words that could mean something else count only at the end of a clause.
 */
export function phraseAt(text: string, context: DueContext, footing: Footing): Phrase | null {
  const near = text.slice(0, LONGEST);
  if (!mayBegin(near, context.languages) || isEnough(context)) return null;
  const skipped = BEFORE_DAY.exec(near)?.[0].length ?? 0;
  const found = (skipped > 0 ? first(near.slice(skipped), context, footing) : null) ?? first(near, context, footing);
  if (!found) return null;
  const start = skipped > 0 && first(near.slice(skipped), context, footing) ? skipped : 0;
  const phrase = tidy(withRange(found, near.slice(start), context, footing), near.slice(start));
  const length = start + phrase.length + behind(near.slice(start + phrase.length));
  const doubtful = "date" in phrase && phrase.doubtful === true;
  if (doubtful && (footing === "weak" || footing === "bare") && !CLEAN_END.test(text.slice(length))) return null;
  return { ...phrase, length };
}
