/**
 * The overdue comment: all that one person has due, on the issue of the worst.
 *
 *   @lisa, this action item was due on Wed 25 Sep 2024, 3 days ago.
 *
 *   It was promised after Payment gateway outage (SEV-1, Thu 12 Sep 2024).
 *
 *   These are overdue too, and get no comments of their own:
 *
 *   | Action item | Due |
 *
 *   Done? Close this issue. Need more time? `/due DATE reason`. Not yours? Assign whoever should have it. …
 */
import { daysBetween, type PlainDate } from "../calendar.js";
import { heightOf, type Rung } from "../tracking/escalation.js";
import { nextNumber, timesTold } from "../tracking/nudging.js";
import { MOST_PEOPLE } from "../tracking/owners.js";
import { isOverdue } from "../tracking/summary.js";
import type { Nudge, TrackedDocument, TrackedItem } from "../tracking/types.js";
import { inertCode, inertShort } from "./inert.js";
import type { Links } from "./links.js";
import { nudgeMarker } from "./marker.js";
import { notified } from "./parts.js";
import { count, day, list } from "./words.js";

export interface NudgeInput {
  readonly item: TrackedItem;
  readonly document: TrackedDocument;
  readonly nudge: Nudge;
  readonly links: Links;
  /** Teams that own the item, mentioned where nobody is assigned. */
  readonly teams: readonly string[];
  readonly today: PlainDate;
  /** What else the same people have due, listed here alone; left out where there is nothing. */
  readonly others?: readonly TrackedItem[];
  /** How much more waits for another day. */
  readonly more?: number;
  /** The rung of the escalation ladder that it tells of; left out or null where it is none. */
  readonly rung?: Rung | null;
  /** Who is named without a mention, since they are muted: logins and teams in lower case. */
  readonly silent?: readonly string[];
  /** Whom it notifies, for the marker: logins and teams in lower case. */
  readonly to?: readonly string[];
}

/** The comment's body. Mentions the assignees; else the owning teams; else the author of the postmortem, who can find an owner. */
export function renderNudge(input: NudgeInput): string {
  const { item, nudge, others = [], to = [] } = input;
  const also = others.map((other) => ({ item: other.id, n: nextNumber(other) }));
  return [
    [opening(input), ...moved(item), ...(input.rung ? [] : ended(item, nudge.on))].join(" "),
    "",
    source(input),
    "",
    ...escalated(input),
    ...listed(input),
    ask(input),
    "",
    nudgeMarker({ item: item.id, ...nudge, also, to }),
  ].join("\n");
}

const peopleIn = ({ item, teams }: NudgeInput): readonly string[] =>
  item.issue?.assignees.length ? item.issue.assignees : teams;

/** What is asked about, and since when; from the third on in other words. */
function opening(input: NudgeInput): string {
  const { item, today } = input;
  const people = peopleIn(input);
  const greeting = people.length > 0 ? `${list(calledOn(people, input, besideLeads(input)))}, this` : "This";
  const due = item.due ?? today;
  const late = daysBetween(due, today);
  const when = late > 0 ? `was due on ${day(due)}, ${count(late, "day")} ago` : soon(due, -late);
  const asked = isFamiliar(input) && !input.rung ? ` It was asked about ${timesAsked(input)} times before.` : "";
  return `${greeting} action item ${when}.${asked}`;
}

/** How they are named: mentioned, but for who is muted; `room`: how many at most. */
function calledOn(people: readonly string[], { silent = [] }: NudgeInput, room = MOST_PEOPLE): string[] {
  const isSilent = (name: string) => silent.includes(name.toLowerCase());
  return [
    ...notified(
      people.filter((name) => !isSilent(name)),
      room,
    ),
    ...people.filter(isSilent).map((name) => inertCode(`@${name}`)),
  ];
}

/** One comment notifies ten at most. Whom a rung names come first: they are told once, and who has the item was asked before. */
const besideLeads = ({ rung }: NudgeInput): number => Math.max(0, MOST_PEOPLE - (rung?.to.length ?? 0));

/** What two comments to the same people did not move is asked about otherwise. */
export const OTHER_WORDS_AFTER = 2;

/** How often who is asked now was asked before: a new owner is told of it for the first time. */
const timesAsked = ({ item, document, teams }: NudgeInput): number =>
  timesTold(
    item,
    [item.issue?.assignees ?? [], teams, document.author ? [document.author] : []].find((who) => who.length > 0) ?? [],
  );

