/** Reports as plain text for a terminal, and as Markdown to be pasted where a review is held. */
import { oneLine, shorten } from "../../text.js";
import type { Group } from "../../tracking/figures/groups.js";
import type { Report } from "../../tracking/figures/report.js";
import { overdueDays } from "../../tracking/summary.js";
import { inertShort } from "../inert.js";
import type { Links } from "../links.js";
import { count, day } from "../words.js";
import type { ItemLine } from "./items.js";
import { FACET_WORDS, GROUP_MEASURES, groupName, MEASURES, type Value, valueShort, valueWords } from "./measures.js";

/** Of each group of a facet, so many are shown; the other formats show all. */
const MOST_GROUPS = 20;
const MOST_OVERDUE = 20;
const NAME_LENGTH = 30;
const TITLE_LENGTH = 70;

/** `Action items of acme, 1 Jan 2024 to 31 Mar 2024`; without a beginning, `until …`. */
export function reportTitle({ of, since, until }: Pick<Report, "of" | "since" | "until">): string {
  return `Action items of ${of}${since === null ? " until" : `, ${day(since)} to`} ${day(until)}`;
}

/** The report in lines for a terminal. */
export function reportText(report: Report): string[] {
  const width = Math.max(...MEASURES.map(({ label }) => label.length));
  return [
    reportTitle(report),
    "",
    ...MEASURES.map(({ label, of }) => `${label.padEnd(width)}  ${valueWords(of(report.total))}`),
    ...report.by.flatMap(({ facet, groups }) => {
      const rows = rowsOf(groups, (name) => shorten(oneLine(groupName(facet, name)), NAME_LENGTH), valueShort);
      return [
        "",
        ...columns([[FACET_WORDS[facet].title, ...heads()], ...rows]),
        ...moreLines(groups.length, MOST_GROUPS),
      ];
    }),
  ];
}

/** The report in Markdown; what people wrote is inert. */
export function reportMarkdown(report: Report, linksOf: (repository: string) => Links | null): string[] {
  const { total, by, overdue } = report;
  return [
    `## ${reportTitle({ ...report, of: inertShort(report.of, 100) })}`,
    "",
    ...table([["Figure", ""], ...MEASURES.map(({ label, of }) => [label, valueWords(of(total))])]),
    ...by.flatMap(({ facet, groups }) => [
      "",
      `### By ${FACET_WORDS[facet].title.toLowerCase()}`,
      "",
      ...table([
        [FACET_WORDS[facet].title, ...heads()],
        ...rowsOf(groups, (name) => inertShort(groupName(facet, name), NAME_LENGTH * 2), valueWords),
      ]),
      ...moreLines(groups.length, MOST_GROUPS),
    ]),
    ...(overdue.length > 0 ? ["", `### Overdue: ${overdue.length}`, ""] : []),
    ...overdue.slice(0, MOST_OVERDUE).map(({ item, document, repository, day: on }) => {
      const title = inertShort(item.issue?.title ?? item.base.title, TITLE_LENGTH);
      const issue = item.issue && linksOf(repository)?.issue(item.issue.number);
      const who = (item.issue?.assignees ?? []).map((login) => `\`@${login}\``).join(", ") || "nobody assigned";
      const incident = inertShort(document.title ?? document.path, TITLE_LENGTH);
      return `- ${issue ? `[${title}](${issue})` : title}: ${count(overdueDays(item, on), "day")} overdue · ${who} · ${incident}`;
    }),
    ...moreLines(overdue.length, MOST_OVERDUE),
  ];
}

/** Items in lines for a terminal, two each. */
export const itemsText = (items: readonly ItemLine[]): string[] =>
  items.flatMap(({ repository, issue, title, state, currentOwners, due, overdueDays, postmortem }) => {
    const who = currentOwners.join(", ");
    const late = overdueDays > 0 ? `${count(overdueDays, "day")} overdue` : "";
    const facts = [state, late, who && `owner ${who}`, due && `due ${due}`, postmortem.path].filter(Boolean);
    return [`${repository}${issue === null ? "" : `#${issue}`} ${oneLine(title)}`, `  ${facts.join(" · ")}`];
  });

const heads = (): string[] => GROUP_MEASURES.map(({ head }) => head);

const rowsOf = (
  groups: readonly Group[],
  nameOf: (name: string | null) => string,
  words: (value: Value) => string,
): string[][] =>
  groups
    .slice(0, MOST_GROUPS)
    .map(({ name, figures }) => [nameOf(name), ...GROUP_MEASURES.map(({ of }) => words(of(figures)))]);

const moreLines = (all: number, shown: number): string[] => (all > shown ? ["", `… and ${all - shown} more`] : []);

/** Rows with their columns beneath each other, the first to the left and the others to the right. */
function columns(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, at) => Math.max(...rows.map((row) => row[at]?.length ?? 0)));
  return rows.map((row) =>
    row.map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0))).join("  "),
  );
}

/** A table in Markdown, its first row the head. */
function table([head = [], ...rows]: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map((_, at) => (at === 0 ? "---" : "--:"))), ...rows.map(line)];
}
