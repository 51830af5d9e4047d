/**
 * Section windows: "Immediate (complete within 1 week)", "Short-term", "This quarter", "Sofortmaßnahmen". A window that
 * states a time is a day ({@link resolveWindow}); one that only has a name is for the policy ({@link windowName}).
 */
import type { PlainDate } from "../../calendar.js";
import type { WindowName } from "../languages/date-words.js";
import { fold } from "./fold.js";
import { anyDense, anySpaced, SPACED } from "./lexicon.js";
import { phraseAt } from "./phrase.js";

/** Asked in this order: a heading may name two. */
const NAMES = (["immediate", "short", "medium", "long"] as const).map(
  (name) =>
    [
      name,
      new RegExp(
        `(?<!\\p{L})(?:${anySpaced(({ windows }) => windows?.[name])})(?!\\p{L})|${anyDense(({ windows }) => windows?.[name])}`,
        "u",
      ),
    ] as const,
);

/** The named window a heading states, for a policy to say how long that is; null where it names none. */
export function windowName(text: string): WindowName | null {
  const folded = fold(text);
  return NAMES.find(([, pattern]) => pattern.test(folded))?.[0] ?? null;
}

/** Where a time may begin in a heading: at a word. */
const STARTS = new RegExp(`(?<![\\p{L}\\p{N}])[\\p{L}\\p{N}]|${anyDense(({ windowStarts }) => windowStarts)}`, "gu");

/**
 * The last day of a window that states a time: "Complete within 1 week", "30 days", "This quarter", "Q4 2024".
 * Null for windows that only have a name, for sprints, and where there is no reference to count from.
 * Every language is understood, as headings are short and often not in the document's own.
 */
export function resolveWindow(text: string, reference: PlainDate | null): PlainDate | null {
  const folded = fold(text).slice(0, 200);
  for (const { index } of folded.matchAll(STARTS)) {
    const phrase = phraseAt(
      folded.slice(index),
      { reference, dateOrder: null, sprints: {}, languages: SPACED },
      "field",
    );
    if (phrase && "date" in phrase && !phrase.doubtful && phrase.length > 1) return phrase.date;
  }
  return null;
}
