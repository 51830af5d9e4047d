/** The sign and words of each state of an item: the same wherever people read of it. */

import type { PlainDate } from "../calendar.js";
import { closedState, type ItemState, isOverdue, progressOf, stateOf } from "../tracking/summary.js";
import type { Canonical, TrackedItem } from "../tracking/types.js";
import type { Links } from "./links.js";
import { markdownLine } from "./markdown.js";
import type { Line, Span } from "./message.js";
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

/** The state of the issue that a duplicate goes on in, behind its number. */
const GOES_ON: Readonly<Record<ItemState, string>> = {
  done: "done",
  open: "open",
  waiting: "open",
  left: "open",
  overdue: "overdue",
  snoozed: "snoozed",
  waived: "waived",
  dropped: "will not be done",
  "not-planned": "not planned",
  duplicate: "a duplicate too",
  gone: "gone",
};

/**
 * What stands behind an item's state where its issue is a duplicate: ` of [#12](…), overdue`, or where it counts as done ` in [#12](…)`; nothing where it is
 * none, or nobody says of what. `items`: those that may be the one it goes on in.
 */
export function duplicateLine(
  item: TrackedItem,
  { links, today, items }: { readonly links: Links; readonly today: PlainDate; readonly items: readonly TrackedItem[] },
): Line {
  const state = stateOf(item, today);
  if (state !== "duplicate" && state !== "done") return [];
  const canonical = canonicalOf(item);
  if (state === "done") return canonical?.kind === "issue" ? [" in ", canonicalSpan(canonical, links)] : [];
  if (canonical?.kind === "hidden") return [" of an issue that not everybody here can read"];
  if (canonical?.kind !== "issue") return [];
  const other = canonical.home === undefined && items.find(({ issue }) => issue?.number === canonical.number);
  const how = other ? GOES_ON[stateOf(other, today)] : seenWords(canonical, item, today);
  return [" of ", canonicalSpan(canonical, links), `, ${how}`];
}

/** {@link duplicateLine} as Markdown. */
export const duplicateWords = (...told: Parameters<typeof duplicateLine>): string =>
  markdownLine(duplicateLine(...told));

type Shown = Extract<Canonical, { kind: "issue" }>;

/** What the item goes on in; of one that was joined by command, that one. */
const canonicalOf = ({ issue, sameAs }: TrackedItem): Canonical | undefined =>
  issue?.duplicateOf ?? (sameAs && { kind: "issue", number: sameAs.issue, open: true, closedOn: null });

/** A mention of another repository's issue would leave a trace there. */
const canonicalSpan = ({ number, home }: Shown, links: Links): Span =>
  home === undefined
    ? { said: `#${number}`, most: 20, url: links.issue(number) }
    : { said: `${home}#${number}`, most: 150 };

/** {@link canonicalSpan} as Markdown. */
export const canonicalLink = (shown: Shown, links: Links): string => markdownLine([canonicalSpan(shown, links)]);

/** As GitHub showed it; overdue by the item's own date. */
function seenWords({ open, closedAs }: Shown, item: TrackedItem, today: PlainDate): string {
  if (open) return isOverdue(item, today) ? GOES_ON.overdue : GOES_ON.open;
  return GOES_ON[closedState(closedAs)];
}