const isFamiliar = (input: NudgeInput): boolean => timesAsked(input) >= OTHER_WORDS_AFTER;

/** How often its date was moved. */
function moved({ slips, slipsLeftOut, originalDue }: TrackedItem): string[] {
  const times = slips.length + slipsLeftOut;
  if (times === 0 || !originalDue) return [];
  return [`It was first due on ${day(originalDue)}.`, `Its date was moved ${times === 1 ? "once" : `${times} times`}.`];
}

/** That a snooze or waiver ended since the last comment. */
const ended = (item: TrackedItem, today: PlainDate): string[] => restEnded(item, today).map((words) => `Its ${words}.`);

/** The same in few words: `snooze ended on Wed 2 Oct 2024`. */
export function restEnded({ snoozes, waiver, nudges }: TrackedItem, today: PlainDate): string[] {
  const last = nudges.at(-1)?.on ?? "";
  const isNews = (until: PlainDate | null | undefined): until is PlainDate => !!until && until > last && until <= today;
  const snooze = snoozes.at(-1)?.until;
  if (isNews(waiver?.until)) return [`waiver ended on ${day(waiver.until)}`];
  return isNews(snooze) ? [`snooze ended on ${day(snooze)}`] : [];
}

/** Why those are told of it whom the policy names: the fact alone, and what they could do. */
function escalated(input: NudgeInput): string[] {
  const { rung } = input;
  if (!rung) return [];
  const [amount, unit] = heightOf(rung.after);
  const height = unit === "days" ? `are ${count(amount, "day")} overdue` : `were moved ${count(amount, "time")}`;
  const people = list(calledOn(rung.to, input));
  return [
    `${people}, the policy names you for items that ${height}. What would help: more time, more hands, or dropping it?`,
    "",
  ];
}

/** For which incident it was promised. */
function source({ item, document, links }: NudgeInput): string {
  const { incident, title, path } = document;
  const facts = [
    ...(incident.severity ? [inertShort(incident.severity, 20)] : []),
    ...(incident.date ? [day(incident.date)] : []),
  ];
  const named = `[${inertShort(title ?? path, 50)}](${links.document(document, item.place.line)})`;
  return `It was promised after ${named}${facts.length > 0 ? ` (${facts.join(", ")})` : ""}.`;
}

/** One thing to do, what counts as an answer, and how to stop it. */
function ask(input: NudgeInput): string {
  const { document } = input;
  const stop = "To stop these: `/snooze 2 weeks` or `/waive reason`; all yours: `/mute 2 weeks`.";
  if (peopleIn(input).length === 0) {
    const asked = document.author
      ? `${calledOn([document.author], input, besideLeads(input)).join()}, as the author of the postmortem, could you find an owner?`
      : "Please assign an owner.";
    return `Nobody is assigned. ${asked} Done already? Close this issue. ${stop}`;
  }
  // Who else reads it need not be told how its owner answers; and a comment stays short.
  if (input.rung) return `Done? Close this issue. ${stop}`;
  if (isFamiliar(input))
    return `What is in the way? One line here helps. A new date (\`/due DATE reason\`) or assignee is as good. ${stop}`;
  return `Done? Close this issue. More time? \`/due DATE reason\`. Not yours? Assign its owner. A comment, or a commit or pull request naming this, is an answer. ${stop}`;
}

const soon = (due: PlainDate, days: number): string =>
  days === 0 ? `is due today, ${day(due)}` : `is due on ${day(due)}, in ${count(days, "day")}`;

/** The other items, each with a link to its issue, where it is answered for; and how much more there is. */
function listed({ others = [], more = 0, links, today }: NudgeInput): string[] {
  const isLate = (item: TrackedItem) => isOverdue(item, today);
  const rows = others.map((item) => {
    const { issue, base, due } = item;
    const title = inertShort(issue?.title ?? base.title, 80);
    const when = [...(due ? [day(due)] : []), ...restEnded(item, today)].join("; ");
    return `| ${issue ? `[${title}](${links.issue(issue.number)})` : title} | ${when} |`;
  });
  const words =
    others.length === 1
      ? `This one is ${others.every(isLate) ? "overdue" : "due"} too, and gets no comment of its own:`
      : `These are ${others.every(isLate) ? "overdue" : "due"} too, and get no comments of their own:`;
  return [
    ...(rows.length > 0 ? [words, "", "| Action item | Due |", "|---|---|", ...rows, ""] : []),
    ...(more > 0 ? [`${count(more, "more item")} will follow, the worst first.`, ""] : []),
  ];
}
