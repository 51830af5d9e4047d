/**
 * The report as one HTML page to be shown in a review: no network, nothing but its own style and a script that sorts tables, which it names by
 * their hashes, so that nothing else could run: https://www.w3.org/TR/CSP3/#external-hash
 */
import { createHash } from "node:crypto";
import { Html, html, NOTHING } from "../../html.js";
import { oneLine, shorten } from "../../text.js";
import type { Counted } from "../../tracking/figures/counted.js";
import type { Figures } from "../../tracking/figures/figures.js";
import type { Facet, Group } from "../../tracking/figures/groups.js";
import type { Report } from "../../tracking/figures/report.js";
import type { Share } from "../../tracking/figures/share.js";
import { overdueDays } from "../../tracking/summary.js";
import type { Links } from "../links.js";
import { count, day } from "../words.js";
import { barChart, columnChart, lineChart, type Series } from "./charts.js";
import {
  AGE_WORDS,
  FACET_WORDS,
  GROUP_MEASURES,
  groupName,
  isShare,
  MEASURES,
  percentOf,
  type Value,
  valueWords,
} from "./measures.js";
import { SCRIPT, STYLE } from "./style.js";
import { reportTitle } from "./text.js";

/** Of one table; what is left out is counted. */
const MOST_ROWS = 200;
/** Of one chart. */
const MOST_BARS = 10;

const OPEN: Series = { colour: "open", name: "Open" };
const OVERDUE: Series = { colour: "overdue", name: "Overdue" };
const DONE: Series = { colour: "done", name: "Done" };
const GIVEN_UP: Series = { colour: "given-up", name: "Given up" };

const hashOf = (text: string): string => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

