/** The due statement that begins at a certain place of a text, whatever stands behind it. */
import { readDueCell, readingOf } from "./cell.js";
import { BEFORE_DATE, DENSE_BEHIND, DENSE_CUE } from "./cue.js";
import { isDense } from "./dense.js";
import { phraseAt } from "./phrase.js";
import type { DueContext, DueReading } from "./types.js";

export interface DueAt {
  readonly reading: DueReading;
  /** One past its last character. */
  readonly end: number;
  /** A due word says that it is one; else it is a mere date. */
  readonly named: boolean;
}

/** A due word and the colon behind it, with markup between. */
const COLON_BEHIND = /[:：=][\s*_`]*$/u;
/** Where the value behind a due word and its colon ends. */
const VALUE_END = /[,;|)\]\n）】、；。]|\s[-–—/·•]+\s|\s@|\.(?:\s|$)|$/u;
const NEAR = 48;

/**
 * Reads the due statement at `at` of `folded` (as long as `text`): "due Nov 30", "by Friday", "2027-01-15", "期限：12月10日".
 * @returns null where none begins there; a mere date that is past tells of something done, and is none.
 */
export function dueAt(text: string, folded: string, at: number, context: DueContext): DueAt | null {
  const starts = places(folded, at, context);
  for (const from of starts) {
    const named = from.value > at;
    const phrase = phraseAt(folded.slice(from.date), context, named ? "strong" : "bare");
    if (!phrase || ("vague" in phrase && phrase.vague)) continue;
    const end = from.date + phrase.length;
    const reading = readingOf(text.slice(from.date, end), phrase);
    const behind = isDense(folded) ? (DENSE_BEHIND.exec(folded.slice(end))?.[0].length ?? 0) : 0;
    if (!named && behind === 0 && isPast(reading, context)) continue;
    return { reading, end: end + behind, named: named || behind > 0 };
  }
  return unreadableAt({ text, folded, at }, starts, context);
}

/** What was struck out between a due word and its date leaves blanks. */
const BLANKS = /^ */;

/** Where the words behind the due word begin (`at` itself without one), and where the date may. */
interface Start {
  readonly value: number;
  readonly date: number;
}

function places(folded: string, at: number, context: DueContext): Start[] {
  const near = folded.slice(at, at + NEAR);
  const spaced = near.replace(/ +/g, " ");
  const found: Start[] = [{ value: at, date: at }];
  for (const { leads, small } of BEFORE_DATE(context.languages)) {
    const lead = leads.exec(spaced)?.[0].length ?? 0;
    const value = lead === 0 ? at : at + lead + (BLANKS.exec(folded.slice(at + lead))?.[0].length ?? 0);
    const skipped = small.exec(value === at ? near : folded.slice(value, value + NEAR))?.[0].length ?? 0;
    if (value > at) found.unshift({ value, date: value });
    if (skipped > 0) found.push({ value, date: value + skipped });
  }
  const dense = denseCueAt(folded, at);
  if (dense > 0) found.unshift({ value: at + dense, date: at + dense });
  return found;
}

function denseCueAt(folded: string, at: number): number {
  if (!isDense(folded.slice(at, at + 2))) return 0;
  const [cue] = folded.slice(at, at + NEAR).matchAll(DENSE_CUE);
  return cue?.index === 0 ? cue[0].length : 0;
}

/** "Deadline: after the launch": a due word and its colon, but no day. */
function unreadableAt(
  { text, folded, at }: { readonly text: string; readonly folded: string; readonly at: number },
  starts: readonly Start[],
  context: DueContext,
): DueAt | null {
  for (const { value } of starts) {
    if (value === at || !COLON_BEHIND.test(folded.slice(at, value))) continue;
    const rest = text.slice(value);
    const end = value + rest.search(VALUE_END);
    const reading = readDueCell(text.slice(value, end), context);
    if (reading !== null) return { reading, end, named: true };
  }
  return null;
}

/** A mere date with its year that is not to come. */
const isPast = (reading: DueReading, { reference }: DueContext): boolean =>
  reading.kind === "date" && reference !== null && reading.date <= reference && /\d{4}|'\d\d/.test(reading.text);
