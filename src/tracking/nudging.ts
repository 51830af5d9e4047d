/**
 * When the next overdue comment on an item is due: the day after its due date, then every so many days (by priority, by severity, slower
 * after a month), as the policy has it; and a reminder before the date, where it asks for one. An item that was
 * already past its date when its issue was opened gets a week first, and a moved date starts over. What left its document
 * is not asked about any more: whether it is still wanted is said once, on the issue and in the status comment. A snooze
 * or a waiver puts it off until its day; what was left alone (moving.ts) is looked at again as often. A day off moves it to the next
 * business day.
 */
import { addDays, daysBetween, type PlainDate } from "../calendar.js";
import { businessDayFrom } from "../policy/business-days.js";
import type { Policy } from "../policy/schema.js";
import { daysFor } from "./due.js";
import { nextRung } from "./escalation.js";
import type { TrackedItem } from "./types.js";

const GRACE_DAYS = 7;
/** What lacks an owner or a date is asked about so often, on its postmortem's pull request. */
export const ASK_DAYS = 7;
/** Once an item has been overdue for so long, it is asked about less often. */
const LONG_OVERDUE_DAYS = 30;

type Nudged = Pick<
  TrackedItem,
  | "base"
  | "due"
  | "issue"
  | "nudges"
  | "openedOn"
  | "leftOn"
  | "slips"
  | "slipsLeftOut"
  | "snoozes"
  | "waiver"
  | "spared"
>;

/**
 * The day of the next nudge, or null where none is coming (no date, closed, gone from its document, or nudges switched off).
 * `severity`: the incident's; left out where it is not at hand, and then it is the earliest day that any severity asks for.
 */
export function nextNudgeOn(
  item: Nudged,
  policy: Pick<Policy, "nudges" | "calendar" | "escalation">,
  severity?: string | null,
): PlainDate | null {
  const { due, issue } = item;
  if (!due || !issue?.open || item.leftOn || !policy.nudges.enabled) return null;
  const lookedAgain = item.spared && addDays(item.spared.on, daysBetweenNudges(item, policy, severity, item.spared.on));
  const days = [
    [ordinaryNudge(item, due, policy, severity), ...rungDay(item, policy)].sort()[0],
    item.snoozes.at(-1)?.until,
    item.waiver?.until,
    lookedAgain,
  ];
  const last = days
    .flatMap((day) => day ?? [])
    .sort()
    .at(-1);
  return last === undefined ? null : businessDayFrom(last, policy);
}

/** Whether nobody is assigned to an item's issue, and no team owns it. */
export const hasNobody = ({ issue }: Pick<TrackedItem, "issue">, teams: readonly string[]): boolean =>
  issue?.assignees.length === 0 && teams.length === 0;

/** Whether it lacks an owner or a date. */
export const isLacking = (item: Pick<TrackedItem, "issue" | "due">, teams: readonly string[]): boolean =>
  hasNobody(item, teams) || item.due === null;

/**
 * The day on which the author of the postmortem is next asked for an owner or a date of an item that lacks one: a week after its issue was opened, or
 * the day after its due date where that is sooner; then weekly.
 */
export function nextAskOn(item: Nudged, policy: Pick<Policy, "nudges" | "calendar">): PlainDate | null {
  const { due, issue, openedOn, nudges } = item;
  if (!issue?.open || item.leftOn || !policy.nudges.enabled) return null;
  const asked = nudges.filter(({ ask }) => ask).at(-1)?.on;
  const [first] = [
    ...(openedOn === null ? [] : [addDays(openedOn, GRACE_DAYS)]),
    ...(due === null || (openedOn !== null && due < openedOn) ? [] : [addDays(due, 1)]),
  ].sort();
  const on = asked ? addDays(asked, ASK_DAYS) : first;
  if (on === undefined) return null;
  const rests = [item.snoozes.at(-1)?.until, item.waiver?.until, item.spared && addDays(item.spared.on, ASK_DAYS)];
  const last = [on, ...rests.flatMap((day) => day ?? [])].sort().at(-1) ?? on;
  return businessDayFrom(last, policy);
}

/** The day on which a rung of the escalation ladder brings the next nudge forward, never two on one day. */
function rungDay(item: Nudged, policy: Pick<Policy, "escalation">): PlainDate[] {
  const rung = nextRung(item, policy);
  const last = item.nudges.at(-1)?.on;
  return rung ? [rung.on, ...(last ? [addDays(last, 1)] : [])].sort().slice(-1) : [];
}

function ordinaryNudge(
  item: Nudged,
  due: PlainDate,
  policy: Pick<Policy, "nudges">,
  severity: string | null | undefined,
): PlainDate {
  const { nudges, openedOn } = item;
  const last = nudges.filter((nudge) => nudge.on > due).at(-1);
  if (last) return addDays(last.on, daysBetweenNudges(item, policy, severity, last.on));
  if (openedOn !== null && due < openedOn) return addDays(openedOn, GRACE_DAYS);
  return reminderOn(item, due, policy) ?? addDays(due, 1);
}

/** The day of the reminder before the due date; null where there is none, it was made, or the issue is younger. */
function reminderOn({ nudges, openedOn }: Nudged, due: PlainDate, policy: Pick<Policy, "nudges">): PlainDate | null {
  const { before } = policy.nudges;
  if (before === null) return null;
  const day = addDays(due, -before);
  const isYoung = openedOn !== null && openedOn >= day;
  return isYoung || nudges.some(({ on }) => on >= day && on <= due) ? null : day;
}

/** Days to the next nudge from one made on a day. */
function daysBetweenNudges(
  { base, due }: Nudged,
  { nudges }: Pick<Policy, "nudges">,
  severity: string | null | undefined,
  on: PlainDate,
): number {
  const bySeverity =
    severity === undefined
      ? Math.min(nudges.every, ...Object.values(nudges.by_severity))
      : (daysFor(nudges.by_severity, severity) ?? nudges.every);
  const days = daysFor(nudges.by_priority, base.priority) ?? bySeverity;
  const isLong = due !== null && daysBetween(due, on) >= LONG_OVERDUE_DAYS;
  return isLong ? Math.max(days, nudges.later) : days;
}

/** An item's nudge, by its number; `ask`: it stands on the pull request. */
interface Named {
  readonly item: string;
  readonly n: number;
  readonly ask?: true;
}

/** Names the comment of an item's nudge, for its intent. */
export const nudgeKey = ({ item, n, ask }: Named): string => `${ask ? "ask" : "nudge"}:${item}:${n}`;

/** What {@link nudgeKey} made; null for the key of anything else. */
export function parseNudgeKey(key: string): Named | null {
  const [, kind, item, n] = /^(nudge|ask):([\w-]+):(\d+)$/.exec(key) ?? [];
  return item && n ? { item, n: Number(n), ...(kind === "ask" && { ask: true }) } : null;
}

/** The number of an item's next nudge. */
export const nextNumber = ({ nudges }: Pick<TrackedItem, "nudges">): number => (nudges.at(-1)?.n ?? 0) + 1;

/** How often an item's nudges reached any of these people, logins or teams in any letter case; one of which that is not known counts. */
export function timesTold({ nudges }: Pick<TrackedItem, "nudges">, people: readonly string[]): number {
  const wanted = new Set(people.map((person) => person.toLowerCase()));
  return nudges.filter(({ to }) => to === undefined || to.some((person) => wanted.has(person))).length;
}
