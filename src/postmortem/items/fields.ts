/**
 * `Owner: Ana | Due: 2025-01-10` written out beside an item: as lines of their own, as nested bullets, or within the item's
 * text. The names are those of table columns.
 */

import { withoutEnd } from "../../text.js";
import { anyOf, columnRole, normalize } from "../languages/index.js";
import type { ColumnRole } from "../languages/types.js";
import { type Rich, sliceRich, trimRich } from "../markdown/rich.js";
import type { Fields } from "./candidate.js";
import { looksLikeNames } from "./refine/owner.js";

/** One `Label: value` found in a text. Offsets are into that text. */
export interface Field {
  readonly role: ColumnRole;
  readonly value: Rich;
  /** Where the label begins. */
  readonly start: number;
  readonly end: number;
}

/** A label: at the start, or behind something that separates it from what went before. */
const LABEL =
  /(^|[\n\v|·;•,.([{（【、，；–—]\s{0,9}|\s[-/]\s{1,9}|\s{2})([\p{L}][\p{L}\p{N} /#'-]{0,27}?)\s{0,9}[:：]{1,2}\s*/gu;

/** Cheap to ask of every line. */
const BEGINS_WITH_LABEL = /^[\p{L}][^:：\n]{0,30}[:：]/u;

/** Inside an item's text only these count: "Notes:" and "Impact:" are words of the work. */
const INLINE = new Set<ColumnRole>(["owner", "due", "status", "priority", "ref", "type"]);

/** Names of columns that are everyday words in running text. */
const EVERYDAY = new RegExp(`^(?:${anyOf(({ items }) => items?.everyday)})$`);

const CLOSERS: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}", "（": "）", "【": "】" };

/** The fields of a line that consists of nothing else, or null. `Action: …` may come first. */
export function readFieldLine(line: Rich): Field[] | null {
  // `[Done](…): …` links to how the work was done.
  if (!BEGINS_WITH_LABEL.test(line.text) || line.spans.some(({ kind, start }) => kind === "link" && start === 0))
    return null;
  const fields = scan(line, () => true);
  const [first] = fields;
  if (first === undefined || first.start > 0 || fields.some(saysMore)) return null;
  const between = fields.map(({ end }, at) => line.text.slice(end, fields[at + 1]?.start));
  return between.some((words) => /[\p{L}\p{N}]/u.test(words)) ? null : fields;
}

/** `Owner: Ana, due Friday, P1`: what stands behind the comma is no name or year, so the line says more than its labels do. */
function saysMore({ role, value }: Field): boolean {
  const [, ...more] = value.text.split(/[,;/]\s+|[、，；]\s*/u);
  if (role === "due") return more.some((piece) => !/^\d/.test(piece));
  if (role === "priority") return more.length > 0;
  return role === "owner" && more.some((piece) => !looksLikeNames(piece) || CAPITALS.test(piece));
}

const CAPITALS = /^\p{Lu}+\d?$/u;

/** The fields within an item's text. */
export function findInlineFields(text: Rich): Field[] {
  if (!/[:：]/u.test(text.text)) return [];
  return scan(text, (role, name, start) => INLINE.has(role) && start > 0 && !EVERYDAY.test(name));
}

/** Whether a label within an item's text says who does it or when it is due. */
export const labelsWhoOrWhen = (text: Rich): boolean =>
  findInlineFields(text).some(({ role }) => role === "owner" || role === "due");

/** Fields by role; the first of a role counts. */
export function toFields(found: readonly Field[]): Fields {
  const fields: { -readonly [role in ColumnRole]?: Rich } = {};
  for (const { role, value } of found) if (value.text !== "" && fields[role] === undefined) fields[role] = value;
  return fields;
}

function scan(text: Rich, wanted: (role: ColumnRole, name: string, start: number) => boolean): Field[] {
  const labels: { role: ColumnRole; start: number; from: number; opener: string }[] = [];
  for (const match of text.text.matchAll(LABEL)) {
    const before = match[1] ?? "";
    const name = normalize(match[2] ?? "");
    const role = columnRole(name);
    const start = match.index + before.length;
    if (role === null || !wanted(role, name, start)) continue;
    if (labels.length === MAX_FIELDS) break;
    labels.push({ role, start, from: match.index + match[0].length, opener: before.trim() });
  }
  let bracket = -1;
  return labels.map(({ role, start, from, opener }, index) => {
    const closer = CLOSERS[opener];
    if (closer !== undefined) bracket = text.text.indexOf(closer, from);
    const closing = bracket < from ? text.text.length : bracket;
    const limit = Math.min(labels[index + 1]?.start ?? text.text.length, closing);
    const whole = valueEnd(text.text, from, limit, role);
    const end = role === "owner" ? namesEnd(text.text, from, whole) : whole;
    return { role, value: trimValue(sliceRich(text, from, end)), start, end };
  });
}

const MAX_SEPARATOR = 9;

/** Only the first of a name counts, and there are not so many names. */
const MAX_FIELDS = 100;

/** A value ends before the next label, at the bracket that closes around it, or at a separator. */
function valueEnd(text: string, from: number, limit: number, role: ColumnRole): number {
  const stop =
    role === "title" || role === "detail" || role === "note"
      ? /[\n|]/
      : role === "priority" || role === "type"
        ? /[\n\v|;；、,，([（【]|\s[–—/-]\s|\.(?=\s|$)/u
        : /[\n\v|;；、]|\s[–—-]\s|(?<!\d)\.\s+(?=\p{Lu})/u;
  // A separator may reach a little beyond the limit; what begins there does not count.
  const separator = text.slice(from, limit + MAX_SEPARATOR).search(stop);
  return separator < 0 ? limit : Math.min(limit, from + separator);
}

/** Owners end before what stands behind a comma and is no name: `owner: Ana, Ben, by Friday`. The first is whoever it says. */
function namesEnd(text: string, from: number, end: number): number {
  const [first = "", ...more] = text.slice(from, end).split(/(?=,\s|\s\/\s|\s\[)/);
  let length = first.length;
  for (const piece of more) {
    if (!looksLikeNames(piece.replace(/^[,/\s[]+|[\s,.\]]+$/g, ""))) break;
    length += piece.length;
  }
  return from + length;
}

/** Without the separators that stood before the next label. */
function trimValue(value: Rich): Rich {
  const end = withoutEnd(value.text, /[\s|·;•,([{（【、，；–—-]/u).length;
  return trimRich(sliceRich(value, 0, end));
}
