/** Parts that the status comment and the check run share: the same thing is said in the same words before and after the merge. */
import type { PlainDate } from "../calendar.js";
import type { PolicyProblem } from "../policy/load.js";
import type { RuleId } from "../postmortem/types.js";
import { oneLine } from "../text.js";
import { OPEN_HELD } from "../tracking/commands/pull.js";
import { isByPolicy } from "../tracking/due.js";
import { withoutOwnerSince } from "../tracking/owner-deadline.js";
import { MOST_PEOPLE } from "../tracking/owners.js";
import { isWaived } from "../tracking/summary.js";
import type { Conflict, TrackedDocument, TrackedItem, Unassignable } from "../tracking/types.js";
import { inertCode, inertSentence, inertShort } from "./inert.js";
import type { Links } from "./links.js";
import { HELD_WORDS } from "./verdict.js";
import { count, day, list } from "./words.js";

const MAX_ROWS = 400;
const MAX_NAMES = 20;

/** What many items lack is said once for all of them. */
export const LACKS: Partial<Record<RuleId, string>> = {
  "no-owner": "Without an owner",
  "unknown-owner": "With an owner whom the policy does not know",
  "unassignable-owner": "With an owner whom GitHub cannot assign here",
  "no-due-date": "Without a due date",
};

/**
 * A text of many sections with rows, as much of it as `fits`: rows a section are left out first, then sections. `render`
 * says itself what is left out.
 */
export function fitted(
  render: (rows: number, sections: number) => string,
  sections: number,
  fits: (text: string) => boolean,
): string {
  for (let rows = MAX_ROWS, shown = sections; ; ) {
    const text = render(rows, shown).replace(/\n{3,}/g, "\n\n");
    if (fits(text) || shown === 0) return text;
    if (rows > 3) rows = Math.floor(rows / 2);
    else shown = Math.floor(shown / 2);
  }
}

/** What stands in the way here, and what is wrong with the policy file. */
export function notices(
  obstacle: string | null,
  policyProblems: readonly PolicyProblem[],
  links: Pick<Links, "newestPolicy" | "organisationPolicy">,
): string[] {
  const lines: string[] = [];
  if (obstacle) lines.push("> [!WARNING]", `> ${obstacle}`, "");
  const own = policyProblems.filter(({ elsewhere, harmless }) => elsewhere === undefined && !harmless);
  if (own.length > 0) {
    lines.push(
      "> [!WARNING]",
      "> The policy file is invalid, so the last valid one (or the defaults) holds until it is fixed:",
      ...own
        .slice(0, 10)
        .map(({ line, message }) => `> - [line ${line}](${links.newestPolicy(line)}): ${inertShort(message, 300)}`),
      "",
    );
  }
  for (const { line, message, elsewhere, harmless } of policyProblems) {
    if (elsewhere === undefined && harmless) lines.push("> [!NOTE]", `> ${inertSentence(message, 400)}`, "");
    if (elsewhere === undefined) continue;
    const link = `[Open it](${links.organisationPolicy(line)}), if you may.`;
    lines.push("> [!WARNING]", `> ${inertSentence(message, 400)} ${link}`, "");
  }
  return lines;
}

/** A document's title, linked to `url`, with what is known of its incident. */
export function documentHeading({ title, path, incident }: TrackedDocument, url: string): string {
  return [
    `**[${inertShort(title ?? path, 160)}](${url})**`,
    ...(incident.severity ? [inertShort(incident.severity, 20)] : []),
    ...(incident.date ? [day(incident.date)] : []),
  ].join(" · ");
}

/** The day an item is due; one that the policy gave is told apart from one that somebody promised. Empty where it has none. */
export const dueDay = ({ due, dueOrigin }: Pick<TrackedItem, "due" | "dueOrigin">): string =>
  due === null ? "" : `${day(due)}${isByPolicy(dueOrigin) ? " (by policy)" : ""}`;

/** Since when nobody has an item, and by when an owner was wanted; null where that is not over, or somebody has it. */
export function ownerlessWords(item: TrackedItem, today: PlainDate): string | null {
  const late = isWaived(item, today) ? null : withoutOwnerSince(item);
  return late && `no owner since ${day(late.since)} (wanted by ${day(late.wantedBy)})`;
}

