/**
 * Reports as CSV (https://www.rfc-editor.org/rfc/rfc4180), which spreadsheets open: no cell that people wrote may begin a formula there.
 * https://owasp.org/www-community/attacks/CSV_Injection
 */
import { oneLine } from "../../text.js";
import type { Figures } from "../../tracking/figures/figures.js";
import type { Report } from "../../tracking/figures/report.js";
import type { ItemLine } from "./items.js";
import { isShare, MEASURES } from "./measures.js";

type Cell = string | number | null;

/** A line of CSV, without its end. Numbers stand as they are, so that a spreadsheet can calculate with them. */
const line = (cells: readonly Cell[]): string => cells.map(cellText).join(",");

function cellText(cell: Cell): string {
  if (cell === null) return "";
  if (typeof cell === "number") return String(cell);
  const text = oneLine(cell);
  // Full-width signs begin formulas too, as some programs read them.
  const safe = /^\s*[=+\-@|%＝＋－＠]/.test(text) ? `'${text}` : text;
  return /[",;']/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** A line for all items, and one a group; of a share the count stands in its column, and of how many in the next. */
export function reportCsv(report: Report): string[] {
  const { total, by } = report;
  const heads = MEASURES.flatMap(({ key, kind }) => (kind === "share" ? [key, `${key}Of`] : [key]));
  return [
    line(["by", "group", ...heads]),
    line(["all", null, ...cellsOf(total)]),
    ...by.flatMap(({ facet, groups }) => groups.map(({ name, figures }) => line([facet, name, ...cellsOf(figures)]))),
  ];
}

const cellsOf = (figures: Figures): Cell[] =>
  MEASURES.flatMap(({ of }) => {
    const value = of(figures);
    return isShare(value) ? [value.count, value.of] : [value];
  });

const ITEM_COLUMNS: readonly (readonly [string, (item: ItemLine) => Cell])[] = [
  ["repository", ({ repository }) => repository],
  ["issue", ({ issue }) => issue],
  ["title", ({ title }) => title],
  ["state", ({ state }) => state],
  ["overdueDays", ({ overdueDays }) => overdueDays],
  ["due", ({ due }) => due],
  ["dueBy", ({ dueBy }) => dueBy],
  ["firstDue", ({ firstDue }) => firstDue],
  ["moves", ({ moves, movesLeftOut }) => moves.length + movesLeftOut],
  ["assignees", ({ assignees }) => assignees.join(" ")],
  ["owners", ({ owners }) => owners.join("; ")],
  ["teams", ({ teams }) => teams.join(" ")],
  ["priority", ({ priority }) => priority],
  ["type", ({ type }) => type],
  ["openedOn", ({ openedOn }) => openedOn],
  ["closedOn", ({ closedOn }) => closedOn],
  ["ageDays", ({ ageDays }) => ageDays],
  ["snoozedUntil", ({ snoozedUntil }) => snoozedUntil],
  ["waiver", ({ waiver }) => waiver?.why ?? null],
  ["nudges", ({ nudges }) => nudges.length],
  ["incident", ({ postmortem }) => postmortem.incident.id],
  ["severity", ({ postmortem }) => postmortem.incident.severity],
  ["services", ({ postmortem }) => postmortem.incident.services.join("; ")],
  ["incidentDate", ({ postmortem }) => postmortem.incident.date],
  ["postmortem", ({ postmortem }) => postmortem.title],
  ["path", ({ postmortem }) => postmortem.path],
  ["url", ({ url }) => url],
];

/** A line an item, below the names of the columns. */
export const itemsCsv = (items: readonly ItemLine[]): string[] => [
  line(ITEM_COLUMNS.map(([name]) => name)),
  ...items.map((item) => line(ITEM_COLUMNS.map(([, of]) => of(item)))),
];
