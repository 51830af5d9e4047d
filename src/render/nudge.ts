/**
 * The overdue comment:
 *
 *   @lisa, this action item was due on Wed 25 Sep 2024, 3 days ago.
 *
 *   Done? Close this issue. Need more time? Comment `/due DATE reason`, or change the date in the [postmortem](…). Not now?
 *   `/snooze 2 weeks`. Not yours? Assign whoever should have it.
 */
import { daysBetween, type PlainDate } from "../calendar.js";
import type { Nudge, TrackedDocument, TrackedItem } from "../tracking/types.js";
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
}

/** The comment's body. Mentions the assignees; else the owning teams; else the author of the postmortem, who can find an owner. */
export function renderNudge({ item, document, nudge, links, teams, today }: NudgeInput): string {
  const due = item.due ?? today;
  const assignees = item.issue?.assignees ?? [];
  const people = assignees.length > 0 ? assignees : teams;
  const greeting = people.length > 0 ? `${list(notified(people))}, this` : "This";
  const ago = count(daysBetween(due, today), "day");
  const source = `[postmortem](${links.document(document, item.place.line)})`;
  const slipped = item.slips.length > 0 && item.originalDue ? ` It was first due on ${day(item.originalDue)}.` : "";
  const ask =
    people.length > 0
      ? "Not yours? Assign whoever should have it."
      : `Nobody is assigned${document.author ? `; @${document.author}, as the author of the postmortem, could you find an owner?` : ": please assign an owner."}`;
  return [
    `${greeting} action item was due on ${day(due)}, ${ago} ago.${slipped}`,
    "",
    `Done? Close this issue. Need more time? Comment \`/due DATE reason\`, or change the date in the ${source}. Not now? \`/snooze 2 weeks\`. ${ask}`,
    "",
    nudgeMarker(item.id, nudge),
  ].join("\n");
}
