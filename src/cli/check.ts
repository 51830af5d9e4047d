/**
 * `follow-through check`: what merging a file would do, and what its author should mend first.
 *
 *   docs/postmortems/2024-09-12.md: 3 issues would be opened, 1 item is done
 *     158  Implement timeouts → lisa, due 2024-09-25
 *     161  warning: This item has no owner. Name one: add @login or a name. (no-owner)
 */
import type { PlainDate } from "../calendar.js";
import type { Policy } from "../policy/schema.js";
import type { ActionItem, Postmortem } from "../postmortem/types.js";
import { count } from "../render/words.js";
import { dueFor } from "../tracking/due.js";
import { resolveOwners } from "../tracking/owners.js";
import { readDocuments } from "./documents.js";
import { policyLine } from "./policy-file.js";
import type { Terminal } from "./terminal.js";

/** Checks each file. Returns the exit code: 0 fine, 1 a problem of level error, 2 a file could not be read. */
export async function check(
  terminal: Terminal,
  files: readonly string[],
  options: { readonly policy?: string | undefined; readonly today: PlainDate },
): Promise<number> {
  let errors = 0;
  const toldPolicies = new Set<string>();
  const allRead = await readDocuments(terminal, files, options, ({ postmortem, loaded }) => {
    if (loaded.path && !toldPolicies.has(loaded.path)) {
      toldPolicies.add(loaded.path);
      errors += loaded.problems.length;
      for (const problem of loaded.problems) terminal.print(policyLine(loaded.path, problem));
    }
    errors += postmortem.problems.filter((problem) => problem.level === "error").length;
    for (const line of inWords(postmortem, loaded.policy, options.today)) terminal.print(line);
  });
  if (!allRead) return 2;
  return errors > 0 ? 1 : 0;
}

function inWords(postmortem: Postmortem, policy: Policy, today: PlainDate): string[] {
  const { path, items, problems, followThrough } = postmortem;
  if (!followThrough) return [`${path}: left alone (its front matter says follow-through: false)`, ""];
  const open = items.filter((item) => !item.done);
  const done = items.length - open.length;
  const verb = count(open.length, "issue");
  const headline =
    items.length === 0
      ? "no action items found"
      : `${verb} would be opened${done ? `, ${count(done, "item")} done` : ""}`;
  return [
    `${path}: ${headline}`,
    ...open.map((item) => itemLine(item, postmortem, policy, today)),
    ...problems.map(
      ({ line, level, message, mend, rule }) => `  ${String(line).padStart(4)}  ${level}: ${message} ${mend} (${rule})`,
    ),
    "",
  ];
}

function itemLine(item: ActionItem, { incident }: Postmortem, policy: Policy, today: PlainDate): string {
  const { logins, teams, names } = resolveOwners(item, policy);
  const owners = [...logins, ...teams, ...names.map((name) => `“${name}”`)];
  const { due, origin } = dueFor(item, incident.severity, policy, today);
  const why = origin.kind === "stated" || origin.kind === "none" ? "" : ` (from ${origin.kind})`;
  return `  ${String(item.line).padStart(4)}  ${item.title} → ${owners.join(", ") || "no owner"}, ${due ? `due ${due}${why}` : "no date"}`;
}
