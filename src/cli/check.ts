/**
 * `follow-through check`: what merging a file would do, and what its author should fix first, in the words of the pull
 * request's check run. Nothing is asked of GitHub: every item is new, and every login could be assigned.
 *
 *   docs/postmortems/2024-09-12.md: 3 issues would be opened, 1 item done
 *     158  Implement timeouts → @lisa, due Wed 25 Sep 2024 (the postmortem says “Sept 25”)
 *     161  warning: "Improve monitoring" names no owner. Name an owner: add `@login` or a name to this item. (no-owner)
 */
import type { PlainDate } from "../calendar.js";
import type { Postmortem } from "../postmortem/types.js";
import { forecastHeadline, foreseenDue, foreseenOwners, PLAIN, problemWords } from "../render/forecast.js";
import type { Terminal } from "../terminal.js";
import { type Forecast, type FreshItem, foreseeAlone } from "../tracking/forecast.js";
import { type ReadingOptions, readDocuments } from "./documents.js";
import { policyLine } from "./policy-file.js";

/** Checks each file. Returns the exit code: that of {@link readDocuments}, and 1 where a problem is of level error. */
export async function check(
  terminal: Terminal,
  files: readonly string[],
  options: ReadingOptions & { readonly today: PlainDate },
): Promise<number> {
  let errors = 0;
  const toldPolicies = new Set<string>();
  const code = await readDocuments(terminal, files, options, ({ postmortem, loaded, notText }) => {
    if (loaded.path && !toldPolicies.has(loaded.path)) {
      toldPolicies.add(loaded.path);
      errors += loaded.problems.filter(({ harmless }) => !harmless).length;
      for (const problem of loaded.problems) terminal.print(policyLine(loaded.path, problem));
    }
    const forecast = foreseeAlone(postmortem, loaded.policy, options.today);
    errors += forecast.problems.filter((problem) => problem.level === "error").length;
    if (notText !== null) return terminal.error(`${postmortem.path} ${notText}`);
    for (const line of inWords(postmortem, forecast)) terminal.print(line);
  });
  return code === 0 && errors > 0 ? 1 : code;
}

function inWords({ path, followThrough }: Postmortem, forecast: Forecast): string[] {
  if (!followThrough) return [`${path}: left alone (its front matter says follow-through: false)`, ""];
  return [
    `${path}: ${forecastHeadline(forecast, false)}`,
    ...forecast.fresh.map(itemLine),
    ...forecast.problems.map(
      (problem) => `${at(problem.line)}${problem.level}: ${problemWords(problem)} (${problem.rule})`,
    ),
    "",
  ];
}

function itemLine(fresh: FreshItem): string {
  const { base, place } = fresh.item;
  const due = foreseenDue(fresh, PLAIN);
  return `${at(place.line)}${base.title} → ${foreseenOwners(fresh.owners, PLAIN) || "no owner"}, ${due ? `due ${due}` : "no date"}`;
}

const at = (line: number): string => `  ${String(line).padStart(4)}  `;
