/** Whether all that a pull request's postmortems promised is closed, and how it went: what the closing line tells. */
import { addDays, daysBetween, type PlainDate } from "../calendar.js";
import { isOnTime } from "./figures/figures.js";
import { type Share, share } from "./figures/share.js";
import { stateOf, workClosedOn } from "./summary.js";
import type { TrackedItem } from "./types.js";

/** How it went, once all is closed. */
export interface Closed {
  /** The day on which the first issue was opened, and that on which the last was closed. */
  readonly from: PlainDate;
  readonly to: PlainDate;
  readonly days: number;
  /** Of those done that ever had a date: by the first one. */
  readonly onTime: Share;
}

/** The items that are not closed: their issue is open, or that which it is a duplicate of, or they wait for one. */
export const notClosed = (items: readonly TrackedItem[]): TrackedItem[] =>
  items.filter(({ issue, base, leftOn }) => {
    if (!issue) return !base.done && !base.dropped && leftOn === null;
    const goesOn = issue.duplicateOf;
    return issue.open || (goesOn?.kind === "issue" && goesOn.open);
  });

/** How it went; null while something is not closed, where no issue ever was, or nobody knows when. */
export function closedOf(items: readonly TrackedItem[], today: PlainDate): Closed | null {
  if (notClosed(items).length > 0) return null;
  const from = items.flatMap(({ openedOn }) => openedOn ?? []).sort()[0];
  const to = items
    .flatMap((item) => workClosedOn(item, today) ?? [])
    .sort()
    .at(-1);
  if (from === undefined || to === undefined) return null;
  const done = items.filter((item) => item.originalDue !== null && item.issue && stateOf(item, today) === "done");
  return { from, to, days: daysBetween(from, to), onTime: share(done, isOnTime) };
}

/** For so long it is news that all is closed. What was closed before the App told of it, say by an older version, nobody is told of. */
const NEWS_DAYS = 7;

export const isNews = ({ to }: Closed, today: PlainDate): boolean => to >= addDays(today, -NEWS_DAYS);
