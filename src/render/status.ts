/**
 * The status comment: one a pull request, edited in place, a section a document.
 *
 *   ### Follow-through: 3 of 9 action items done, 1 overdue
 *
 *   **[Payment gateway outage](…)** · SEV-1 · Thu 12 Sep 2024
 *
 *   | | Action item | Owner | Due |
 *   |---|---|---|---|
 *   | ✅ Done | [Deploy pool alerts](…/issues/7) | @lisa | Sat 14 Sep 2024 |
 *   | 🔴 Overdue | [Add timeouts](…/issues/8) | @lisa | Wed 25 Sep 2024 |
 *
 *   **Needs attention** …
 */
import type { PlainDate } from "../calendar.js";
import type { PolicyProblem } from "../policy/load.js";
import type { Policy } from "../policy/schema.js";
import type { Problem } from "../postmortem/types.js";
import { sameAsUsage } from "../tracking/commands/same-as.js";
import { doubtOf } from "../tracking/joins.js";
import { missingOwners, namedOwners, unassignableOwners } from "../tracking/owners.js";
import { isWaived, snoozedUntil, stateOf } from "../tracking/summary.js";
import type { Trouble } from "../tracking/trouble.js";
import type { TrackedDocument, TrackedItem, Unassignable } from "../tracking/types.js";
import { inertCode, inertSentence, inertShort } from "./inert.js";
import type { Links } from "./links.js";
import { fingerprint, statusMarker } from "./marker.js";
import {
  conflictWords,
  documentHeading,
  dueDay,
  fitted,
  heldNote,
  LACKS,
  leftOutWords,
  notices,
  type Original,
  ownerlessWords,
  ownersBlock,
  unassignableWords,
} from "./parts.js";
import { type RelatedInput, relatedBlock } from "./similar.js";
import { duplicateWords, progressWords, STATES } from "./states.js";
import { troubleWords } from "./trouble.js";
import { count, day, list } from "./words.js";

/** A document's part of the status comment. */
export interface DocumentStatus {
  readonly document: TrackedDocument;
  readonly items: readonly TrackedItem[];
  /** Owners of open, unassigned items whom the policy does not know. */
  readonly unknownOwners: readonly string[];
  /** Open items that nobody has, no team either, by id; left out where there are none. */
  readonly ownerless?: ReadonlySet<string>;
  /** What could not be done about it or its items. */
  readonly troubles: readonly Trouble[];
  /** Earlier postmortems that it is like; left out where there are none. */
  readonly related?: RelatedInput;
  /** Items of other postmortems in whose issues duplicates among these go on; left out where there are none. */
  readonly goOnIn?: readonly TrackedItem[];
  /** Of a copy, the postmortem that it is a copy of; left out where it is none. */
  readonly original?: Original;
  /** Items that left other postmortems, which some of these may be in other words; left out where there are none. */
  readonly doubted?: readonly TrackedItem[];
}

export interface StatusInput {
  readonly sections: readonly DocumentStatus[];
  /** Who the names in documents are. */
  readonly policy: Pick<Policy, "owners">;
  readonly policyProblems: readonly PolicyProblem[];
  /** Why nothing can be done in this repository, in one sentence with the fix; null where all is well. */
  readonly obstacle: string | null;
  readonly links: Links;
  readonly label: string;
  readonly today: PlainDate;
}

/** GitHub refuses comments of more than 65,536 characters (counted here as UTF-16 units, which is never less). */
const MAX_COMMENT = 65_000;
const MAX_PROBLEMS = 20;
/** Lines named behind one problem; whoever mends these finds the rest. */
const MAX_LINES = 5;

/** The whole status comment with its marker. Rows, then sections, are left out, and said to be, where it would grow too long. */
export function renderStatus(input: StatusInput): { body: string; hash: string } {
  const { links, policyProblems, obstacle } = input;
  const closing = statusMarker(
    input.sections.map(({ document }) => document),
    input.sections.flatMap(({ items }) => items),
  );
  const render = (rows: number, sections: number) => {
    const hidden = input.sections.length - sections;
    return [
      heading(input),
      ...notices(obstacle, policyProblems, links),
      ...input.sections.slice(0, sections).flatMap((part) => section(part, input, rows)),
      ...(hidden > 0 ? ["", `… and ${count(hidden, "more postmortem")}.`] : []),
      "",
      footer(input),
      closing,
    ].join("\n");
  };
  const body = fitted(render, input.sections.length, (text) => text.length <= MAX_COMMENT);
  return { body, hash: fingerprint(body) };
}

