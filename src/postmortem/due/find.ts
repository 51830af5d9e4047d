/**
 * The due statement inside an item's text: "Add a guardrail - Lisa - Due Sept 25", "Rotate keys by Friday",
 * "Fix it (2025-01-10)", "📅 2025-01-10". A date without a due word is one only at the end, behind a separator; a date
 * that tells of the past ("done Sept 14", "since March") is none.
 */
import { readDueCell, readingOf } from "./cell.js";
import { hasCjk } from "./cjk.js";
import { CJK_BEHIND, CJK_CUE, CUES, LEADS, SMALL, TOLD } from "./cue.js";
import { fold } from "./fold.js";
import { latin, perLanguage } from "./lexicon.js";
import { phraseAt } from "./phrase.js";
import { trailing } from "./trailing.js";
import type { DueContext, DueFound, DueReading, Footing } from "./types.js";
import { NO_DAY } from "./vague.js";
import { widen } from "./widen.js";

/** The more certain a statement, the lower its rank; of equals the last one stands. */
export interface Candidate extends DueFound {
  readonly rank: number;
}

const RANKS: Readonly<Record<Footing, number>> = { field: 1, strong: 2, weak: 4, bare: 5 };
const UNREADABLE_FIELD = 3;
const UNREADABLE = 6;

const MAX_LENGTH = 4000;

const rankOf = (reading: DueReading, footing: Footing): number =>
  reading.kind === "date" ? RANKS[footing] : footing === "field" ? UNREADABLE_FIELD : UNREADABLE;

const PLUGIN = /[[(]\s*(?:due|deadline)\s*::\s*([^\])]*)[\])]|(?<![\p{L}\d])due\s*::\s*([^\n;|]*)|@due\(([^)]*)\)/gu;
const EMOJI = /(?:📅|📆|🗓\uFE0F?)\s*/gu;

/** Fields of Obsidian (Dataview, Tasks) and TaskPaper: `[due:: 2025-01-10]`, `📅 2025-01-10`, `@due(2025-01-10)`. */
function plugins(text: string, folded: string, context: DueContext): Candidate[] {
  const found: Candidate[] = [];
  for (const match of folded.matchAll(PLUGIN)) {
    const value = match[1] ?? match[2] ?? match[3] ?? "";
    const at = match.index + match[0].indexOf(value);
    const reading = readDueCell(text.slice(at, at + value.length), context);
    if (reading) found.push({ reading, start: match.index, end: match.index + match[0].trimEnd().length, rank: 0 });
  }
  for (const match of folded.matchAll(EMOJI)) {
    const from = match.index + match[0].length;
    const phrase = phraseAt(folded.slice(from), context, "field");
    if (!phrase) continue;
    const end = from + phrase.length;
    found.push({ reading: readingOf(text.slice(from, end), phrase), start: match.index, end, rank: 0 });
  }
  return found;
}

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
  latin(context.languages).some((language) => TOLD[language].test(before));

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
  const places = new Set([from]);
  for (const language of latin(languages)) {
    const lead = LEADS[language].exec(near)?.[0].length ?? 0;
    places.add(from + lead).add(from + lead + (SMALL[language].exec(near.slice(lead))?.[0].length ?? 0));
  }
  return places;
}

/** Every due word with what stands behind it. */
function* cues(folded: string, context: DueContext): Generator<Cue> {
  for (const language of latin(context.languages)) {
    for (const match of folded.matchAll(CUES[language])) {
      const { field, colon, weak } = match.groups ?? {};
      const footing = weak ? "weak" : field && colon ? "field" : "strong";
      yield { at: match.index, from: match.index + match[0].length, footing };
    }
  }
}

function* cjkCues(folded: string): Generator<Cue> {
  for (const match of folded.matchAll(CJK_CUE)) {
    const footing = /[:：=]/.test(match[0]) ? "field" : "strong";
    yield { at: match.index, from: match.index + match[0].length, footing };
  }
}

