/**
 * Tables to the eye that Markdown took for paragraphs: rows of pipes torn apart by blank lines or without a line below the
 * head, Jira's `||Action||Owner||`, columns parted by tabs.
 */
import { withoutEnd } from "../../../text.js";
import { columnRole, normalize } from "../../languages/index.js";
import type { ColumnRole } from "../../languages/types.js";
import type { Paragraph, Row, TableBlock } from "../../markdown/block.js";
import { type Rich, richLines, sliceRich, trimRich } from "../../markdown/rich.js";
import type { Problem } from "../../types.js";

const DELIMITER = /^\|?\s*:?-{1,}:?\s*(?:\|\s*:?-{1,}:?\s*)*\|?\s*$/;

/** A table has no more columns. */
const MAX_CELLS = 60;

/** Rows of a table that blank lines have torn apart, or of one in Jira's notation, or null. */
export function readPipeRows(paragraph: Paragraph): Row[] | null {
  if (!paragraph.text.text.trimStart().startsWith("|")) return null;
  const lines = richLines(paragraph.text);
  if (!lines.every(({ text }) => text.startsWith("|"))) return null;
  return lines.filter(({ text }) => !DELIMITER.test(text)).map((line) => ({ line: line.line, cells: cellsOf(line) }));
}

/** In Jira's notation the cells of a head are parted by two pipes. */
const cellsOf = (line: Rich): Rich[] => {
  const end = withoutEnd(line.text, /\s/).length;
  return /^\|\|.*\|\|\s*$/.test(line.text)
    ? split(sliceRich(line, 2, end - 2), "||")
    : split(sliceRich(line, 1, line.text.endsWith("|", end) ? end - 1 : end), "|");
};

function split(line: Rich, separator: string): Rich[] {
  const cells: Rich[] = [];
  let start = 0;
  for (let at = line.text.indexOf(separator); at >= 0; at = line.text.indexOf(separator, start)) {
    cells.push(trimRich(sliceRich(line, start, at)));
    start = at + separator.length;
    if (cells.length > MAX_CELLS) return cells;
  }
  return [...cells, trimRich(sliceRich(line, start))];
}

/** Rows whose cells are parted by tabs; null where not every line has one. */
export function readTabRows(paragraph: Paragraph): Row[] | null {
  if (!paragraph.text.text.includes("\t")) return null;
  const lines = richLines(paragraph.text);
  if (lines.length < 2 || !lines.every(({ text }) => /\S\t+\S/.test(text))) return null;
  return lines.map((line) => ({ line: line.line, cells: split(line, "\t") }));
}

/** Columns by which a head is one of action items. */
const BESIDE_WORK: ReadonlySet<ColumnRole> = new Set(["owner", "due", "status", "priority", "ref"]);

/** Whether the first row is the head of a table of action items: it names the work, and something that is said of it. */
export function hasClearHead(rows: readonly Row[]): boolean {
  const roles = (rows[0]?.cells ?? []).map(({ text }) => columnRole(normalize(text)));
  return (
    roles.some((role) => role === "title" || role === "detail") &&
    roles.some((role) => role !== null && BESIDE_WORK.has(role))
  );
}

/** Columns parted by tabs, whose head says nothing. */
export const tabbed = ({ line, endLine }: Paragraph): Problem => ({
  line,
  endLine,
  rule: "unread-table",
  level: "warning",
  message: "Columns parted by tabs are no table, so they are not read.",
  fix: "Write a Markdown table: cells between `|`, and a line of dashes below the head.",
});

/** A table of rows found one by one. */
export function tableOf(rows: readonly Row[]): TableBlock | null {
  const [first] = rows;
  const last = rows.at(-1);
  return first === undefined || last === undefined
    ? null
    : { kind: "table", rows, line: first.line, endLine: last.line };
}
