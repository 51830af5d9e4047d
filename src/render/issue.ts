/**
 * The managed section of a tracking issue's body:
 *
 *   | | |
 *   |---|---|
 *   | **Postmortem** | [Payment gateway outage](…#L158), SEV-1, Thu 12 Sep 2024, in #42 |
 *   | **Owner** | @lisa |
 *   | **Due** | Wed 25 Sep 2024 (the postmortem says “Sept 25”) |
 *
 *   **Details**
 *
 *   - Verification: no request waits longer than 5 s
 *
 *   Done? Close this issue, or tick the item in the [postmortem](…). To move the date, comment `/due DATE reason` or change
 *   it there. `/help` lists all commands.
 */
import type { PlainDate } from "../calendar.js";
import { type ItemState, isWaived, snoozedUntil, stateOf } from "../tracking/summary.js";
import type { DueOrigin, Slip, TrackedDocument, TrackedItem, Unassignable, Waiver } from "../tracking/types.js";
import { detailsBlock } from "./details.js";
import { inert, inertShort } from "./inert.js";
import type { Links } from "./links.js";
import { BEGIN, fingerprint, itemMarker } from "./marker.js";
import { conflictWords, leftOutWords, notified, whyUnassignable } from "./parts.js";
import { canonicalLink } from "./states.js";
import { count, day, list } from "./words.js";

/** GitHub refuses bodies of more than 65,536 characters; the item's own words get what the rest leaves. */
const MAX_TEXT = 4_000;
const MAX_SLIPS_SHOWN = 5;

export interface IssueContext {
  readonly item: TrackedItem;
  readonly document: TrackedDocument;
  readonly links: Links;
  /** The day for which it is written: what ended before is not said any more. */
  readonly today: PlainDate;
  /** Teams to mention in the place of an assignee. */
  readonly teams: readonly string[];
  /** Owners the policy does not know. */
  readonly names: readonly string[];
  /** Who owns it and cannot be assigned here. */
  readonly unassignable: readonly Unassignable[];
  /** Logins that own it and that GitHub left out without a word. */
  readonly leftOut?: readonly string[];
  /** Logins that own it besides as many assignees as an issue takes. */
  readonly beyond: readonly string[];
}

/** The managed section, with its marker, and the fingerprint to know it again by. */
export function renderIssue(context: IssueContext): { body: string; hash: string } {
  const body = [
    BEGIN,
    ...facts(context),
    "",
    ...details(context),
    ...conflicts(context),
    next(context),
    "",
    itemMarker("item", context.item, context.document),
  ].join("\n");
  return { body, hash: fingerprint(body) };
}

/** The comment that stands for the managed section on an issue that was there before and was adopted. */
export function renderAdoption(context: IssueContext): { body: string; hash: string } {
  const intro = "This issue is now followed through as an action item of a postmortem:";
  const body = [
    intro,
    "",
    ...facts(context),
    "",
    ...details(context),
    ...conflicts(context),
    next(context),
    "",
    itemMarker("adopted", context.item, context.document),
  ].join("\n");
  return { body, hash: fingerprint(body) };
}

/** How the reader is told where a due date comes from; fits in parentheses. `quote` makes the document's words fit to be shown. */
export function originWords(origin: DueOrigin, quote = inertShort): string {
  switch (origin.kind) {
    case "stated":
      return `the postmortem says “${quote(origin.text, 60)}”`;
    case "window":
      return `from the section “${quote(origin.text, 60)}”`;
    case "priority":
      return `by policy for priority ${quote(origin.priority, 20)}`;
    case "severity":
      return `by policy for severity ${quote(origin.severity, 20)}`;
    case "service":
      return `by policy for ${quote(origin.service, 40)}`;
    case "default":
      return `by policy, ${count(origin.days, origin.business ? "business day" : "day")} where no date is stated`;
    case "command":
      return `moved by ${inert(origin.by)}`;
    case "none":
      return "no date is stated";
  }
}

