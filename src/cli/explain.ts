/**
 * What `follow-through extract --explain` prints below the items:
 *
 *   sections
 *     12  Action items
 *         action items, by names-work: its name promises work
 *         opened by heading; explicit by whole-name
 *       14  taken, by task-box: a task box is a task
 *           - [ ] Add timeouts (@lisa)
 *   items
 *     14  Add timeouts
 *           owners    lisa
 *                     by tail-brackets: in brackets at the end, from “@lisa”
 */
import type {
  ExplainedField,
  ExplainedItem,
  ExplainedLines,
  ExplainedSection,
  Explanation,
} from "../postmortem/explain.js";
import { shorten } from "../text.js";

/** Words of the document are shown so far, in characters. */
const MAX_WORDS = 90;

/** The explanation in lines for people. */
export function whyInWords({ form, sections, items }: Explanation): string[] {
  return [
    ...(form === null ? [] : [`  no items are read, by ${form.rule}: ${form.reason}`]),
    ...(sections.length === 0 ? [] : ["  sections", ...sections.flatMap(sectionLines)]),
    ...(items.length === 0 ? [] : ["  items", ...items.flatMap(itemLines)]),
    "",
  ];
}

const HOLDS = {
  "action items": "action items",
  "no work": "no work",
  unmistakable: "only what is unmistakable",
} as const satisfies Record<ExplainedSection["holds"], string>;

function sectionLines({ line, title, holds, judged, kind, named, opened, lines }: ExplainedSection): string[] {
  return [
    `${at(line)}  ${title === "" ? "(before any heading)" : quoted(title)}`,
    `          ${HOLDS[holds]}, by ${judged.rule}: ${judged.reason}`,
    `          opened by ${opened.rule}; ${kind ?? "nothing known"}, by ${named.rule}`,
    ...lines.flatMap(passageLines),
  ];
}

function passageLines({ line, endLine, verdict, rule, reason, text }: ExplainedLines): string[] {
  const lines = endLine === line ? `${line}` : `${line}–${endLine}`;
  return [`      ${lines.padStart(8)}  ${verdict}, by ${rule}: ${reason}`, `                ${quoted(text)}`];
}

function itemLines({ line, title, fields }: ExplainedItem): string[] {
  return [`${at(line)}  ${quoted(title)}`, ...fields.flatMap(fieldLines)];
}

function fieldLines({ field, value, rule, reason, words }: ExplainedField): string[] {
  const from = words === "" ? "" : `, from “${shorten(words, MAX_WORDS)}”`;
  return [
    `          ${field.padEnd(10)}${value === null ? "(cannot be read)" : quoted(value)}`,
    `                    by ${rule}: ${reason}${from}`,
  ];
}

const at = (line: number): string => `  ${String(line).padStart(6)}`;
const quoted = (text: string): string => shorten(text.replace(/\s+/g, " "), MAX_WORDS);
