/**
 * `follow-through extract`: what the reader finds in a file.
 *
 *   docs/postmortems/2024-09-12.md: Payment gateway outage (SEV-1, 2024-09-12)
 *     158  [ ] Implement database connection timeout guardrails
 *              owner Lisa Wong · due 2024-09-25 · TECH-4
 *     161  [ ] Improve monitoring
 *              warning: names no owner.
 *
 * An item takes two lines at most, which are cut to the terminal; its problems stand under it.
 */
import { cutTo } from "../columns.js";
import { toExtractJson } from "../postmortem/extract-json.js";
import type { ActionItem, Postmortem } from "../postmortem/types.js";
import type { Terminal } from "../terminal.js";
import { type ReadingOptions, readDocuments } from "./documents.js";
import { whyInWords } from "./explain.js";
import { at, beside, messageUnder, problemsByItem, wrapped } from "./lines.js";
import { policyLine } from "./policy-file.js";

/** Prints the items of each file, and with `explain` why it was read so. Returns the exit code, as {@link readDocuments} does. */
export async function extract(
  terminal: Terminal,
  files: readonly string[],
  options: Omit<ReadingOptions, "today"> & { readonly json?: boolean },
): Promise<number> {
  const toldPolicies = new Set<string>();
  return readDocuments(terminal, files, { ...options, today: null }, ({ postmortem, loaded, explanation, notText }) => {
    if (loaded.path && !toldPolicies.has(loaded.path)) {
      toldPolicies.add(loaded.path);
      for (const problem of loaded.problems) terminal.error(policyLine(loaded.path, problem));
    }
    if (options.json) {
      const value = toExtractJson(postmortem);
      terminal.printJson(explanation === null ? value : { ...value, explain: explanation });
      return;
    }
    if (notText !== null) return terminal.error(`${postmortem.path} ${notText}`);
    for (const line of inWords(postmortem, terminal.width)) terminal.print(line);
    if (explanation !== null)
      for (const line of whyInWords(explanation).flatMap((line) => wrapped(line, terminal.width))) terminal.print(line);
  });
}

function inWords({ path, title, incident, items, problems }: Postmortem, width: number | null): string[] {
  const facts = [incident.id, incident.severity, incident.date].filter(Boolean).join(", ");
  const { of, others } = problemsByItem(items, (item) => item, problems);
  return [
    ...wrapped(`${path}: ${title ?? "(no title)"}${facts ? ` (${facts})` : ""}`, width),
    ...(items.length === 0 ? ["  no action items"] : []),
    ...items.flatMap((item) => [
      ...itemLines(item).map((line) => (width === null ? line : cutTo(line, width))),
      ...of(item).flatMap((problem) =>
        beside("", `${problem.level}: ${messageUnder(item.title, problem)}`, width, BOX),
      ),
    ]),
    ...others.flatMap(({ line, level, message }) => wrapped(`  ${level} in line ${line}: ${message}`, width)),
    "",
  ];
}

/** The columns of an item's box. */
const BOX = 4;

function itemLines(item: ActionItem): string[] {
  const facts = [
    item.owners.length > 0 ? `owner ${item.owners.join(", ")}` : null,
    item.due ? `due ${item.due}` : item.dueText ? `due “${item.dueText}” (not readable as a day)` : null,
    item.priority,
    item.ref,
  ].filter((fact) => fact !== null);
  const line = `${at(item.line)}[${item.done ? "x" : item.dropped ? "-" : " "}] ${item.title}`;
  return facts.length > 0 ? [line, `${at("")}${" ".repeat(BOX)}${facts.join(" · ")}`] : [line];
}
