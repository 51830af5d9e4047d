/**
 * The time that a policy gives for finding an owner (`due.owner_within`), counted from the day the issue was opened. It is kept by whoever has the
 * item in it for the first time; that they are gone later is another matter, of which the weekly question tells.
 */
import { addDays, type PlainDate } from "../calendar.js";
import { daysAfter } from "../policy/business-days.js";
import type { Policy } from "../policy/schema.js";
import { resolveOwners } from "./owners.js";
import { isWaived } from "./summary.js";
import type { TrackedItem } from "./types.js";

type OwnerPolicy = Pick<Policy, "due" | "calendar" | "owners">;

/** The last day on which finding an owner is in time; null where the policy asks for none, or there is no issue. */
function wantedBy({ openedOn, issue }: TrackedItem, policy: OwnerPolicy): PlainDate | null {
  const within = policy.due.owner_within;
  return within === null || openedOn === null || issue === null ? null : daysAfter(openedOn, within, policy);
}

/** Whether somebody has the item, or is known to have had it. */
function wasFound({ issue, written, base }: TrackedItem, policy: OwnerPolicy): boolean {
  const assigned = [...(issue?.assignees ?? []), ...(written?.assignees ?? [])];
  return assigned.length > 0 || resolveOwners(base, policy).teams.length > 0;
}

/** The first day too late for an owner, where nobody had the item until it was over: closed, or gone from its document. A waiver puts it off. */
function missedOn(item: TrackedItem, policy: OwnerPolicy): PlainDate | null {
  const by = wantedBy(item, policy);
  if (by === null || item.ownerMissed !== undefined || wasFound(item, policy)) return null;
  const { issue, leftOn, waiver } = item;
  const late = [addDays(by, 1), ...(waiver?.until ? [waiver.until] : [])].sort().at(-1) ?? by;
  const isOver = [leftOn, issue?.open ? null : (issue?.closedOn ?? by)].some((day) => day !== null && day < late);
  return isOver ? null : late;
}

/** Whether the days since `last` made an item late for its first owner. */
export function becameOwnerless(item: TrackedItem, policy: OwnerPolicy, last: PlainDate, today: PlainDate): boolean {
  const on = missedOn(item, policy);
  return on !== null && on > last && on <= today;
}

/** The item with what is known of its first owner now: too late, or in time and gone since. `before`: as it was last seen. */
export function withOwnerMissed(
  item: TrackedItem,
  before: TrackedItem,
  policy: OwnerPolicy,
  today: PlainDate,
): TrackedItem {
  if (wantedBy(item, policy) === null || item.ownerMissed !== undefined || wasFound(item, policy)) return item;
  // Nothing else will tell, once they are gone, that somebody was there.
  if (wasFound(before, policy)) return { ...item, ownerMissed: null };
  const on = missedOn(item, policy);
  return on === null || on > today || isWaived(item, today) ? item : { ...item, ownerMissed: on };
}

/**
 * Whether an item was without an owner for longer than the policy lets it, as far as it is known on a day, and the last day that was in time;
 * null where the policy asks for none, and while there is time left.
 */
export function ownerLateOn(
  item: TrackedItem,
  policy: OwnerPolicy,
  today: PlainDate,
): { readonly late: boolean; readonly by: PlainDate } | null {
  const by = wantedBy(item, policy);
  if (by === null) return null;
  if (item.ownerMissed) return { late: true, by: addDays(item.ownerMissed, -1) };
  if (item.ownerMissed === undefined && !wasFound(item, policy) && isWaived(item, today)) return null;
  const on = missedOn(item, policy);
  if (on === null) return by < today ? { late: false, by } : null;
  return on <= today ? { late: true, by: addDays(on, -1) } : null;
}

/** Since when nobody has an item that was late for its first owner, and by when one was wanted; null where somebody has it by now, or need not. */
export function withoutOwnerSince(
  item: TrackedItem,
): { readonly since: PlainDate; readonly wantedBy: PlainDate } | null {
  const { issue, openedOn, ownerMissed, leftOn } = item;
  const isNobodys = issue?.open && issue.assignees.length === 0 && leftOn === null;
  return isNobodys && ownerMissed && openedOn ? { since: openedOn, wantedBy: addDays(ownerMissed, -1) } : null;
}