function heading({ sections, today, obstacle }: StatusInput): string {
  const standing = sections.filter(({ document }) => document.removedOn === null);
  const items = standing.filter(({ document }) => document.held !== "copy").flatMap((part) => part.items);
  if (items.length > 0) return `### Follow-through: ${progressWords(items, today)}\n`;
  if (obstacle) return "### Follow-through: action items cannot be followed through here\n";
  if (sections.length > 0 && sections.every(({ document }) => document.held === "copy"))
    return `### Follow-through: ${sections.length === 1 ? "a copy" : "copies"}, followed through elsewhere\n`;
  if (sections.length > 0 && standing.length === 0)
    return `### Follow-through: ${sections.length === 1 ? "the postmortem is" : "the postmortems are"} gone\n`;
  return `### Follow-through: ${sections.length > 0 ? "no action items found" : "the policy file needs fixing"}\n`;
}

function section(part: DocumentStatus, input: StatusInput, rows: number): string[] {
  const { document, items, unknownOwners } = part;
  const { links } = input;
  const title = documentHeading(document, links.document(document));
  if (document.held === "copy") return ["", title, "", ...copyNote(part)];
  if (document.removedOn) {
    return [
      "",
      title,
      "",
      `The document was removed on ${day(document.removedOn)}. Its action items wait until it is back; close the issues no longer needed.`,
    ];
  }
  if (items.length === 0) {
    return [
      "",
      title,
      "",
      "No action items were found in it, so nothing was opened. They are looked for under headings such as “Action items”.",
      ...attention(part, input, rows),
      ...relatedBlock(part.related, true),
    ];
  }
  const shown = [...items].sort((a, b) => a.ordinal - b.ordinal).slice(0, rows);
  const hidden = items.length - shown.length;
  return [
    "",
    title,
    "",
    ...heldNote(document),
    "| | Action item | Owner | Due |",
    "|---|---|---|---|",
    ...shown.map((item) => row(item, part, input)),
    ...(hidden > 0 ? [`| | … and ${hidden} more: [all issues](${links.labelled(input.label)}) | | |`] : []),
    ...attention(part, input, rows),
    ...ownersBlock(unknownOwners, links, rows),
    ...relatedBlock(part.related, true),
  ];
}

function row(item: TrackedItem, { items, goOnIn = [] }: DocumentStatus, { links, today, policy }: StatusInput): string {
  // What became of an issue's title after it was gone, nobody sees: the document's word stands.
  const seen = item.issue?.closedAs === "gone" ? null : item.issue;
  const title = inertShort(seen?.title ?? item.base.title, 120);
  const linked = item.issue ? `[${title}](${links.issue(item.issue.number)})` : title;
  const state = `${STATES[stateOf(item, today)].shown}${duplicateWords(item, { links, today, items: [...items, ...goOnIn] })}`;
  return `| ${state} | ${linked} | ${ownerWords(item, policy)} | ${dueWords(item, today)} |`;
}

/** What is said of a copy: no table, since its items are told of where they are followed through. */
function copyNote({ document, original }: DocumentStatus): string[] {
  if (document.removedOn === null) return heldNote(document, "", original);
  const where = original
    ? `[${inertShort(original.path, 160)}](${original.url})`
    : "the postmortem that it was a copy of";
  return original?.path === document.path
    ? [`The postmortem that it was a copy of is gone. It took its place, and is followed through in it: ${where}.`]
    : [`This copy was removed on ${day(document.removedOn)}. Its action items are followed through in ${where}.`];
}

const issueLink = (number: number, links: Links): string => `[#${number}](${links.issue(number)})`;

/** What to do where nobody can say whether a newer issue is an older one in other words. */
const doubtWords = (older: number, newer: number, links: Links): string =>
  `${issueLink(newer, links)} may be ${issueLink(older, links)} in other words. If it is, comment \`${sameAsUsage(older)}\` on #${newer}; if not, close #${older} once it is not needed any more.`;

/** The due date, or what a person made of it. */
function dueWords(item: TrackedItem, today: PlainDate): string {
  const { waiver } = item;
  if (waiver && isWaived(item, today)) {
    const until = waiver.until ? `until ${day(waiver.until)}: ` : "";
    return `${until}${inertShort(waiver.why, 120)}`;
  }
  const until = item.issue?.open ? snoozedUntil(item, today) : null;
  return `${dueDay(item)}${until ? ` (snoozed until ${day(until)})` : ""}`;
}

/** Logins in code, so that editing the comment never notifies anybody; names as the document has them. Who was taken off by hand is not shown. */
function ownerWords(item: TrackedItem, policy: Pick<Policy, "owners">): string {
  const assignees = item.issue?.assignees ?? [];
  if (assignees.length > 0) return assignees.map((login) => `\`@${login}\``).join(", ");
  const { mentions } = item.base;
  return namedOwners(item, policy)
    .map((owner) => (mentions.includes(owner) ? `\`@${owner}\`` : inertShort(owner, 40)))
    .join(", ");
}

