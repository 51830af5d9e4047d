/**
 * Section names that are no Markdown headings: `**Action items:**`, `Next steps:`, `Timeline` on a line of its own, a bullet
 * over nested bullets, the sentence that leads to a list. Here they are recognised; `sections.ts` says what they open.
 */

import { COMMITS, normalize, SECTION_PART } from "../languages/index.js";
import type { Entry } from "../markdown/block.js";
import { type Rich, sliceRich, trimRich, wholly } from "../markdown/rich.js";
import { readSectionKind, readSectionName, type SectionName } from "./section-name.js";

/** How deep each form of label stands, below the six ranks of headings. */
export const RANK = { plain: 9, bold: 10, colon: 11, weak: 12, bullet: 20 } as const;

/** A name found at the start of a line. */
export interface Label {
  readonly name: SectionName;
  readonly title: Rich;
  readonly rank: number;
  readonly origin: "heading" | "label";
  /** What follows the name on the same line. */
  readonly rest: Rich | null;
}

/** `**Name:** rest` or `Name: rest` at the start of a line. */
export function leadOf(line: Rich): { title: Rich; rest: Rich | null; bold: boolean } | null {
  const firstColon = line.text.slice(0, 65).search(/[:：]/u);
  if (firstColon < 0) return null;
  const strong = line.spans.find((span) => span.kind === "strong" && span.start === 0);
  const end = strong === undefined ? firstColon : strong.end;
  if (end < 2 || end > 60 || /^[\d\s]/.test(line.text)) return null;
  const title = trimRich(sliceRich(line, 0, end));
  const rest = trimRich(sliceRich(line, end));
  const colon = /^[:：]/u.test(rest.text) || /[:：]$/u.test(title.text);
  if (!colon || /^[:：]?\/\//.test(rest.text)) return null;
  const text = trimRich(sliceRich(rest, /^[:：]/u.test(rest.text) ? 1 : 0));
  return text.text === "" ? null : { title, rest: text, bold: strong !== undefined };
}

/** The section name a bullet consists of or begins with. `last`: the work may come after the list. */
export function bulletLabel(entry: Entry, last: boolean): Omit<Label, "rank" | "origin"> | null {
  const { head } = entry;
  if (head.text === "" || head.text.length > 400 || entry.checked !== null) return null;
  if (head.spans.some((span) => span.kind === "link" && span.url?.startsWith("#"))) return null;
  if (head.text.length <= 100) {
    const marked = /[:：]$/u.test(head.text) || wholly(head, "strong");
    if (entry.body.length > 0 || (last && marked)) {
      const { kind, full } = readSectionKind(head.text);
      if (kind !== null && (marked || full)) return { name: readSectionName(head.text), title: head, rest: null };
    }
  }
  const lead = leadOf(head);
  if (lead === null || !lead.bold) return null;
  const { kind, full } = readSectionKind(lead.title.text);
  return kind !== null && full ? { name: readSectionName(lead.title.text), title: lead.title, rest: lead.rest } : null;
}

/** "We will do the following:" leads to a list, but groups nothing. */
export const isSentence = (text: string): boolean =>
  /,|\b(?:following|below|these|include|are|is)\b/i.test(text) || COMMITS.test(normalize(text));

/** "To prevent this we will:" before a list says as much as a heading. */
export function introducesWork(text: string): boolean {
  const name = normalize(text);
  if (SECTION_PART.explicit.test(name) || SECTION_PART.followUp.test(name)) return true;
  return (
    COMMITS.test(name) &&
    /\b(?:prevent|avoid|mitigate|improve|reduce|evitar|prevenir|eviter|verhindern|vermeiden|voorkomen)\b/.test(name)
  );
}

/** Such a line as the label of a section of its own. */
export function introduced(line: Rich): Label {
  return { name: readSectionName("Next steps"), title: line, rank: RANK.weak, origin: "label", rest: null };
}

/** A line without the fence of an admonition (`:::note Title`, `!!! note "Title"`, `[!TODO] Title`); null for a bare fence. */
export function unfence(line: Rich): Rich | null {
  const fence = /^(?::{3,}|!{3}\+?|\?{3}\+?)\s*[\w-]*\s*|^\[![\w-]+\][+-]?\s*/.exec(line.text);
  if (fence === null) return line;
  const rest = trimRich(sliceRich(line, fence[0].length));
  return rest.text === "" ? null : rest;
}
