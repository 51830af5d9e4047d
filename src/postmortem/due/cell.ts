/** A text that is wholly a due statement: the cell of a due column, the value behind `Due:`. */
import { BEFORE_DATE, TOLD } from "./cue.js";
import { fold } from "./fold.js";
import { anyDates } from "./lexicon.js";
import { phraseAt } from "./phrase.js";
import type { DueContext, DueReading, Phrase } from "./types.js";
import { NO_DAY } from "./vague.js";

const EMPTY = /^(?:[-–—_.…?*/x~\s]|<[^>]*>|[[{(]\s*[\])}])*$/i;
const NOTHING = new RegExp(`^(?:${anyDates(({ nothing }) => nothing)})\\.?$`, "u");

/** What may stand before the statement in its cell; other programs export a date as a mention, "@November 30, 2026". */
const FRONT = /^(?:[\s*_~`"'([{<>≤:：,.@-]|📅|📆|⏰|⏳|🗓|\uFE0F)+/u;
const MAX_LENGTH = 300;

/** Where in `folded` the date may begin: behind signs, behind due words, behind small words ("am", "on the"). */
function begins(folded: string, context: DueContext): Set<number> {
  const signs = FRONT.exec(folded)?.[0].length ?? 0;
  const starts = new Set([signs]);
  for (const { leads, small } of BEFORE_DATE(context.languages)) {
    const lead = signs + (leads.exec(folded.slice(signs))?.[0].length ?? 0);
    starts.add(lead).add(lead + (small.exec(folded.slice(lead))?.[0].length ?? 0));
  }
  return starts;
}

/** The reading of a phrase, with its words as written. */
export function readingOf(text: string, phrase: Phrase): DueReading {
  return "date" in phrase ? { kind: "date", date: phrase.date, text } : { kind: "unreadable", text, why: phrase.why };
}

/** "Done Sept 14", "✅ 2024-09-14": when the work was finished, not when it is due. */
const isTold = (folded: string, context: DueContext): boolean =>
  /^[✅☑✔]/u.test(folded) ||
  TOLD(context.languages).some((told) => {
    const first = /^\p{L}+/u.exec(folded)?.[0] ?? "";
    return first !== "" && told.test(`${first} `);
  });

/**
 * Reads a text that is wholly a due statement.
 * @returns the day it names with the words it was read from; `unreadable` with the reason and the whole text where it
 *   names none that can be told; null where it says nothing (empty, a dash, "n/a") or tells when something was done.
 */
export function readDueCell(text: string, context: DueContext): DueReading | null {
  const written = text.trim().slice(0, MAX_LENGTH);
  const folded = fold(written);
  if (EMPTY.test(folded) || NOTHING.test(folded)) return null;
  for (const start of begins(folded, context)) {
    const phrase = phraseAt(folded.slice(start), context, "field");
    if (phrase && "date" in phrase) return readingOf(written.slice(start, start + phrase.length), phrase);
    if (phrase) return readingOf(written, phrase);
  }
  if (isTold(folded, context)) return null;
  return { kind: "unreadable", text: written, why: NO_DAY };
}