/** The page, whole. `linksOf`: of a repository, by name. */
export function reportPage(report: Report, linksOf: (repository: string) => Links | null): string {
  const title = reportTitle(report);
  const policy = `default-src 'none'; style-src ${hashOf(STYLE)}; script-src ${hashOf(SCRIPT)}; base-uri 'none'; form-action 'none'`;
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${new Html(policy)}">
<meta name="referrer" content="no-referrer">
<title>${oneLine(title)}</title>
<style>${new Html(STYLE)}</style>
</head>
<body>
<header>
<h1>${oneLine(`Action items of ${report.of}`)}</h1>
<p class="quiet">${periodWords(report)} · ${repositoryWords(report.repositories)}</p>
</header>
<main>
${report.total.items === 0 ? html`<p>No action item was open in this period.</p>` : told(report, linksOf)}
</main>
<script>${new Html(SCRIPT)}</script>
</body>
</html>
`.text;
}

function told(report: Report, linksOf: (repository: string) => Links | null): Html {
  const sections = [
    ...(report.overdue.length > 0 ? [{ id: "overdue", name: "Overdue" }] : []),
    ...report.by.map(({ facet }) => ({ id: `by-${facet}`, name: FACET_WORDS[facet].title })),
    { id: "all", name: "All figures" },
  ];
  return html`<nav aria-label="Sections"><ul>${sections.map(({ id, name }) => html`<li><a href="#${id}">${name}</a></li>`)}</ul></nav>
${tiles(report.total)}
<div class="charts">
${charts(report)}
</div>
${overdueSection(report.overdue, linksOf)}
${report.by.map(({ facet, groups }) => groupSection(facet, groups))}
${moversSection(report.total)}
${allFigures(report.total)}`;
}

const periodWords = ({ since, until }: Report): string =>
  since === null ? `Until ${day(until)}` : `${day(since)} to ${day(until)}`;

/** Whoever passes the page on should know whose words stand in it. */
function repositoryWords(repositories: Report["repositories"]): string {
  const [first, ...more] = repositories;
  const named = first && more.length === 0 ? first.name : count(repositories.length, "repository", "repositories");
  const closed = repositories.filter(({ visibility }) => visibility !== "public").length;
  if (closed === 0) return named;
  return more.length === 0 ? `${named}, which is not public` : `${named}, ${closed} of them not public`;
}

function tiles(total: Figures): Html {
  const { open, overdue, completed, byFirstDate, daysToClose, slips } = total;
  const rate = (share: Share) => (share.of === 0 ? "–" : `${percentOf(share)}%`);
  const tile = (value: string, name: string, more: string, isAlarm = false) =>
    html`<li class="tile${isAlarm ? " alarm" : ""}"><b>${value}</b><span>${name}</span><small>${more}</small></li>`;
  return html`<ul class="tiles">
${tile(String(open), "open", `of ${count(total.items, "item")}`)}
${tile(String(overdue), "overdue", overdue === 0 ? "nothing is late" : `${rate({ count: overdue, of: open })} of what is open`, overdue > 0)}
${tile(rate(completed), "done", `${completed.count} of ${completed.of}`)}
${tile(rate(byFirstDate), "done by their first date", byFirstDate.of === 0 ? "none had a date" : `${byFirstDate.count} of ${byFirstDate.of}`)}
${tile(rate(slips.items), "put off", count(slips.moves, "move"))}
${tile(daysToClose === null ? "–" : String(daysToClose.median), "days to done", daysToClose === null ? "none was done" : `nine in ten within ${daysToClose.p90}`)}
</ul>`;
}

function charts({ total, months, by }: Report): Html {
  const byMonth = (values: (month: Report["months"][number]) => readonly number[]) =>
    months.map((month) => ({ name: month.month, values: values(month) }));
  const byGroup = (facet: Facet): Html => {
    const groups = by.find((one) => one.facet === facet)?.groups ?? [];
    // One bar of those without any tells nothing: the section of its table says so.
    if (groups.every(({ name }) => name === null)) return NOTHING;
    const { title } = FACET_WORDS[facet];
    return barChart({
      id: `chart-${facet}`,
      title: `What became of them, by ${title.toLowerCase()}`,
      series: [{ ...OPEN, name: "Open, not overdue" }, OVERDUE, DONE, GIVEN_UP],
      rows: groups.slice(0, MOST_BARS).map(({ name, figures }) => ({
        name: groupName(facet, name),
        values: [figures.open - figures.overdue, figures.overdue, figures.completed.count, figures.givenUp],
      })),
      rowsAre: title,
    });
  };
  return html`${barChart({
    id: "chart-age",
    title: "Open items by age",
    series: [OPEN],
    rows: AGE_WORDS.map((name, index) => ({ name, values: [total.openByAge[index] ?? 0] })),
    rowsAre: "Age",
  })}
${byGroup("severity")}
${columnChart({
  id: "chart-flow",
  title: "Opened and closed, by month",
  series: [{ ...OPEN, name: "Opened" }, DONE, GIVEN_UP],
  rows: byMonth(({ opened, done, givenUp }) => [opened, done, givenUp]),
  rowsAre: "Month",
})}
${lineChart({
  id: "chart-level",
  title: "Open and overdue at the end of each month",
  series: [OPEN, OVERDUE],
  rows: byMonth(({ open, overdue }) => [open, overdue]),
  rowsAre: "Month",
})}
${byGroup("owner")}
${byGroup("service")}`;
}

interface Cell {
  readonly shown: string | Html;
  /** What it is sorted by; empty comes last. */
  readonly value: string | number;
}

interface Column {
  readonly head: string;
  readonly isNumber?: boolean;
}

/** The first cell of a row names it. */
function sortable(caption: string, columns: readonly Column[], rows: readonly (readonly Cell[])[]): Html {
  const classOf = (at: number) => (columns[at]?.isNumber ? html` class="number"` : NOTHING);
  const cell = ({ shown, value }: Cell, at: number) =>
    at === 0
      ? html`<th scope="row" data-value="${value}">${shown}</th>`
      : html`<td${classOf(at)} data-value="${value}">${shown}</td>`;
  return html`<div class="scroll" tabindex="0" role="group" aria-label="${caption}"><table class="sortable">
<thead><tr>${columns.map(({ head }, at) => html`<th scope="col"${classOf(at)}>${head}</th>`)}</tr></thead>
<tbody>
${rows.slice(0, MOST_ROWS).map(
  (row) => html`<tr>${row.map(cell)}</tr>
`,
)}</tbody>
</table></div>
${rows.length > MOST_ROWS ? html`<p class="quiet">… and ${rows.length - MOST_ROWS} more</p>` : NOTHING}`;
}

/** A number to sort by: of a share, its part of the whole. */
function sortedBy(value: Value): string | number {
  if (value === null) return "";
  if (!isShare(value)) return value;
  return value.of === 0 ? "" : value.count / value.of;
}

function groupSection(facet: Facet, groups: readonly Group[]): Html {
  const { title } = FACET_WORDS[facet];
  const head = html`<h2 id="by-${facet}">By ${title.toLowerCase()}</h2>`;
  if (groups.every(({ name }) => name === null))
    return html`${head}
<p class="quiet">No item has one.</p>`;
  const rows = groups.map(({ name, figures }) => [
    { shown: oneLine(groupName(facet, name)), value: oneLine(name ?? "") },
    ...GROUP_MEASURES.map(({ of }) => ({ shown: valueWords(of(figures)), value: sortedBy(of(figures)) })),
  ]);
  const columns = [{ head: title }, ...GROUP_MEASURES.map(({ head }) => ({ head, isNumber: true }))];
  return html`${head}
${sortable(`Figures by ${title.toLowerCase()}`, columns, rows)}`;
}

const OVERDUE_COLUMNS: readonly Column[] = [
  { head: "Action item" },
  { head: "Days overdue", isNumber: true },
  { head: "Owner" },
  { head: "Severity" },
  { head: "Priority" },
  { head: "Moves", isNumber: true },
  { head: "Postmortem" },
  { head: "Repository" },
];

function overdueSection(overdue: readonly Counted[], linksOf: (repository: string) => Links | null): Html {
  if (overdue.length === 0) return NOTHING;
  const text = (shown: string | null): Cell => ({ shown: oneLine(shown ?? ""), value: oneLine(shown ?? "") });
  const rows = overdue.map(({ item, document, repository, day: on }): readonly Cell[] => {
    const links = linksOf(repository);
    const title = oneLine(item.issue?.title ?? item.base.title);
    const told = oneLine(document.title ?? document.path);
    const moves = item.slips.length + item.slipsLeftOut;
    return [
      { shown: link(shorten(title, 160), item.issue && links ? links.issue(item.issue.number) : null), value: title },
      { shown: String(overdueDays(item, on)), value: overdueDays(item, on) },
      text((item.issue?.assignees ?? []).join(", ") || "nobody assigned"),
      text(document.incident.severity),
      text(item.base.priority),
      { shown: String(moves), value: moves },
      { shown: link(shorten(told, 120), links ? links.document(document) : null), value: told },
      text(repository),
    ];
  });
  return html`<h2 id="overdue">Overdue: ${overdue.length}</h2>
<p class="quiet">The worst first: by severity, then priority, then days.</p>
${sortable("Overdue action items", OVERDUE_COLUMNS, rows)}`;
}

const link = (text: string, address: string | null): Html =>
  address === null ? html`${text}` : html`<a href="${address}">${text}</a>`;

function moversSection({ slips }: Figures): Html {
  if (slips.by.length === 0) return NOTHING;
  const rows = slips.by.map(({ by, moves, days }) => [
    { shown: by ?? "The postmortem was edited", value: by ?? "" },
    { shown: String(moves), value: moves },
    { shown: String(days), value: days },
  ]);
  const columns = [{ head: "Who" }, { head: "Moves", isNumber: true }, { head: "Days in all", isNumber: true }];
  return html`<h2>Who put work off</h2>
${sortable("Who put work off", columns, rows)}`;
}

/** Every figure of all items, and what it counts. */
function allFigures(total: Figures): Html {
  const rows = MEASURES.map(
    ({ label, meaning, of }) => html`<dt>${label}: ${valueWords(of(total))}</dt><dd>${meaning}</dd>
`,
  );
  return html`<h2 id="all">All figures</h2>
<p class="quiet">An item is counted where its issue was open on any day of the period, as it stood at the end. What was ticked before its postmortem merged
is not counted. An item of several services, teams or assignees stands under each.</p>
<dl>
${rows}</dl>`;
}