function attention(part: DocumentStatus, { links, today }: StatusInput, most: number): string[] {
  const { document, items, troubles, ownerless, doubted = [] } = part;
  const told = document.problems.filter((problem) => problem.level !== "info" && !isSettled(problem, items));
  const at = (line: number) => `[line ${line}](${links.document(document, line)})`;
  const lines = troubles.map((trouble) => `- ${troubleWords(trouble, links)}`);
  for (const [rule, words] of Object.entries(LACKS)) {
    const lacking = told.filter((problem) => problem.rule === rule);
    const [first] = lacking;
    if (!first) continue;
    const shown = lacking.slice(0, MAX_PROBLEMS).map((problem) => at(problem.line));
    if (lacking.length > shown.length) shown.push(`${lacking.length - shown.length} more`);
    lines.push(`- ${words}: ${list(shown)}. ${inertSentence(first.fix, 240)}`);
  }
  const others = told.filter((problem) => LACKS[problem.rule] === undefined);
  const shown = others.slice(0, Math.min(MAX_PROBLEMS, most));
  for (const { line, message, fix } of shown) {
    lines.push(`- ${at(line)}: ${inertShort(message, 240)} ${inertSentence(fix, 240)}`);
  }
  if (others.length > shown.length) lines.push(`- … and ${others.length - shown.length} more.`);
  for (const [one, where] of unassignable(items).slice(0, most)) {
    lines.push(`- ${unassignableWords(one, [...new Set(where)].slice(0, MAX_LINES).map(at))}`);
  }
  for (const item of items.slice(0, most)) {
    const left = missingOwners(item).filter(({ why }) => why === "left-out");
    if (item.issue?.open && left.length > 0) {
      const who = list(left.map(({ login }) => inertCode(`@${login}`)));
      const words = leftOutWords(item.issue.assignees.length);
      lines.push(
        `- ${issueLink(item.issue.number, links)}: ${words}; ${who} ${left.length === 1 ? "is" : "are"} missing. Mention them there if they should know.`,
      );
    }
    const since = ownerless?.has(item.id) ? ownerlessWords(item, today) : null;
    if (item.issue && since)
      lines.push(`- ${issueLink(item.issue.number, links)}: ${since}. Who could take it? Assign them there.`);
    const older = item.issue?.open ? doubtOf(item, [...items, ...doubted]) : null;
    if (item.issue && older) lines.push(`- ${doubtWords(older.issue, item.issue.number, links)}`);
    for (const conflict of item.conflicts) {
      const issue = item.issue ? issueLink(item.issue.number, links) : "The issue";
      lines.push(`- ${issue}: ${conflictWords(conflict)}`);
    }
  }
  if (lines.length === 0) return [];
  const more = lines.length - most;
  return ["", "**Needs attention**", "", ...lines.slice(0, most), ...(more > 0 ? [`- … and ${more} more.`] : [])];
}

/** Whom the document names for open items and GitHub does not assign, each once, with the lines. */
function unassignable(items: readonly TrackedItem[]): [Unassignable, number[]][] {
  const found = new Map<string, [Unassignable, number[]]>();
  for (const item of items) {
    for (const one of item.issue?.open ? unassignableOwners(item) : []) {
      const [, lines] = found.get(one.login) ?? [one, []];
      found.set(one.login, [one, [...lines, item.place.line]]);
    }
  }
  return [...found.values()];
}

/** Whether an owner or a date that the document lacks was given on GitHub since, by assigning or by `/due`, or is not needed any more. */
function isSettled({ rule, line }: Problem, items: readonly TrackedItem[]): boolean {
  const isGiven = GIVEN[rule];
  if (!isGiven) return false;
  return items.some((item) => item.place.line === line && (item.issue?.open === false || isGiven(item)));
}

const isDueByCommand = ({ dueOrigin }: TrackedItem): boolean => dueOrigin.kind === "command";
const GIVEN: Partial<Readonly<Record<Problem["rule"], (item: TrackedItem) => boolean>>> = {
  "no-owner": ({ issue }) => (issue?.assignees.length ?? 0) > 0,
  "no-due-date": isDueByCommand,
  "unreadable-due-date": isDueByCommand,
};

function footer({ label, links, sections }: StatusInput): string {
  if (sections.every(({ items, document }) => items.length === 0 || document.held === "copy")) return "";
  return `<sub>Kept up to date. Close an issue or tick its item when it is done; edit the document to change the rest, or comment \`/help\` on an issue. [All action items](${links.labelled(label)})</sub>\n`;
}
