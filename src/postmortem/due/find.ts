/**
 * The due statement inside an item's text: "Add a guardrail - Lisa - Due Sept 25", "Rotate keys by Friday",
 * "Fix it (2025-01-10)", "📅 2025-01-10". A date without a due word is one only at the end, behind a separator; a date
 * that tells of the past ("done Sept 14", "since March") is none.
 */
import { LANGUAGE_CODES } from "../languages/index.js";
import { readDueCell, readingOf } from "./cell.js";
import { BEFORE_DATE, CUES, DENSE_BEHIND, DENSE_CLOSED, DENSE_CUE, DENSE_START, TOLD } from "./cue.js";
import { isDense } from "./dense.js";
import { eventIn } from "./event.js";
import { fold } from "./fold.js";
import { anySpaced, perLanguage } from "./lexicon.js";
import { phraseAt } from "./phrase.js";
import { pluginFields } from "./plugin.js";
import { trailing } from "./trailing.js";
import type { Candidate, DueContext, DueFound, DueReading, Footing } from "./types.js";
import { NO_DAY } from "./vague.js";
import { widen } from "./widen.js";

const RANKS: Readonly<Record<Footing, number>> = { field: 1, strong: 2, weak: 4, bare: 5 };
const UNREADABLE_FIELD = 3;
const UNREADABLE = 6;

const MAX_LENGTH = 4000;

const rankOf = (reading: DueReading, footing: Footing): number =>
  reading.kind === "date" ? RANKS[footing] : footing === "field" ? UNREADABLE_FIELD : UNREADABLE;

