/**
 * `follow-through check`: what merging files would do, and what their authors should fix first, in the words of the pull request's check run.
 * Nothing is asked of GitHub: every item is new, and every login could be assigned.
 *
 *   docs/postmortems/2024-09-12.md: 2 issues would be opened, 1 item done; 1 ready, 1 without an owner
 *     158  Implement timeouts → @lisa, due Wed 25 Sep 2024 (the postmortem says “Sept 25”)
 *     161  Improve monitoring → no owner, due 30 days after the merge (by policy)
 *          warning: names no owner. Name an owner: add `@login` or a name to this item. (no-owner)
 *     170  the section “Remediation” was not read: another section says outright that it holds the tasks, and this one speaks of measures
 *
 * An item takes a line, or two where the terminal is too narrow for that.
 */
import type { PlainDate } from "../calendar.js";
import { cutTo, widthOf, wrap } from "../columns.js";
import { quote } from "../postmortem/problems/quote.js";
import type { Level, Problem } from "../postmortem/types.js";
import { GRAVITY } from "../render/annotations.js";
import { forecastHeadline, PLAIN, problemWords, whoAndWhen } from "../render/forecast.js";
import { HELD_IF_EDITED, HELD_WORDS, leftAloneWords, NO_ITEMS, readinessWords } from "../render/verdict.js";
import type { Terminal } from "../terminal.js";
import { type FreshItem, isEmpty } from "../tracking/forecast.js";
import { toCheckJson } from "./check-json.js";
import { type ReadFile, type ReadingOptions, readDocuments } from "./documents.js";
import { type Judged, judge } from "./judge.js";
import type { NotRead } from "./not-read.js";
import { policyLine } from "./policy-file.js";

interface CheckOptions extends Omit<ReadingOptions, "explain"> {
  readonly today: PlainDate;
  /** One JSON object a line, a file each. */
  readonly json?: boolean | undefined;
  /** Also what is a warning, or held back, is a problem. */
  readonly strict?: boolean | undefined;
}

/** Checks files, as if one pull request brought them. Returns the exit code: that of {@link readDocuments}, and 1 where there is a problem. */
export async function check(terminal: Terminal, names: readonly string[], options: CheckOptions): Promise<number> {
  const files: Omit<ReadFile, "bytes">[] = [];
  const code = await readDocuments(terminal, names, { ...options, explain: true }, ({ bytes: _, ...file }) => {
    files.push(file);
  });
  const judged = judge(files, options.today);
  tellPolicies(judged, options.json ? terminal.error : terminal.print);
  for (const one of judged) {
    if (options.json) terminal.printJson(toCheckJson(one));
    else if (one.notText !== null) terminal.error(`${one.path} ${one.notText}`);
    else for (const line of inWords(one, terminal.width)) terminal.print(line);
  }
  return code === 0 && judged.some((one) => isProblem(one, options.strict === true)) ? 1 : code;
}

/** Each policy's mistakes are told once. */
function tellPolicies(judged: readonly Judged[], tell: (line: string) => void): void {
  const told = new Set<string>();
  for (const { policy } of judged) {
    const { path, problems } = policy;
    if (path === null || told.has(path)) continue;
    told.add(path);
    for (const problem of problems) tell(policyLine(path, problem));
  }
}

/** Whether a file ends the command with exit code 1. */
function isProblem({ forecast, policy, held, leftAlone }: Judged, strict: boolean): boolean {
  const grave: readonly Level[] = strict ? ["error", "warning"] : ["error"];
  return (
    forecast.problems.some(({ level }) => grave.includes(level)) ||
    policy.problems.some(({ harmless }) => strict || !harmless) ||
    (strict && (held || leftAlone?.kind === "not-included"))
  );
}

/** So many of what was not read are told; `extract --explain` tells all. */
const MOST_NOT_READ = 10;

