/** Figures that the status comment and the digest share: what state each item is in, and who should act. */
import { daysBetween, type PlainDate } from "../calendar.js";
import type { Closing, TrackedItem, TrackingIssue } from "./types.js";

/**
 * What became of an item:
 *
 * - `done`: ticked in the document, or its issue was closed as completed, which alone counts as done;
 * - `dropped`: the document gave it up; `waived`: a person did, by command;
 * - `not-planned`, `duplicate`: as what else its issue was closed, a duplicate also where the document says of the words that they are done; `gone`: its issue is in sight no more;
 * - `left`: it stands no longer in the document, and its issue is open;
 * - `snoozed`: open, and put off by command, whether its date has passed or not; `overdue`; `open`;
 * - `waiting`: it has no issue, since a guard holds it back, or the App could not open one yet.
 */
export type ItemState =
  | "done"
  | "dropped"
  | "waived"
  | "not-planned"
  | "duplicate"
  | "gone"
  | "left"
  | "snoozed"
  | "overdue"
  | "open"
  | "waiting";

const CLOSED_STATES: Readonly<Record<Closing, ItemState>> = {
  completed: "done",
  not_planned: "not-planned",
  duplicate: "duplicate",
  gone: "gone",
};

/** What became of an issue by what it is closed as; versions that did not ask took all for completed. */
export const closedState = (closedAs: Closing = "completed"): ItemState => CLOSED_STATES[closedAs];

/** The state of an item on a day, of which it has one. Everything that tells of states asks here. */
export function stateOf(item: TrackedItem, today: PlainDate): ItemState {
  const { base, issue, leftOn } = item;
  if (isWaived(item, today)) return "waived";
  // The work goes on elsewhere, and counts there.
  if (item.sameAs && issue && !issue.open) return CLOSED_STATES[issue.closedAs ?? "duplicate"];
  if (base.dropped && !issue?.open) return "dropped";
  if (base.done && !issue?.open) return "done";
  if (issue && !issue.open) return closedState(issue.closedAs);
  if (leftOn) return "left";
  if (!issue) return "waiting";
  if (snoozedUntil(item, today)) return "snoozed";
  return isOverdue(item, today) ? "overdue" : "open";
}

/**
 * The day on which the work of an item was closed, as known on a day: a duplicate closes with the issue that it goes on in
 * (docs/adr/0027). Null while either is open, and where the day is not known.
 */
export function workClosedOn(item: TrackedItem, day: PlainDate): PlainDate | null {
  const { issue } = item;
  if (!issue || issue.open) return null;
  const other = stateOf(item, day) === "duplicate" ? issue.duplicateOf : undefined;
  if (other?.kind === "issue" && other.open) return null;
  const closed = other === undefined ? issue.closedOn : lastClosing({ ...issue, duplicateOf: other });
  return closed !== null && closed > day ? null : closed;
}

/** The last day on which the issue, or the one that it goes on in, was closed; null where none is known. */
export function lastClosing({ closedOn, duplicateOf: other }: TrackingIssue): PlainDate | null {
  const elsewhere = other?.kind === "issue" && !other.open ? other.closedOn : null;
  return elsewhere !== null && (closedOn ?? elsewhere) <= elsewhere ? elsewhere : closedOn;
}

/** Whether something of the item is still to be done. */
export function isToDo(item: TrackedItem, today: PlainDate): boolean {
  switch (stateOf(item, today)) {
    case "open":
    case "overdue":
    case "snoozed":
    case "waiting":
      return true;
    case "done":
    case "dropped":
    case "waived":
    case "not-planned":
    case "duplicate":
    case "gone":
    case "left":
      return false;
  }
}

/** Whether a waiver holds: the issue closed by one for good, or left open by one whose day has not come. The document's tick is worth more. */
export function isWaived({ waiver, issue, base }: TrackedItem, today: PlainDate): boolean {
  if (!waiver || !issue || base.done) return false;
  return waiver.until === null ? !issue.open : issue.open && waiver.until > today;
}

/** The day up to which overdue comments are put off, where that is still to come; null otherwise. */
export function snoozedUntil({ snoozes }: Pick<TrackedItem, "snoozes">, today: PlainDate): PlainDate | null {
  const until = snoozes.at(-1)?.until;
  return until && until > today ? until : null;
}

/** Whether the item's due date has passed; the due day itself still counts as in time. */
export function isOverdue(item: Pick<TrackedItem, "due">, today: PlainDate): boolean {
  return item.due !== null && item.due < today;
}

/**
 * Whether the days since `last` made other words of an open item, with nobody doing anything: a snooze or a waiver ended, so that its issue
 * says so too (`ended`); its date passed (`overdue`); null where neither is so.
 */
export function changedByTime(item: TrackedItem, last: PlainDate, today: PlainDate): "ended" | "overdue" | null {
  const ends = [item.waiver?.until, item.snoozes.at(-1)?.until];
  if (ends.some((day) => day && day > last && day <= today)) return "ended";
  return isOverdue(item, today) && !isOverdue(item, last) ? "overdue" : null;
}

/** Days since the due date. */
export function overdueDays(item: Pick<TrackedItem, "due">, today: PlainDate): number {
  return item.due === null ? 0 : Math.max(0, daysBetween(item.due, today));
}

/** How many items there are, and how many of each state; states that no item has are left out. */
export interface Progress {
  readonly total: number;
  readonly of: Partial<Readonly<Record<ItemState, number>>>;
}

/** Progress over items. One that left its document stays in the count, so that nothing promised vanishes from it. */
export function progressOf(items: readonly TrackedItem[], today: PlainDate): Progress {
  const of: Partial<Record<ItemState, number>> = {};
  for (const item of items) {
    const state = stateOf(item, today);
    of[state] = (of[state] ?? 0) + 1;
  }
  return { total: items.length, of };
}
