/**
 * What an author wrote under an item that is neither its title nor a field: sub-bullets, further sentences, "Verification",
 * code. Taken from the document's own lines, so that it stays Markdown.
 */
import { CUT_LINE, cutLines } from "../../text.js";
import type { ColumnRole } from "../languages/types.js";
import type { ActionItem } from "../types.js";
import type { Candidate } from "./candidate.js";
import { readFieldLine } from "./fields.js";

/** More than anybody writes under one item; what is beyond stands in the document. */
const MAX_LINES = 60;
const MAX_CHARACTERS = 2_000;

/** Fields that have a place of their own in an item. */
const TOLD_ELSEWHERE: ReadonlySet<ColumnRole> = new Set(["owner", "due", "status", "priority", "ref", "title"]);

const QUOTE = /^(?: {0,3}> ?)+/;
const MARK = /^\s*(?:[-*+•]|\d{1,9}[.)])\s+/;
const FENCE = /^\s*(?:`{3}|~{3})/;
const UNDERLINE = /^\s{0,3}(?:=+|-+)\s*$/;

/**
 * Tells the details of each candidate of a document, where it has any. They begin with what its text states and no field holds
 * (`spare`), and end before the next one begins.
 */
export function readDetails(
  text: string,
  candidates: readonly Candidate[],
): (candidate: Candidate, spare: readonly string[]) => Pick<ActionItem, "details"> {
  const source = text.split("\n");
  const starts = [...new Set(candidates.map(({ line }) => line))].sort((a, b) => a - b);
  const next = new Map(starts.map((line, at) => [line, starts[at + 1]]));
  return (candidate, spare) => {
    const end = Math.min(candidate.endLine, (next.get(candidate.line) ?? Number.POSITIVE_INFINITY) - 1);
    const below = detailsOf(source, candidate, end);
    const beside = spare.join(" · ");
    const details = [beside, below ?? ""].filter((text) => text !== "").join("\n\n");
    return details === "" ? {} : { details: cutLines(details, MAX_CHARACTERS) };
  };
}

/** The lines under an item down to line `end` of the document, without the indentation they share; null where there are none. */
function detailsOf(source: readonly string[], { line, ownEnd }: Candidate, end: number): string | null {
  const first = source[line - 1] ?? "";
  // HTML is no Markdown: its lines mean nothing outside of their tags.
  if (ownEnd === undefined || end <= ownEnd || /^\s*<\w/.test(first)) return null;
  const quoted = QUOTE.test(first);
  const below = source.slice(ownEnd, Math.min(end, ownEnd + MAX_LINES + 1));
  const plain = withoutComments(below.map((text) => (quoted ? text.replace(QUOTE, "") : text).trimEnd()).join("\n"));
  const lines = withoutFields(plain.split("\n").filter((text, at) => at > 0 || !UNDERLINE.test(text)));
  const indent = Math.min(...lines.filter((text) => text !== "").map(indentOf));
  const details = lines
    .map((text) => text.slice(Math.min(indent, text.length)))
    .join("\n")
    .trimStart()
    .trimEnd();
  if (!/[\p{L}\p{N}]/u.test(details)) return null;
  return cutLines(end > ownEnd + MAX_LINES ? `${details}\n${CUT_LINE}` : details, MAX_CHARACTERS);
}

/** Readers of the document do not see comments. */
function withoutComments(text: string): string {
  const [before = "", ...others] = text.split("<!--");
  return before + others.map((part) => (part.includes("-->") ? part.slice(part.indexOf("-->") + 3) : "")).join("");
}

/** Without the lines that state an owner, a date and the like of the item itself: those that are indented no deeper than the first. */
function withoutFields(lines: readonly string[]): string[] {
  const indent = indentOf(lines.find((text) => text !== "") ?? "");
  let code = false;
  return lines.filter((text) => {
    if (FENCE.test(text)) code = !code;
    if (code || indentOf(text) > indent) return true;
    const words = text.replace(MARK, "").replace(/[*_`]/g, "").trim();
    const fields = readFieldLine({ text: words, spans: [], line: 1 });
    return fields === null || !fields.every(({ role }) => TOLD_ELSEWHERE.has(role));
  });
}

const indentOf = (text: string): number => text.length - text.trimStart().length;