/** What is said of a file, wrapped to `width` columns; null: each line as long as it is. */
function inWords(judged: Judged, width: number | null): string[] {
  const { path, leftAlone, forecast, held, heldIfEdited } = judged;
  const wrapped = (line: string) => (width === null ? [line] : wrap(line, width));
  const outcome = isEmpty(forecast) ? NO_ITEMS : outcomeWords(judged);
  if (leftAlone === null) {
    return [
      ...wrapped(`${path}: ${outcome}`),
      ...(held ? wrapped(`  ${HELD_WORDS.many}`) : []),
      ...(heldIfEdited ? wrapped(`  ${HELD_IF_EDITED}`) : []),
      ...detailLines(judged, width),
      "",
    ];
  }
  const head = wrapped(`${path} ${leftAloneWords(leftAlone)}`);
  switch (leftAlone.kind) {
    case "opted-out":
    case "switched-off":
    case "template":
      return [...head, ""];
    case "not-included":
    case "excluded":
      return [...head, ...wrapped(`  If it were followed through: ${outcome}`), ...detailLines(judged, width), ""];
  }
}

function outcomeWords({ forecast, held }: Judged): string {
  const { fresh } = forecast;
  const headline = forecastHeadline(forecast, held);
  return fresh.length > 0 ? `${headline}; ${readinessWords(fresh)}` : headline;
}

/** Items with their problems under them, other problems, and what was not read. */
function detailLines({ forecast, notRead }: Judged, width: number | null): string[] {
  const { fresh, problems } = forecast;
  const under = new Map<FreshItem, Problem[]>(fresh.map((one) => [one, []]));
  const others: Problem[] = [];
  const problemsOf = (line: number): Problem[] => {
    const item = itemAt(line, fresh);
    return (item && under.get(item)) ?? others;
  };
  for (const problem of problems) problemsOf(problem.line).push(problem);
  for (const found of under.values()) found.sort((a, b) => GRAVITY[a.level] - GRAVITY[b.level]);
  return [
    ...fresh.flatMap((one) => [
      ...itemLines(one, width),
      ...(under.get(one) ?? []).flatMap((problem) => beside("", problemLine(problem, one.item.base.title), width)),
    ]),
    ...others.flatMap((problem) => beside(problem.line, problemLine(problem, null), width)),
    ...notReadLines(notRead, width),
  ];
}

/** The item that a line belongs to: of items within items, the innermost. */
const itemAt = (line: number, fresh: readonly FreshItem[]): FreshItem | undefined =>
  fresh.findLast(({ item: { place } }) => place.line <= line && line <= place.endLine);

function itemLines(fresh: FreshItem, width: number | null): string[] {
  const { base, place } = fresh.item;
  const { owners, date } = whoAndWhen(fresh);
  const title = `${at(place.line)}${base.title}`;
  const line = `${title} → ${owners}, ${date}`;
  if (width === null || widthOf(line) <= width) return [line];
  // A long list of owners gives way to the date.
  const room = Math.max(MIN_OWNERS, width - MARGIN - widthOf(`, ${date}`));
  return [cutTo(title, width), cutTo(`${at("")}${cutTo(owners, room)}, ${date}`, width)];
}

/** A problem in words; under its item the item need not be named again. */
function problemLine({ level, message, fix, rule }: Problem, under: string | null): string {
  const name = under === null ? "" : `${quote(under)} `;
  const short = name !== "" && message.startsWith(name) ? message.slice(name.length) : message;
  return `${level}: ${problemWords({ message: short, fix })} (${rule})`;
}

function notReadLines(all: readonly NotRead[], width: number | null): string[] {
  const told = all.slice(0, MOST_NOT_READ);
  const more = all.length - told.length;
  return [
    ...told.flatMap((one) => beside(one.line, notReadWords(one), width)),
    ...(more > 0 ? beside("", `… and ${more} more; \`follow-through extract --explain\` tells all`, width) : []),
  ];
}

function notReadWords({ what, text, reason }: NotRead): string {
  const name = `“${PLAIN.text(text, 60)}”`;
  const place = what === "entry" ? name : text === "" ? "what stands before any heading" : `the section ${name}`;
  return `${place} was not read: ${reason}`;
}

/** Text beside a line's number, or where that would stand, wrapped. */
function beside(line: number | "", text: string, width: number | null): string[] {
  const parts = width === null ? [text] : wrap(text, Math.max(MIN_OWNERS, width - MARGIN));
  return parts.map((part, index) => `${at(index === 0 ? line : "")}${part}`);
}

const at = (line: number | ""): string => `  ${String(line).padStart(4)}  `;
/** The columns of {@link at}. */
const MARGIN = 8;
/** What is narrower than this many columns cannot be read. */
const MIN_OWNERS = 12;
