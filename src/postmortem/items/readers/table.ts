/**
 * Action items written as a table: any order and language of columns, several owners in a cell, category rows, status
 * hidden in another column. Legends and timelines are tables too, and yield nothing.
 */

import { columnRole, normalize, SECTION } from "../../languages/index.js";
import type { ColumnRole } from "../../languages/types.js";
import type { Row, TableBlock } from "../../markdown/block.js";
import type { Rich } from "../../markdown/rich.js";
import { readSectionName } from "../../structure/section-name.js";
import type { Problem } from "../../types.js";
import type { Candidate, Context, Fields } from "../candidate.js";
import { within } from "./context.js";

type Columns = readonly (ColumnRole | null)[];

/** What a table of action items holds. */
export interface TableReading {
  readonly candidates: readonly Candidate[];
  readonly problems: readonly Problem[];
}

const NOTHING: TableReading = { candidates: [], problems: [] };

/** Rows with cells missing are told one by one up to here. */
const MAX_PROBLEMS = 20;

/**
 * The items of a table. `sure`: it stands in an action section; elsewhere only a table with a column for the work and one
 * for its owner, date, state or ticket counts.
 */
export function readTable(table: TableBlock, context: Context, sure: boolean): TableReading {
  const [header, ...rows] = table.rows;
  if (header === undefined || rows.length === 0) return NOTHING;
  const columns = readColumns(header, rows, sure);
  const title = columns.indexOf("title");
  if (title < 0 || !isActionTable(columns, header, sure)) return NOTHING;
  const candidates: Candidate[] = [];
  const problems: Problem[] = [];
  let current = context;
  for (const row of rows) {
    const category = categoryOf(row, columns);
    if (category !== null) {
      current = within(context, readSectionName(category.text), category, "label");
      continue;
    }
    if (isRepeatedHeader(row, header)) continue;
    candidates.push(toCandidate(row, columns, title, current));
    if (row.cells.length < header.cells.length && problems.length < MAX_PROBLEMS)
      problems.push(cellsMissing(row, header));
  }
  return { candidates, problems };
}

/** Whether a table looks like one of action items wherever it stands. */
function isActionTable(columns: Columns, header: Row, sure: boolean): boolean {
  const has = (...roles: ColumnRole[]) => roles.some((role) => columns.includes(role));
  if (has("time") && !has("owner", "priority", "ref")) return false;
  if (sure)
    return has("owner", "due", "status", "priority", "ref", "type") || !has("meaning", "time")
      ? !isLegend(columns)
      : false;
  const named = header.cells.some(
    (cell) => NAMES_WORK.test(normalize(cell.text)) || SECTION.explicit.test(normalize(cell.text)),
  );
  return named && !has("time") && has("owner", "due", "status", "ref");
}

/** Columns that hold nothing but work, wherever their table stands. */
const NAMES_WORK =
  /^(?:actions?|tasks?|follow ?ups?|to ?dos?|accion(?:es)?|acao|acoes|tache|massnahmen?|azion[ei]|acties?(?:punt)?)\b/;

/** "Priority | Meaning": explains signs. */
function isLegend(columns: Columns): boolean {
  return (
    columns.includes("meaning") && !columns.includes("owner") && !columns.includes("due") && !columns.includes("ref")
  );
}

/** The role of every column; exactly one is the title. */
function readColumns(header: Row, rows: readonly Row[], sure: boolean): Columns {
  const roles: (ColumnRole | null)[] = header.cells.map((cell) => columnRole(normalize(cell.text)));
  let title = roles.indexOf("title");
  if (title < 0) title = roles.indexOf("detail");
  if (title < 0) title = worded(roles.indexOf("ref"), rows);
  if (title < 0) title = roles.indexOf("note");
  if (title < 0) title = roles.indexOf("group");
  if (title < 0 && sure) title = widest(roles, rows);
  return roles.map((role, index) => {
    if (index === title) return "title";
    if (role === "title") return "detail";
    if (role === "due" && roles.indexOf("due") < index && FINISHED.test(normalize(header.cells[index]?.text ?? "")))
      return "finished";
    // Of two columns for the same fact the first stands.
    return role !== null && role !== "detail" && role !== "note" && roles.indexOf(role) < index ? null : role;
  });
}

/** A column of tickets holds the work too where most say more than which: "#12 — Alert on lag". */
function worded(column: number, rows: readonly Row[]): number {
  const told = rows.filter(({ cells }) => countWords(cells[column]?.text ?? "") > 3);
  return column >= 0 && told.length * 2 > rows.length ? column : -1;
}

const countWords = (text: string): number => normalize(text).split(" ").length;

/** Beside a column for the due date, one of these tells when the work was done. */
const FINISHED = /^(?:actual |date )?(?:complet|clos|finish|done)/;

/** Failing a name, the work is in the column with the most words. */
function widest(roles: Columns, rows: readonly Row[]): number {
  let best = -1;
  let most = 0;
  for (const [index, role] of roles.entries()) {
    if (role !== null) continue;
    const words = rows.slice(0, 20).reduce((sum, row) => sum + (row.cells[index]?.text.length ?? 0), 0);
    if (words > most) [best, most] = [index, words];
  }
  return best;
}

/** A row in which only one cell is filled is a heading for the rows below. */
function categoryOf(row: Row, columns: Columns): Rich | null {
  const filled = row.cells.filter((cell) => cell.text.trim() !== "");
  const [only] = filled;
  if (columns.length < 3 || filled.length !== 1 || only === undefined || row.cells[0] !== only) return null;
  const strong = only.spans.some((span) => span.kind === "strong");
  return strong || SECTION.window.test(normalize(only.text)) ? only : null;
}

function isRepeatedHeader(row: Row, header: Row): boolean {
  return (
    row.cells.length > 1 &&
    row.cells.every((cell, index) => cell.text === header.cells[index]?.text || /^[\s:|-]*$/.test(cell.text))
  );
}

function toCandidate(row: Row, columns: Columns, title: number, context: Context): Candidate {
  const fields: { -readonly [role in ColumnRole]?: Rich } = {};
  const others: Rich[] = [];
  for (const [index, cell] of row.cells.entries()) {
    const role = columns[index] ?? null;
    if (index === title || cell.text.trim() === "") continue;
    if (role === null || role === "note" || role === "detail") others.push(cell);
    else fields[role] = cell;
  }
  const named: Fields = fields;
  const text = row.cells[title] ?? { text: "", spans: [], line: row.line };
  const own = named.group === undefined ? context : { ...context, group: named.group.text };
  return {
    line: row.line,
    endLine: row.line,
    kind: "table",
    text,
    fields: named,
    others,
    more: [],
    checked: null,
    endsWithName: false,
    context: own,
  };
}

function cellsMissing(row: Row, header: Row): Problem {
  return {
    line: row.line,
    endLine: row.line,
    rule: "table-cells",
    level: "warning",
    message: `This row has ${row.cells.length} cells where the table has ${header.cells.length} columns.`,
    fix: "Add the missing cells; leave them empty where there is nothing to say.",
  };
}
