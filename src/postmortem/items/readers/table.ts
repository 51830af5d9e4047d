/**
 * Action items written as a table: any order and language of columns, several owners in a cell, category rows, status
 * hidden in another column. Legends and timelines are tables too, and yield nothing.
 */

import { anyOf, columnRole, DONE_WORD, normalize, SECTION } from "../../languages/index.js";
import type { ColumnRole } from "../../languages/types.js";
import type { Row, TableBlock } from "../../markdown/block.js";
import type { Rich } from "../../markdown/rich.js";
import { isPlan } from "../../structure/plan.js";
import { readSectionName } from "../../structure/section-name.js";
import { type Condition, decide, type PassageRule, type Rule } from "../../trace.js";
import type { Problem } from "../../types.js";
import type { Candidate, ColumnRules, Context, Fields } from "../candidate.js";
import { within } from "./context.js";
import { beginsWithVerb } from "./first-words.js";

type Columns = readonly (ColumnRole | null)[];

/** What a table of action items holds. */
export interface TableReading {
  readonly candidates: readonly Candidate[];
  readonly problems: readonly Problem[];
}

const NOTHING: TableReading = { candidates: [], problems: [] };

/** Rows with cells missing are told one by one up to here. */
const MAX_PROBLEMS = 20;

const ROW = {
  item: { name: "table-row", reason: "a row of a table of action items", verdict: "taken" },
  category: {
    name: "category-row",
    reason: "a row in which only the first cell is filled names those below",
    verdict: "used",
  },
  repeated: { name: "repeated-header", reason: "the names of the columns once more", verdict: "turned down" },
} as const satisfies Record<string, PassageRule>;

/**
 * The items of a table. `sure`: it stands in an action section; elsewhere only a table with a column for the work and one
 * for its owner, date, state or ticket counts.
 */
export function readTable(table: TableBlock, context: Context, sure: boolean): TableReading {
  const { trace } = context;
  const [header, ...rows] = table.rows;
  if (header === undefined || rows.length === 0) {
    trace.passage(table, NO_ROWS);
    return NOTHING;
  }
  const read = readColumns(header, rows, sure);
  if (read === null) {
    trace.passage(table, NO_TITLE);
    return NOTHING;
  }
  const { columns, title } = read;
  const rule = decide<Columned, PassageRule>(
    TABLE_ITEM_RULES,
    { columns, header, sure, widest: read.rule === WIDEST, ordering: mostOrder(rows, title) },
    OTHER_TABLE,
  );
  trace.passage(table, rule);
  if (rule.verdict !== "taken") return NOTHING;
  trace.passage({ line: header.line, endLine: header.line }, read.rule);
  const named = columnRules(columns, header);
  const candidates: Candidate[] = [];
  const problems: Problem[] = [];
  let current = context;
  for (const row of rows) {
    const category = categoryOf(row, columns);
    if (category !== null) {
      current = within(context, readSectionName(category.text), category, "label");
      trace.passage({ line: row.line, endLine: row.line }, ROW.category);
      continue;
    }
    if (isRepeatedHeader(row, header)) {
      trace.passage({ line: row.line, endLine: row.line }, ROW.repeated);
      continue;
    }
    candidates.push(toCandidate(row, columns, named, title, current));
    if (row.cells.length < header.cells.length && problems.length < MAX_PROBLEMS)
      problems.push(cellsMissing(row, header));
  }
  return { candidates, problems };
}

/** What a column says of an item. */
const COLUMN = "column";

function columnRules(columns: Columns, header: Row): ColumnRules {
  const rules: { [role in ColumnRole]?: Rule } = {};
  for (const [index, role] of columns.entries())
    if (role !== null) rules[role] = { name: COLUMN, reason: `the column “${header.cells[index]?.text ?? ""}”` };
  return rules;
}

/** A table, its columns known. */
interface Columned {
  readonly columns: Columns;
  readonly header: Row;
  /** It stands in an action section. */
  readonly sure: boolean;
  /** No column's name is known for work. */
  readonly widest: boolean;
  /** Most of what its rows say is an order. */
  readonly ordering: boolean;
}

const has = ({ columns }: Columned, ...roles: ColumnRole[]): boolean => roles.some((role) => columns.includes(role));

const NO_ROWS: PassageRule = { name: "table-without-rows", reason: "a table without rows", verdict: "turned down" };
const NO_TITLE: PassageRule = {
  name: "no-column-for-work",
  reason: "none of its columns holds the work",
  verdict: "turned down",
};

/** Whether a table holds action items. */
const TABLE_ITEM_RULES: readonly (PassageRule & Condition<Columned>)[] = [
  {
    name: "table-of-times",
    reason: "a table with times, and with neither owners, priorities nor tickets, tells what happened",
    verdict: "turned down",
    holds: (table) => has(table, "time") && !has(table, "owner", "priority", "ref"),
  },
  {
    // "Priority | Meaning" explains signs.
    name: "table-of-meanings",
    reason: "a table with meanings, and with neither owners, dates nor tickets, explains words",
    verdict: "turned down",
    holds: (table) => table.sure && has(table, "meaning") && !has(table, "owner", "due", "ref"),
  },
  {
    name: "table-of-answers",
    reason: "a table with a column that asks, and no owners, dates or tickets, explains",
    verdict: "turned down",
    holds: (table) =>
      table.widest &&
      !has(table, "owner", "due", "status", "priority", "ref") &&
      table.header.cells.some(({ text }) => /\S\s?[?？]\s*$/u.test(text)),
  },
  {
    name: "table-in-section",
    reason: "a table in a section of action items",
    verdict: "taken",
    holds: ({ sure }) => sure,
  },
  {
    name: "table-of-actions",
    reason: "its columns hold work and its owner, date, state or ticket, so it is one of actions wherever it stands",
    verdict: "taken",
    holds: (table) =>
      !has(table, "time") &&
      has(table, "owner", "due", "status", "ref") &&
      table.header.cells.some((cell) => {
        const name = normalize(cell.text);
        return NAMES_WORK.test(name) || SECTION.explicit.test(name);
      }),
  },
  {
    name: "table-of-who-and-when",
    reason: "most of its rows are orders, and say who does it and by when",
    verdict: "taken",
    holds: (table) => isPlan(table.columns) && !has(table, "time") && table.ordering,
  },
];