function facts({
  item,
  document,
  links,
  today,
  teams,
  names,
  unassignable,
  leftOut = [],
  beyond,
}: IssueContext): string[] {
  const { base } = item;
  const assigned = item.issue?.assignees ?? item.written?.assignees ?? [];
  const owners = [
    ...notified([...assigned, ...teams, ...beyond]),
    ...unassignable.map((one) => `${inert(one.login)} (${whyUnassignable(one)})`),
    ...leftOut.map((login) => `${inert(login)} (${leftOutWords(assigned.length)})`),
    ...names.map((name) => inertShort(name, 80)),
  ];
  const rows: [string, string][] = [
    ["Postmortem", postmortemWords(item, document, links)],
    ["Owner", owners.length > 0 ? list(owners) : "nobody yet: assign someone, or name an owner in the postmortem"],
    [
      "Due",
      item.due ? `**${day(item.due)}** (${originWords(item.dueOrigin)})` : "no date yet: state one in the postmortem",
    ],
  ];
  if (item.slips.length > 0) rows.push(["Moved", slipWords(item)]);
  const snooze = item.snoozes.at(-1);
  if (snooze && item.issue?.open !== false && snoozedUntil(item, today))
    rows.push(["Snoozed", `until ${day(snooze.until)}, ${personWords(snooze)}`]);
  if (item.waiver && isWaived(item, today)) rows.push(["Waived", waiverWords(item.waiver)]);
  if (base.priority) rows.push(["Priority", inertShort(base.priority, 40)]);
  if (base.type) rows.push(["Kind", base.type]);
  if (base.group) rows.push(["Under", inertShort(base.group, 120)]);
  if (base.ref) rows.push(["Reference", referenceWords(base.ref, base.refUrl, links)]);
  const table = rows.map(([name, value]) => `| **${name}** | ${value} |`);
  // The words stand in the title already, unless they were too long for it or somebody retitled the issue.
  const titled = (item.issue ?? item.written)?.title === base.title;
  return [...(titled ? [] : [inertShort(base.title, MAX_TEXT), ""]), "| | |", "|---|---|", ...table];
}

/** What the document says under the item, so that its assignee need not open it. */
function details({ item, links }: IssueContext): string[] {
  const { details } = item.base;
  return details === undefined ? [] : ["**Details**", "", detailsBlock(details, links.permalink(item.place)), ""];
}

/** A reference, as a link where the document linked it. */
function referenceWords(ref: string, url: string | null, links: Links): string {
  const target = url === null ? null : links.reference(url);
  return target === null ? inertShort(ref, 200) : `[${inertShort(ref, 200)}](${target})`;
}

function postmortemWords(item: TrackedItem, document: TrackedDocument, links: Links): string {
  const { incident } = document;
  const title = inertShort(document.title ?? document.path, 120);
  const parts = [
    `[${title}](${links.permalink(item.place)})`,
    ...(incident.severity ? [inertShort(incident.severity, 20)] : []),
    ...(incident.date ? [day(incident.date)] : []),
    ...(document.home ? [`#${document.home}`] : []),
  ];
  return parts.join(" · ");
}

function slipWords({ slips, slipsLeftOut, originalDue }: TrackedItem): string {
  const times = slips.length === 1 ? "once" : `${slips.length + slipsLeftOut} times`;
  const first = slips.length > 1 && originalDue ? `, first due ${day(originalDue)}` : "";
  return `${times}${first}: ${slips.slice(-MAX_SLIPS_SHOWN).map(slipLine).join("; ")}`;
}

function slipLine({ on, from, to, by, why }: Slip): string {
  return `from ${from ? day(from) : "no date"} to ${to ? day(to) : "no date"}, ${personWords({ on, by, why })}`;
}

