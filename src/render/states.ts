/** The sign and words of each state of an item: the same wherever people read of it. */

import type { PlainDate } from "../calendar.js";
import { type ItemState, progressOf } from "../tracking/summary.js";
import type { TrackedItem } from "../tracking/types.js";
import { count } from "./words.js";

interface StateWords {
  /** As an item's state: `🔴 Overdue`. */
  readonly shown: string;
  /** Behind how many there are: `, 2 overdue`; null where the headline does not speak of them. */
  readonly counted: string | null;
}

/** In the order in which the headline counts them. */
export const STATES: Readonly<Record<ItemState, StateWords>> = {
  done: { shown: "✅ Done", counted: null },
  open: { shown: "⚪ Open", counted: null },
  waiting: { shown: "⏸️ No issue", counted: null },
  overdue: { shown: "🔴 Overdue", counted: "overdue" },
  snoozed: { shown: "💤 Snoozed", counted: "snoozed" },
  waived: { shown: "🚫 Waived", counted: "waived" },
  dropped: { shown: "🚫 Will not be done", counted: "will not be done" },
  "not-planned": { shown: "⛔ Not planned", counted: "not planned" },
  duplicate: { shown: "👯 Duplicate", counted: "closed as duplicate" },
  gone: { shown: "👻 Issue is gone", counted: "gone" },
  left: { shown: "➖ Not in the document any more", counted: "not in the document any more" },
};

/** `3 of 9 action items done, 1 overdue, 1 waived`. */
export function progressWords(items: readonly TrackedItem[], today: PlainDate): string {
  const { total, of } = progressOf(items, today);
  const others = (Object.keys(STATES) as ItemState[]).flatMap((state) => {
    const { counted } = STATES[state];
    return counted && of[state] ? [`, ${of[state]} ${counted}`] : [];
  });
  return `${of.done ?? 0} of ${count(total, "action item")} done${others.join("")}`;
}
