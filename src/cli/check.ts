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
import { cutTo, widthOf } from "../columns.js";
import type { Level, Problem } from "../postmortem/types.js";
import { forecastHeadline, PLAIN, problemWords, whoAndWhen } from "../render/forecast.js";
import { HELD_IF_EDITED, HELD_WORDS, leftAloneWords, NO_ITEMS, readinessWords } from "../render/verdict.js";
import type { Terminal } from "../terminal.js";
import { type FreshItem, isEmpty } from "../tracking/forecast.js";
import { toCheckJson } from "./check-json.js";
import { type ReadFile, type ReadingOptions, readDocuments } from "./documents.js";
import { type Judged, judge } from "./judge.js";
import { at, beside, MARGIN, MIN_COLUMNS, messageUnder, problemsByItem, wrapped } from "./lines.js";
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
  const severe: readonly Level[] = strict ? ["error", "warning"] : ["error"];
  const badPolicy = policy.problems.some(({ harmless }) => strict || !harmless);
  // Its author asked for nothing, so nothing in it is wrong.
  if (leftAlone?.kind === "opted-out" || leftAlone?.kind === "switched-off") return badPolicy;
  return (
    badPolicy ||
    forecast.problems.some(({ level }) => severe.includes(level)) ||
    (strict && (held !== null || leftAlone?.kind === "not-included"))
  );
}

/** So many of what was not read are told; `extract --explain` tells all. */
const MOST_NOT_READ = 10;

/** What is said of a file, wrapped to `width` columns; null: each line as long as it is. */
function inWords(judged: Judged, width: number | null): string[] {
  const { path, leftAlone, forecast, held, heldIfEdited, copyOf } = judged;
  const outcome = judged.isBlank ? "It is empty." : isEmpty(forecast) ? NO_ITEMS : outcomeWords(judged);
  if (leftAlone === null) {
    return [
      ...wrapped(`${path}: ${outcome}`, width),
      ...(held
        ? wrapped(`  ${HELD_WORDS[held]}${copyOf ? ` They are followed through in ${copyOf}.` : ""}`, width)
        : []),
      ...(heldIfEdited ? wrapped(`  ${HELD_IF_EDITED}`, width) : []),
      ...detailLines(judged, width),
      "",
    ];
  }
  const head = wrapped(`${path} ${leftAloneWords(leftAlone)}`, width);
  switch (leftAlone.kind) {
    case "opted-out":
    case "switched-off":
    case "template":
      return [...head, ""];
    case "not-included":
    case "excluded":
      return [
        ...head,
        ...wrapped(`  If it were followed through: ${outcome}`, width),
        ...detailLines(judged, width),
        "",
      ];
  }
}

function outcomeWords({ forecast, held }: Judged): string {
  const { fresh } = forecast;
  const headline = forecastHeadline(forecast, held !== null);
  return fresh.length > 0 ? `${headline}; ${readinessWords(fresh)}` : headline;
}

/** Items with their problems under them, other problems, and what was not read. */
function detailLines({ forecast, notRead }: Judged, width: number | null): string[] {
  const { fresh, problems } = forecast;
  const { of, others } = problemsByItem(fresh, ({ item }) => item.place, problems);
  return [
    ...fresh.flatMap((one) => [
      ...itemLines(one, width),
      ...of(one).flatMap((problem) => {
        const message = messageUnder(one.item.base.title, problem);
        return beside("", problemLine({ ...problem, message }), width);
      }),
    ]),
    ...others.flatMap((problem) => beside(problem.line, problemLine(problem), width)),
    ...notReadLines(notRead, width),
  ];
}

function itemLines(fresh: FreshItem, width: number | null): string[] {
  const { base, place } = fresh.item;
  const { owners, date } = whoAndWhen(fresh);
  const title = `${at(place.line)}${base.title}`;
  const line = `${title} → ${owners}, ${date}`;
  if (width === null || widthOf(line) <= width) return [line];
  // A long list of owners gives way to the date.
  const room = Math.max(MIN_COLUMNS, width - MARGIN - widthOf(`, ${date}`));
  return [cutTo(title, width), cutTo(`${at("")}${cutTo(owners, room)}, ${date}`, width)];
}

const problemLine = (problem: Problem): string => `${problem.level}: ${problemWords(problem)} (${problem.rule})`;

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
