/**
 * The overdue comment: all that one person has due, on the issue of the gravest.
 *
 *   @lisa, this action item was due on Wed 25 Sep 2024, 3 days ago.
 *
 *   2 more of yours are overdue:
 *
 *   | Action item | Due |
 *
 *   Done? Close this issue. Need more time? Comment `/due DATE reason`, or change the date in the [postmortem](…). Not now?
 *   `/snooze 2 weeks`. Not yours? Assign whoever should have it.
 */
import { daysBetween, type PlainDate } from "../calendar.js";
import { nextNumber } from "../tracking/nudging.js";
import { isOverdue } from "../tracking/summary.js";
import type { Nudge, TrackedDocument, TrackedItem } from "../tracking/types.js";
import { inertShort } from "./inert.js";
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
  /** Whom it notifies, for the marker: logins and teams in lower case. */
  readonly to?: readonly string[];
}

/** The comment's body. Mentions the assignees; else the owning teams; else the author of the postmortem, who can find an owner. */
export function renderNudge(input: NudgeInput): string {
  const { item, document, nudge, links, teams, today, others = [], to = [] } = input;
  const due = item.due ?? today;
  const assignees = item.issue?.assignees ?? [];
  const people = assignees.length > 0 ? assignees : teams;
  const greeting = people.length > 0 ? `${list(notified(people))}, this` : "This";
  const away = daysBetween(due, today);
  const when = away > 0 ? `was due on ${day(due)}, ${count(away, "day")} ago` : soon(due, -away);
  const source = `[postmortem](${links.document(document, item.place.line)})`;
  const slipped = item.slips.length > 0 && item.originalDue ? ` It was first due on ${day(item.originalDue)}.` : "";
  const ask =
    people.length > 0
      ? "Not yours? Assign whoever should have it."
      : `Nobody is assigned${document.author ? `; @${document.author}, as the author of the postmortem, could you find an owner?` : ": please assign an owner."}`;
  const also = others.map((other) => ({ item: other.id, n: nextNumber(other) }));
  return [
    `${greeting} action item ${when}.${slipped}`,
    "",
    ...listed(input),
    `Done? Close this issue. Need more time? Comment \`/due DATE reason\`, or change the date in the ${source}. Not now? \`/snooze 2 weeks\`. ${ask}`,
    "",
    nudgeMarker({ item: item.id, ...nudge, also, to }),
  ].join("\n");
}

const soon = (due: PlainDate, days: number): string =>
  days === 0 ? `is due today, ${day(due)}` : `is due on ${day(due)}, in ${count(days, "day")}`;

/** The other items, each with a link to its issue, where it is answered for; and how much more there is. */
function listed({ others = [], more = 0, links, today }: NudgeInput): string[] {
  const isLate = (item: TrackedItem) => isOverdue(item, today);
  const rows = others.map(({ issue, base, due }) => {
    const title = inertShort(issue?.title ?? base.title, 80);
    return `| ${issue ? `[${title}](${links.issue(issue.number)})` : title} | ${due ? day(due) : ""} |`;
  });
  const words =
    others.length === 1
      ? `This one is ${others.every(isLate) ? "overdue" : "due"} too, and gets no comment of its own:`
      : `These are ${others.every(isLate) ? "overdue" : "due"} too, and get no comments of their own:`;
  return [
    ...(rows.length > 0 ? [words, "", "| Action item | Due |", "|---|---|", ...rows, ""] : []),
    ...(more > 0 ? [`${count(more, "more item")} will be told another day; the gravest come first.`, ""] : []),
  ];
}
