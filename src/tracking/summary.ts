/** Figures that the status comment and the digest share: what state each item is in, and who should act. */
import { daysBetween, type PlainDate } from "../calendar.js";
import type { TrackedItem } from "./types.js";

export type ItemState = "done" | "dropped" | "waived" | "overdue" | "open" | "left" | "waiting";

/**
 * The state of an item on a day: `done` (ticked, or its issue closed), `dropped` (the document gave it up, and no issue is open),
 * `waived`, `left` (no longer in the document, issue
 * still open), `overdue` (snoozed or not), `open`, or `waiting` (it has no issue: a guard holds it back, or the App could not
 * open one yet).
 */
export function stateOf(item: TrackedItem, today: PlainDate): ItemState {
  if (isWaived(item, today)) return "waived";
  if (item.base.dropped && !item.issue?.open) return "dropped";
  if (item.issue ? !item.issue.open : item.base.done) return "done";
  if (item.leftOn) return "left";
  if (!item.issue) return "waiting";
  return isOverdue(item, today) ? "overdue" : "open";
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

/** Days since the due date. */
export function overdueDays(item: Pick<TrackedItem, "due">, today: PlainDate): number {
  return item.due === null ? 0 : Math.max(0, daysBetween(item.due, today));
}

export interface Progress {
  readonly total: number;
  readonly done: number;
  readonly overdue: number;
  readonly waived: number;
  readonly dropped: number;
}

/** Progress over items; those that left their document without being done do not count. */
export function progressOf(items: readonly TrackedItem[], today: PlainDate): Progress {
  const states = items.map((item) => stateOf(item, today)).filter((state) => state !== "left");
  const count = (wanted: ItemState) => states.filter((state) => state === wanted).length;
  return {
    total: states.length,
    done: count("done"),
    overdue: count("overdue"),
    waived: count("waived"),
    dropped: count("dropped"),
  };
}
