/**
 * An item as it stood on an earlier day, told from what it keeps of its past: when it was opened and closed, and each move, snooze, waiver
 * and nudge with its day. What keeps no past (title, owners, priority, where the date came from) is as it is now; of an item that was
 * closed and reopened, only the last closing is known.
 */
import type { PlainDate } from "../../calendar.js";
import type { TrackedItem, TrackingIssue } from "../types.js";

/** The item as it stood at the end of a day; null where its issue was not open yet. */
export function asOf(item: TrackedItem, day: PlainDate): TrackedItem | null {
  if (item.openedOn === null || item.openedOn > day) return null;
  const { ownerMissed, ...others } = item;
  const { issue, slips, slipsLeftOut, waiver, leftOn } = item;
  const known = upTo(slips, day);
  const moved = slips[known.length];
  return {
    ...others,
    ...(ownerMissed !== undefined && (ownerMissed ?? day) <= day && { ownerMissed }),
    issue: issue && issueAsOf(issue, day),
    due: moved ? moved.from : item.due,
    slips: known,
    // Moves that were left out lie between the first that was kept and the second.
    slipsLeftOut: known.length > 1 ? slipsLeftOut : 0,
    snoozes: upTo(item.snoozes, day),
    nudges: upTo(item.nudges, day),
    waiver: waiver && waiver.on <= day ? waiver : null,
    leftOn: leftOn !== null && leftOn <= day ? leftOn : null,
  };
}

function issueAsOf(issue: TrackingIssue, day: PlainDate): TrackingIssue {
  if (issue.open || issue.closedOn === null || issue.closedOn <= day) return issue;
  const { closedAs: _, ...open } = issue;
  return { ...open, open: true, closedOn: null };
}

/** `all`: oldest first. */
const upTo = <T extends { readonly on: PlainDate }>(all: readonly T[], day: PlainDate): readonly T[] =>
  all.filter(({ on }) => on <= day);
