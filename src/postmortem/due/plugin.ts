/** Fields of Obsidian (Dataview, Tasks) and TaskPaper: `[due:: 2025-01-10]`, `📅 2025-01-10`, `@due(2025-01-10)`. */
import { readDueCell, readingOf } from "./cell.js";
import { phraseAt } from "./phrase.js";
import type { Candidate, DueContext } from "./types.js";

const FIELD = /[[(]\s*(?:due|deadline)\s*::\s*([^\])]*)[\])]|(?<![\p{L}\d])due\s*::\s*([^\n;|]*)|@due\(([^)]*)\)/gu;
const EMOJI = /(?:📅|📆|🗓\uFE0F?)\s*/gu;

/** The due fields of `text`; `folded` is the same text folded. */
export function pluginFields(text: string, folded: string, context: DueContext): Candidate[] {
  const found: Candidate[] = [];
  for (const match of folded.matchAll(FIELD)) {
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