const CJK_START =
  /\d{4} ?[年년]|\d{1,2} ?(?:[月월]|日|일|週|周|주|か月|ヶ月|个|個|개월|営業日|工作日)|[今来翌本下次明週周月年季一二两兩三四五六]|이번|다음|내일|내년|월말|연말|주말|第|[日月火水木金土]曜|[월화수목금토일]요일|\d{4}-\d/gu;

/** "9月25日までに…": in these languages the due word stands behind the date. */
function cjkBehind(text: string, folded: string, context: DueContext): Candidate[] {
  const found: Candidate[] = [];
  let done = 0;
  for (const { index } of folded.matchAll(CJK_START)) {
    if (index < done) continue;
    const phrase = phraseAt(folded.slice(index), context, "weak");
    if (!phrase) continue;
    const end = index + phrase.length;
    const suffix =
      CJK_BEHIND.exec(folded.slice(end))?.[0].length ??
      (/以?[内后後]$|[이]?내$|안에?$/u.test(folded.slice(index, end)) ? 0 : null);
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
const STRETCH_END = /^\s*(?:$|[.;:,|)\]]|[-–—]\s)/;
/** Words that make of a stretch of time a condition or a promise of the service, not the time to do the work in. */
const CONDITION =
  /(?<!\p{L})(?:if|when|whenever|no|not|never|every|each|any|older|unless|always|sl[ao]s?|respon[ds]\p{L}*|alerts?|detect\p{L}*|notif\p{L}*|last|past|expir\p{L}*|ret\p{L}*|once|twice|times|si|wenn|falls|quand|als|quando|se)(?!\p{L})/u;

/** "Revisit in two weeks": a stretch of time that closes a clause, from the reference on. */
function stretches(text: string, folded: string, context: DueContext): Candidate[] {
  const found: Candidate[] = [];
  for (const language of latin(context.languages)) {
    for (const { index } of folded.matchAll(STRETCH[language])) {
      const phrase = phraseAt(folded.slice(index), context, "weak");
      if (!phrase || !("date" in phrase) || CONDITION.test(folded.slice(0, index))) continue;
      const end = index + phrase.length;
      if (!STRETCH_END.test(folded.slice(end))) continue;
      found.push({ reading: readingOf(text.slice(index, end), phrase), start: index, end, rank: RANKS.weak });
    }
  }
  return found;
}

/** A date at the end, with no due word but in a place of its own. */
function bare(text: string, folded: string, context: DueContext): Candidate[] {
  const found: Candidate[] = [];
  for (const { start, end } of trailing(folded)) {
    const phrase = phraseAt(folded.slice(start, end), context, "bare");
    if (!phrase || !/^[\s.,;:!?]*$/.test(folded.slice(start + phrase.length, end))) continue;
    if (isTold(folded.slice(Math.max(0, start - 24), start), context)) continue;
    const words = text.slice(start, start + phrase.length);
    const reading = readingOf(words, phrase);
    if ("vague" in phrase && phrase.vague && !/^(?:asap|as soon)/i.test(words)) continue;
    if (toCome(reading, context)) found.push({ reading, start, end, rank: rankOf(reading, "bare") });
  }
  return found;
}

/**
 * Finds the due statement in an item's text (plain, its markup removed).
 * @returns the reading, and the stretch from `start` to before `end` to take out of the title; null where there is none.
 */
export function findDue(text: string, context: DueContext): DueFound | null {
  const looked = text.slice(0, MAX_LENGTH);
  const folded = fold(looked);
  const candidates = plugins(looked, folded, context);
  const allCues = hasCjk(folded) ? [...cues(folded, context), ...cjkCues(folded)] : cues(folded, context);
  for (const cue of allCues) {
    const candidate = candidateAt(looked, folded, cue, context);
    if (candidate) candidates.push(candidate);
  }
  if (hasCjk(folded)) candidates.push(...cjkBehind(looked, folded, context));
  candidates.push(...stretches(looked, folded, context));
  if (candidates.length === 0) candidates.push(...bare(looked, folded, context));
  const best = candidates.reduce<Candidate | null>(
    (kept, each) => (kept === null || each.rank <= kept.rank ? each : kept),
    null,
  );
  return best && { reading: best.reading, ...widen(looked, best.start, best.end) };
}