function waiverWords(waiver: Waiver): string {
  const until = waiver.until ? `until ${day(waiver.until)}, ` : "";
  return `${until}${personWords(waiver)}`;
}

/** Who did it when, and why; `by` null: the postmortem did. */
function personWords({ on, by, why }: Pick<Slip, "on" | "by" | "why">): string {
  const reason = why ? `: ${inertShort(why, 200)}` : "";
  return `by ${by ? inert(by) : "the postmortem"} on ${day(on)}${reason}`;
}

/** Where the document says something else, so that the assignee sees both sides. */
function conflicts({ item }: IssueContext): string[] {
  if (item.conflicts.length === 0) return [];
  return ["> [!WARNING]", ...item.conflicts.map((conflict) => `> - ${conflictWords(conflict)}`), ""];
}

/** What to do where there is nothing to be done any more, so that nobody is asked to close what is closed. */
const CLOSED_WORDS: Partial<Readonly<Record<ItemState, string>>> = {
  done: "This item is done: its issue is closed as completed. Reopen it if there is more to do.",
  "not-planned":
    "This issue is closed as not planned, so its item does not count as done. If it is done, comment `/done`; if it is to be done after all, reopen it.",
  duplicate:
    "This issue is closed as a duplicate, so its item does not count as done. If it is done, comment `/done`; if it is a task of its own, reopen it.",
  waived: "This item is waived. Comment `/reopen` if it is to be done after all.",
};

/** Of a duplicate, where its work goes on, and what that means; null where it is none, or nobody says of what. */
function goesOnWords({ issue }: TrackedItem, state: ItemState, links: Links): string | null {
  const other = issue?.open === false ? issue.duplicateOf : undefined;
  if (other?.kind !== "issue" || (state !== "done" && state !== "duplicate")) return null;
  const link = canonicalLink(other, links);
  const own = "Reopen this issue if it is a task of its own.";
  return state === "done"
    ? `This item is done: this issue is a duplicate of ${link}, which is closed as completed. ${own}`
    : `This issue is closed as a duplicate of ${link}, where its work goes on. It does not count as done by itself; if it is done, comment \`/done\`. ${own}`;
}

function next({ item, document, links, today }: IssueContext): string {
  if (document.removedOn) {
    const was = `[postmortem](${links.permalink(item.place)})`;
    const todo = item.issue?.open === false ? "" : ", or close this issue if it is not needed any more";
    return `Its ${was} is gone from the default branch (seen on ${day(document.removedOn)}), so this item waits: nobody is reminded of it. Bring the postmortem back to go on${todo}.`;
  }
  if (item.sameAs && item.issue?.open === false)
    return `This is the same work as #${item.sameAs.issue}, where it goes on. Comment \`/split\` here if it is a task of its own.`;
  const source = `[postmortem](${links.document(document, item.place.line)})`;
  const state = stateOf(item, today);
  if (item.leftOn) {
    const todo = item.issue?.open === false ? "" : " Close the issue if it is not needed any more.";
    return `This item no longer stands in the ${source} (seen on ${day(item.leftOn)}).${todo}`;
  }
  if (item.base.done && item.issue?.open)
    return `The ${source} says that this is done. If it is, close this issue; if not, take the tick away there.`;
  if (item.base.dropped && item.issue?.open)
    return `The ${source} says that this will not be done. If so, close this issue; if it will, change it there.`;
  if (item.base.dropped) return `This item will not be done, says the ${source}. If it will, change it there.`;
  if (item.base.done && !item.issue?.open) return `This item is ticked as done in the ${source}.`;
  const goesOn = goesOnWords(item, state, links);
  if (goesOn !== null) return goesOn;
  const closed = item.issue?.open === false ? CLOSED_WORDS[state] : undefined;
  if (closed !== undefined) return closed;
  return `Done? Close this issue, or tick the item in the ${source}. To move the date, comment \`/due DATE reason\` or change it there. \`/help\` lists all commands.`;
}
