/**
 * `follow-through report`: the figures of a period, for a review, a spreadsheet, a dashboard or the terminal.
 *
 *   $ follow-through report --org acme --since 2024-07-01 --until 2024-09-30 --format html > review.html
 */
import { dateIn, type PlainDate } from "../calendar.js";
import { CannotStart } from "../errors.js";
import { type Links, linksOf } from "../render/links.js";
import { reportJson } from "../render/report/contract.js";
import { itemsCsv, reportCsv } from "../render/report/csv.js";
import { type ItemLine, itemLine } from "../render/report/items.js";
import { reportPage } from "../render/report/page.js";
import { itemsText, reportMarkdown, reportText } from "../render/report/text.js";
import type { Store } from "../store/types.js";
import type { Terminal } from "../terminal.js";
import { type Counted, inPeriod, type Period } from "../tracking/figures/counted.js";
import { FACETS, type Facet } from "../tracking/figures/groups.js";
import { type Report, reportOf } from "../tracking/figures/report.js";
import type { Repository } from "../tracking/types.js";
import { type CountedRepository, countedIn, nameOf } from "../workflows/parts/counted.js";
import type { Format } from "./formats.js";

export interface ReportOptions {
  readonly since?: PlainDate;
  readonly until?: PlainDate;
  /** By what the figures are told; left out: by severity where people read text, else by everything. */
  readonly by?: readonly Facet[];
  readonly format: Format;
  /** Each item instead of figures. */
  readonly items?: boolean;
}

export interface Surroundings {
  readonly store: Store;
  /** The site's root for links. */
  readonly web: string;
  readonly now: Date;
}

/** What the report is of, in words, and the repositories it looks at. */
export interface Scope {
  readonly of: string;
  readonly among: readonly Repository[];
}

/** Prints the report; returns the exit code, 1 where something is missing from it. */
export async function report(
  terminal: Terminal,
  { store, web, now }: Surroundings,
  { of, among }: Scope,
  options: ReportOptions,
): Promise<number> {
  const { since = null, format } = options;
  const { counted, today, unread } = await gathered(store, among, now);
  for (const name of unread)
    terminal.error(`${name}: not read from GitHub yet, so it is missing here. Run \`follow-through rebuild\`.`);
  const code = unread.length === 0 ? 0 : 1;
  const period = { since, until: options.until !== undefined && options.until < today ? options.until : today };
  if (since !== null && since > period.until)
    throw new CannotStart(
      `The period would end on ${period.until}, before it begins.`,
      "Give an earlier day with --since.",
    );
  const links = new Map(among.map((repository) => [nameOf(repository), linksOf(web, repository)]));
  const linksIn: LinksOf = (repository) => links.get(repository) ?? null;
  if (options.items) {
    const lines = inQuestion(counted, period, options).flatMap((one) => {
      const where = linksIn(one.repository);
      return where ? [itemLine(one, where)] : [];
    });
    if (format === "json") for (const item of lines) terminal.printJson(item);
    else for (const line of itemLines(lines, format)) terminal.print(line);
    return code;
  }
  const repositories = among.map((one) => ({ name: nameOf(one), visibility: one.visibility ?? "private" }));
  const facets = options.by ?? (format === "table" || format === "markdown" ? ["severity"] : FACETS);
  const made = reportOf(counted, { ...period, of, repositories, facets });
  if (format === "json") terminal.printJson(reportJson(made));
  else if (format === "markdown") for (const line of reportMarkdown(made, linksIn)) terminal.printMarkdown(line);
  else for (const line of reportLines(made, linksIn, format)) terminal.print(line);
  return code;
}

/** All items of these repositories, the latest day that has come in any of them, and those that nothing is known of yet. */
async function gathered(
  store: Store,
  among: readonly Repository[],
  now: Date,
): Promise<{ counted: readonly Counted[]; today: PlainDate; unread: readonly string[] }> {
  const found: CountedRepository[] = [];
  for (const repository of among) found.push(await countedIn(store, repository, now));
  const days = found.map(({ today }) => today).sort();
  return {
    counted: found.flatMap(({ counted }) => counted),
    today: days.at(-1) ?? dateIn("UTC", now),
    unread: among.filter(({ rebuiltAt }) => rebuiltAt === null).map(nameOf),
  };
}

/** Those of the period where one was named, else all there are. */
const inQuestion = (
  counted: readonly Counted[],
  period: Period,
  { since, until }: ReportOptions,
): readonly Counted[] => (since === undefined && until === undefined ? counted : inPeriod(counted, period));

type Text = Exclude<Format, "json">;
type LinksOf = (repository: string) => Links | null;

function reportLines(report: Report, linksIn: LinksOf, format: Exclude<Text, "markdown">): readonly string[] {
  switch (format) {
    case "table":
      return reportText(report);
    case "csv":
      return reportCsv(report);
    case "html":
      return reportPage(report, linksIn).trimEnd().split("\n");
  }
}

function itemLines(items: readonly ItemLine[], format: Text): readonly string[] {
  switch (format) {
    case "table":
      return itemsText(items);
    case "csv":
      return itemsCsv(items);
    case "html":
    case "markdown":
      throw new CannotStart(`Items are not listed as ${format}.`, "Use --format table, json or csv.");
  }
}