const OTHER_TABLE: PassageRule = {
  name: "other-table",
  reason: "outside action items only a table with columns for work and its owner, date, state or ticket counts",
  verdict: "turned down",
};

/** Columns that hold nothing but work, wherever their table stands. */
const NAMES_WORK = new RegExp(`^(?:${anyOf(({ items }) => items?.workColumns)})(?![\\p{L}\\p{N}])`, "u");

/** Where a table has its work. The first that is there. */
interface TitleRule extends PassageRule {
  /** The column, -1 for none. */
  column(roles: Columns, rows: readonly Row[], sure: boolean): number;
}

const columnOf = (role: ColumnRole) => ({ verdict: "used" as const, column: (roles: Columns) => roles.indexOf(role) });

const WIDEST: TitleRule = {
  name: "widest-column",
  reason: "the names of the columns; none is known for work, so it is where most is written",
  verdict: "used",
  column: (roles, rows, sure) => (sure || (isPlan(roles) && !roles.includes("time")) ? widest(roles, rows) : -1),
};

const TITLE_RULES: readonly TitleRule[] = [
  { name: "column-for-work", reason: "the names of the columns; one is the work", ...columnOf("title") },
  { name: "column-for-details", reason: "the names of the columns; the details are the work", ...columnOf("detail") },
  {
    name: "worded-tickets",
    reason: "the names of the columns; most tickets say more than which, so they are the work",
    verdict: "used",
    column: (roles, rows) => worded(roles.indexOf("ref"), rows),
  },
  { name: "column-for-notes", reason: "the names of the columns; the notes are the work", ...columnOf("note") },
  {
    name: "column-for-groups",
    reason: "the names of the columns; what else would group is the work",
    ...columnOf("group"),
  },
  WIDEST,
];

/** All rules for tables and their rows. */
export const TABLE_RULES: readonly Rule[] = [
  { name: COLUMN, reason: "the table has a column for it" },
  ...Object.values(ROW),
  NO_ROWS,
  NO_TITLE,
  ...TABLE_ITEM_RULES,
  OTHER_TABLE,
  ...TITLE_RULES,
];

/** The role of every column, exactly one of which is the title, and what told which; null where none holds the work. */
function readColumns(
  header: Row,
  rows: readonly Row[],
  sure: boolean,
): { readonly columns: Columns; readonly title: number; readonly rule: PassageRule } | null {
  const roles: (ColumnRole | null)[] = header.cells.map(({ text }) => {
    const name = normalize(text);
    return columnRole(name) ?? (DONE_WORD.test(name) ? "finished" : null);
  });
  for (const rule of TITLE_RULES) {
    const title = rule.column(roles, rows, sure);
    if (title >= 0) return { columns: columnsAround(title, roles, header), title, rule };
  }
  return null;
}

function columnsAround(title: number, roles: Columns, header: Row): Columns {
  return roles.map((role, index) => {
    if (index === title) return "title";
    if (role === "title") return "detail";
    if (role === "due" && roles.indexOf("due") < index && FINISHED.test(normalize(header.cells[index]?.text ?? "")))
      return "finished";
    // Of two columns for the same fact the first stands.
    return role !== null && role !== "detail" && role !== "note" && roles.indexOf(role) < index ? null : role;
  });
}

/** A ticket alone has no more words. */
const MAX_TICKET_WORDS = 3;

/** A column of tickets holds the work too where most say more than which: "#12 — Alert on lag". */
function worded(column: number, rows: readonly Row[]): number {
  const told = rows.filter(({ cells }) => countWords(cells[column]?.text ?? "") > MAX_TICKET_WORDS);
  return column >= 0 && told.length * 2 > rows.length ? column : -1;
}

const mostOrder = (rows: readonly Row[], column: number): boolean =>
  rows.filter(({ cells }) => beginsWithVerb(cells[column]?.text ?? "")).length * 2 > rows.length;

const countWords = (text: string): number => normalize(text).split(" ").length;

/** Beside a column for the due date, one of these tells when the work was done. */
const FINISHED = new RegExp(`^(?:${anyOf(({ items }) => items?.finishedColumns)})`);

/** As many rows tell where most is written. */
const MAX_WEIGHED = 20;

/** Failing a name, the work is in the column with the most words. */
function widest(roles: Columns, rows: readonly Row[]): number {
  let best = -1;
  let most = 0;
  for (const [index, role] of roles.entries()) {
    if (role !== null) continue;
    const words = rows.slice(0, MAX_WEIGHED).reduce((sum, row) => sum + (row.cells[index]?.text.length ?? 0), 0);
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

function toCandidate(row: Row, columns: Columns, rules: ColumnRules, title: number, context: Context): Candidate {
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
  const { group } = named;
  const own = group === undefined ? context : { ...context, group: group.text, said: { ...context.said, group } };
  return {
    line: row.line,
    endLine: row.line,
    kind: "table",
    rule: ROW.item,
    text,
    fields: named,
    columns: rules,
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
