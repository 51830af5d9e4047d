/**
 * When the next overdue comment on an item is due: the day after its due date, then every so many days. An item that was
 * already past its date when its issue was opened gets a week first, and a moved date starts over. What left its document
 * is not asked about any more: whether it is still wanted is said once, on the issue and in the status comment. A snooze
 * or a waiver puts it off until its day; what was left alone (moving.ts) is looked at again as often.
 */
import { addDays, type PlainDate } from "../calendar.js";
import type { Policy } from "../policy/schema.js";
import type { TrackedItem } from "./types.js";

const GRACE_DAYS = 7;

/** The day of the next nudge, or null where none is coming (no date, closed, gone from its document, or nudges switched off). */
export function nextNudgeOn(
  item: Pick<TrackedItem, "due" | "issue" | "nudges" | "openedOn" | "leftOn" | "snoozes" | "waiver" | "spared">,
  policy: Pick<Policy, "nudges">,
): PlainDate | null {
  const { due, issue } = item;
  if (!due || !issue?.open || item.leftOn || !policy.nudges.enabled) return null;
  const { every } = policy.nudges;
  const lookedAgain = item.spared && addDays(item.spared.on, every);
  const days = [ordinaryNudge(item, due, every), item.snoozes.at(-1)?.until, item.waiver?.until, lookedAgain];
  return (
    days
      .flatMap((day) => day ?? [])
      .sort()
      .at(-1) ?? null
  );
}

function ordinaryNudge(
  { nudges, openedOn }: Pick<TrackedItem, "nudges" | "openedOn">,
  due: PlainDate,
  every: number,
): PlainDate {
  const last = nudges.filter((nudge) => nudge.on > due).at(-1);
  if (last) return addDays(last.on, every);
  const pastWhenOpened = openedOn !== null && due < openedOn;
  return pastWhenOpened && openedOn ? addDays(openedOn, GRACE_DAYS) : addDays(due, 1);
}

/** Names the comment of an item's nudge, for its intent. */
export const nudgeKey = ({ item, n }: { readonly item: string; readonly n: number }): string => `nudge:${item}:${n}`;

/** What {@link nudgeKey} made; null for the key of anything else. */
export function parseNudgeKey(key: string): { item: string; n: number } | null {
  const [, item, n] = /^nudge:([\w-]+):(\d+)$/.exec(key) ?? [];
  return item && n ? { item, n: Number(n) } : null;
}

/** The number of an item's next nudge. */
export const nextNumber = ({ nudges }: Pick<TrackedItem, "nudges">): number => (nudges.at(-1)?.n ?? 0) + 1;