/** Where a field's name may stand for an unreadable value to count: at the start, or behind a separator. */
const FIELD_PLACE = /(?:^|[-–—|·•([{,;:.、。（*_\n])\s*[*_`]*$/u;
const VALUE = /^[^,;|)\]}\n。]*?(?=\s[-–—]\s|[,;|)\]}\n。]|\.(?:\s|$)|$)/u;

/** "Deadline: before the launch": a due statement, though no day can be told from it. */
function unreadableField(
  text: string,
  folded: string,
  at: number,
  from: number,
  context: DueContext,
): Candidate | null {
  if (!FIELD_PLACE.test(folded.slice(Math.max(0, at - 8), at))) return null;
  const value = VALUE.exec(text.slice(from))?.[0].trimEnd() ?? "";
  const reading = readDueCell(value, context);
  if (reading?.kind !== "unreadable") return null;
  return { reading: { ...reading, why: NO_DAY }, start: at, end: from + value.length, rank: UNREADABLE_FIELD };
}

/** Whether a weak word or a mere place can mean this day: one with its year stated that is past is told of, not due. */
const toCome = (reading: DueReading, { reference }: DueContext): boolean =>
  reading.kind === "unreadable" || reference === null || reading.date > reference || !/\d{4}|'\d\d/.test(reading.text);

const isTold = (before: string, context: DueContext): boolean =>
  TOLD(context.languages).some((told) => told.test(before));

interface Cue {
  readonly at: number;
  /** Where the words behind the cue begin. */
  readonly from: number;
  readonly footing: Footing;
}

function candidateAt(text: string, folded: string, cue: Cue, context: DueContext): Candidate | null {
  const { at, footing } = cue;
  const before = folded.slice(Math.max(0, at - 24), at);
  if (footing !== "field" && isTold(before, context)) return null;
  for (const from of starts(folded, cue.from, context)) {
    const phrase = phraseAt(folded.slice(from), context, footing);
    if (!phrase) continue;
    const end = from + phrase.length;
    const reading = readingOf(text.slice(from, end), phrase);
    if (footing === "weak" && (("vague" in phrase && phrase.vague) || !toCome(reading, context))) return null;
    return { reading, start: at, end, rank: rankOf(reading, footing) };
  }
  return footing === "field" ? unreadableField(text, folded, at, cue.from, context) : null;
}

/** Where the date may begin: at once, behind further due words ("due *by*"), behind small words ("on the"). */
function starts(folded: string, from: number, { languages }: DueContext): Set<number> {
  const near = folded.slice(from, from + 48);
  // What was struck out before the date leaves blanks.
  const places = new Set([from, from + (/^ */.exec(near)?.[0].length ?? 0)]);
  for (const { leads, small } of BEFORE_DATE(languages)) {
    const lead = leads.exec(near)?.[0].length ?? 0;
    places.add(from + lead).add(from + lead + (small.exec(near.slice(lead))?.[0].length ?? 0));
  }
  return places;
}

/** Every due word with what stands behind it. */
function* cues(folded: string, context: DueContext): Generator<Cue> {
  for (const words of CUES(context.languages)) {
    for (const match of folded.matchAll(words)) {
      const { field, colon, weak } = match.groups ?? {};
      const footing = weak ? "weak" : field && colon ? "field" : "strong";
      yield { at: match.index, from: match.index + match[0].length, footing };
    }
  }
}

function* denseCues(folded: string): Generator<Cue> {
  for (const match of folded.matchAll(DENSE_CUE)) {
    const footing = /[:：=]/.test(match[0]) ? "field" : "strong";
    yield { at: match.index, from: match.index + match[0].length, footing };
  }
}

/** "9月25日までに…": in these languages the due word stands behind the date. */
function denseBehind(text: string, folded: string, context: DueContext): Candidate[] {
  const found: Candidate[] = [];
  let done = 0;
  for (const { index } of folded.matchAll(DENSE_START)) {
    if (index < done) continue;
    const phrase = phraseAt(folded.slice(index), context, "weak");
    if (!phrase) continue;
    const end = index + phrase.length;
    const suffix =
      DENSE_BEHIND.exec(folded.slice(end))?.[0].length ?? (DENSE_CLOSED.test(folded.slice(index, end)) ? 0 : null);
    if (suffix === null) continue;
    const reading = readingOf(text.slice(index, end), phrase);
    if (toCome(reading, context))
      found.push({ reading, start: index, end: end + suffix, rank: rankOf(reading, "weak") });
    done = end;
  }
  return found;
}

/** Where a stretch of time may begin: "in two weeks", "within 30 days", "sous 30 jours". */
const STRETCH = perLanguage(
  ({ words, number }) => new RegExp(`(?<![\\p{L}\\p{N}])(?:${words.within}) (?=\\d|(?:${number}) )`, "gu"),
);
const STRETCH_END = /^\s*(?:$|[.;:,|)\]@]|[-–—]\s)/;
/** Words that make of a stretch of time a condition or a promise of the service, not the time to do the work in. */
const CONDITION = new RegExp(`(?<!\\p{L})(?:${anySpaced(({ conditions }) => conditions)})(?!\\p{L})`, "u");

/** "Revisit in two weeks": a stretch of time that closes a clause, from the reference on. */
function stretches(text: string, folded: string, context: DueContext): Candidate[] {
  const found: Candidate[] = [];
  for (const stretch of STRETCH(context.languages)) {
    for (const { index } of folded.matchAll(stretch)) {
      const phrase = phraseAt(folded.slice(index), context, "weak");
      if (!phrase || !("date" in phrase) || CONDITION.test(folded.slice(0, index))) continue;
      const end = index + phrase.length;
      if (!STRETCH_END.test(folded.slice(end))) continue;
      found.push({ reading: readingOf(text.slice(index, end), phrase), start: index, end, rank: RANKS.weak });
    }
  }
  return found;
}

const URGENT = new RegExp(`^(?:${anySpaced(({ urgent }) => urgent)})`, "iu");

/** A date at the end, with no due word but in a place of its own. */
function bare(text: string, folded: string, context: DueContext): Candidate[] {
  const found: Candidate[] = [];
  for (const { start, end } of trailing(folded)) {
    const phrase = phraseAt(folded.slice(start, end), context, "bare");
    if (!phrase || !/^[\s.,;:!?]*$/.test(folded.slice(start + phrase.length, end))) continue;
    if (isTold(folded.slice(Math.max(0, start - 24), start), context)) continue;
    const words = text.slice(start, start + phrase.length);
    const reading = readingOf(words, phrase);
    if ("vague" in phrase && phrase.vague && !URGENT.test(words)) continue;
    if (toCome(reading, context)) found.push({ reading, start, end, rank: rankOf(reading, "bare") });
  }
  return found;
}

/** To be asked only whether a text states a due date: which day that is does not matter. */
export const ANY_DAY: DueContext = { reference: null, dateOrder: "day-first", sprints: {}, languages: LANGUAGE_CODES };

/**
 * Finds the due statement in an item's text (plain, its markup removed).
 * @returns the reading, and the stretch from `start` to before `end` to take out of the title; null where there is none.
 */
export function findDue(text: string, context: DueContext): DueFound | null {
  const looked = text.slice(0, MAX_LENGTH);
  const folded = fold(looked);
  const candidates = pluginFields(looked, folded, context);
  const allCues = isDense(folded) ? [...cues(folded, context), ...denseCues(folded)] : cues(folded, context);
  for (const cue of allCues) {
    const candidate = candidateAt(looked, folded, cue, context);
    if (candidate) candidates.push(candidate);
  }
  if (isDense(folded)) candidates.push(...denseBehind(looked, folded, context));
  candidates.push(...stretches(looked, folded, context));
  if (candidates.length === 0) candidates.push(...bare(looked, folded, context));
  const best = candidates.reduce<Candidate | null>(
    (kept, each) => (kept === null || each.rank <= kept.rank ? each : kept),
    null,
  );
  if (best === null) return eventIn(looked, folded);
  return { reading: best.reading, ...widen(looked, best.start, best.end) };
}