/** The postmortem that one is a copy of, and where it stands. */
export interface Original extends Pick<TrackedDocument, "path"> {
  readonly url: string;
}

/**
 * Why a guard holds a document's items back, and the command that opens them; `when`: said behind it. `original`: what it is a copy of, where
 * it is one.
 */
export function heldNote({ held: reason }: Pick<TrackedDocument, "held">, when = "", original?: Original): string[] {
  if (!reason) return [];
  const followed = original
    ? ` They are followed through in [${inertShort(original.path, 160)}](${original.url}).`
    : "";
  const unless = reason === "copy" ? "Is it another incident? To open them" : "To open them";
  return [
    "> [!NOTE]",
    `> ${HELD_WORDS[reason]}${followed} ${unless}${when}, comment \`${OPEN_HELD}\` on this pull request.`,
    "",
  ];
}

/**
 * Logins and teams as mentions, those beyond the tenth in code, which notifies nobody; of a great many the first are named.
 * `room`: how many may be mentioned here, where the same text mentions others too.
 */
export function notified(people: readonly string[], room = MOST_PEOPLE): string[] {
  const rest = people.slice(room);
  if (rest.length === 0) return people.map((name) => `@${name}`);
  const named = rest.slice(0, MAX_NAMES).map((name) => inertCode(`@${name}`));
  const more = rest.length > named.length ? ` and ${rest.length - named.length} more` : "";
  return [
    ...people.slice(0, room).map((name) => `@${name}`),
    `${named.join(", ")}${more} (named only: ${MOST_PEOPLE} are notified at most)`,
  ];
}

/** What to do about a login that GitHub does not take; `where`: the lines that name it, as links. */
export function unassignableWords({ login, why }: Unassignable, where: readonly string[] = []): string {
  const who = inertCode(`@${login}`);
  const inLines = where.length > 0 ? ` in ${list(where)}` : "";
  switch (why) {
    case "no-access":
      return `${who} cannot be assigned in this repository: give them access to it, or name somebody else${inLines}.`;
    case "no-account":
      return `GitHub knows no account ${who}: deleted, renamed or misspelt. Name somebody else${inLines}.`;
    case "bot":
      return `${who} is a bot, which GitHub does not assign: name the person who sees to it${inLines}.`;
    case "organisation":
      return `${who} is an organisation, which GitHub does not assign: name a person or a team of its${inLines}.`;
  }
}

/** The same in two or three words, for a parenthesis behind the name. */
export function whyUnassignable({ why }: Pick<Unassignable, "why">): string {
  switch (why) {
    case "no-access":
      return "cannot be assigned here";
    case "no-account":
      return "no account on GitHub";
    case "bot":
      return "a bot";
    case "organisation":
      return "an organisation";
  }
}

/** Why somebody is missing whom GitHub took and did not assign; `kept`: how many it assigned. */
export const leftOutWords = (kept: number): string =>
  kept === 1 ? "GitHub keeps one assignee on this plan" : "GitHub left them out";

const FIELD_WORDS: Record<Conflict["field"], string> = {
  title: "title",
  owner: "owner",
  due: "due date",
  state: "state",
};

/** What each side says of a field, which one holds, and how to end it. */
export const conflictWords = ({ field, document, issue }: Conflict): string =>
  `The postmortem and the issue differ on the ${FIELD_WORDS[field]}: “${inertShort(document, 80)}” in the postmortem, “${inertShort(issue, 80)}” on the issue. The issue holds until the two agree.`;

/** A block ready to paste into the policy, for names that stand for nobody yet. */
export function ownersBlock(names: readonly string[], links: Pick<Links, "policyThatHolds">, most: number): string[] {
  if (names.length === 0) return [];
  const shown = names.slice(0, Math.min(MAX_NAMES, most));
  const lines = shown.map((name) => `  ${JSON.stringify(oneLine(name).replace(/`/g, " "))}: "@login"`);
  return [
    "",
    `<details><summary>${count(names.length, "owner")} the policy does not know: nobody is assigned</summary>`,
    "",
    `Add who they are to the [policy](${links.policyThatHolds()}), and their items are assigned:`,
    "",
    "```yaml",
    "owners:",
    ...lines,
    "```",
    "",
    "</details>",
  ];
}
