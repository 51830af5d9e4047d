/**
 * What a lead should know of a repository's action items each week, as pure figures and groups: what slipped, what is at risk, who needs help,
 * whether last week's dates held. Each open item stands in one group, the first that it belongs to. The words are `render/digest.ts`'s.
 */
import { addDays, daysBetween, type PlainDate } from "../calendar.js";
import type { Policy } from "../policy/schema.js";
import { type Briefing, briefingOf } from "./briefing.js";
import { urgencyOf } from "./due.js";
import { countedOnce } from "./figures/counted.js";
import { agesOf, isOnTime } from "./figures/figures.js";
import { type Share, share } from "./figures/share.js";
import { slipsSince } from "./figures/slips.js";
import { byRank } from "./order.js";
import { ledOf } from "./outcomes.js";
import { namedOwners, resolveOwners } from "./owners.js";
import { isOverdue, isWaived, overdueDays, snoozedUntil, stateOf, workClosedOn } from "./summary.js";
import type { TrackedDocument, TrackedItem } from "./types.js";

/** A repository on a day, in the policy's time zone. */
export interface Standing {
  /** Items with an open issue. */
  readonly open: readonly TrackedItem[];
  /** Items with an open issue whose postmortem is gone from the default branch; none of `open`. */
  readonly waiting?: readonly TrackedItem[];
  /** Items whose issue, or the one it is a duplicate of, was closed on or after {@link historyFrom} the day; others are left aside. */
  readonly closed: readonly TrackedItem[];
  /** The postmortems, by id: for the incident an item belongs to. */
  readonly documents: ReadonlyMap<string, TrackedDocument>;
  readonly policy: Pick<Policy, "due" | "owners">;
  readonly today: PlainDate;
}

/** Whose overdue items these are. */
export interface OwnersItems {
  /** A login, a team (`acme/payments`) that the document names where nobody is assigned, or null for nobody. */
  readonly owner: string | null;
  /** Worst first. */
  readonly items: readonly TrackedItem[];
}

export interface Digest {
  readonly figures: {
    readonly open: number;
    /** How many were open a week ago. */
    readonly openBefore: number;
    readonly opened: number;
    readonly overdue: number;
    readonly soon: number;
    /** Closed this week, whatever as; a duplicate with the issue that it goes on in. */
    readonly closed: number;
    /** Of the dates that fell into last week, as they stood when it began, how many there were and how many held. */
    readonly promises: Share;
    /** Of what was completed this quarter and had a date, how many by their first date. */
    readonly onTime: Share;
    /** Of the nudges of the last weeks, how many led to something. */
    readonly led: Share;
  };
  readonly briefing: Briefing<TrackedItem>;
  /** Worst owner first. */
  readonly overdue: readonly OwnersItems[];
  /** Put off this week and not overdue. */
  readonly moved: readonly TrackedItem[];
  readonly soon: readonly TrackedItem[];
  /** Without anybody assigned, or without a date. */
  readonly unready: readonly TrackedItem[];
  readonly snoozed: readonly TrackedItem[];
  readonly waived: readonly TrackedItem[];
  /** Those that left their postmortem, or whose postmortem is gone. */
  readonly waiting: readonly TrackedItem[];
  /** Open, and nothing to say of them. */
  readonly later: readonly TrackedItem[];
  /** Closed this week as a duplicate of an issue that is open, or is counted itself. */
  readonly duplicates: readonly TrackedItem[];
  readonly closed: readonly TrackedItem[];
}

const WEEK_DAYS = 7;
/** How far back opened and closed items are counted week by week. */
const WEEKS_SHOWN = 8;

/** From which day on closed items are asked for: the quarter, and the weeks that are shown. */
export const historyFrom = (today: PlainDate): PlainDate =>
  [quarterOf(today), addDays(today, -WEEK_DAYS * WEEKS_SHOWN)].sort()[0] ?? today;

/** The first day of the week that a digest tells of. */
export const weekBefore = (today: PlainDate): PlainDate => addDays(today, -WEEK_DAYS);

/** What was closed in that week. */
interface ClosedThisWeek {
  /** Whatever as, each piece of work once. */
  readonly closed: readonly TrackedItem[];
  /** Duplicates whose work is open in another issue, or counts there. */
  readonly duplicates: readonly TrackedItem[];
}

export function closedThisWeek(standing: Standing): ClosedThisWeek {
  const { closed: history, today } = standing;
  const weekAgo = weekBefore(today);
  const closed = worksClosed(standing).filter(({ on }) => on >= weekAgo);
  const counted = new Set(closed.map(({ item }) => item));
  return {
    closed: closed.map(({ item }) => item),
    duplicates: history.filter(
      (item) => stateOf(item, today) === "duplicate" && !counted.has(item) && (item.issue?.closedOn ?? "") >= weekAgo,
    ),
  };
}

/** What is closed, each piece of work once, and since when: a duplicate is closed with the issue that it goes on in. */
function worksClosed({ open, waiting = [], closed, today }: Standing): { item: TrackedItem; on: PlainDate }[] {
  const work = (item: TrackedItem) => ({ item, document: { removedOn: null }, repository: "", day: today });
  return countedOnce([...open, ...waiting, ...closed].map(work)).flatMap(({ item }) => {
    const on = workClosedOn(item, today);
    return on === null ? [] : [{ item, on }];
  });
}

export function digestOf(standing: Standing): Digest {
  const { closed: history, today } = standing;
  const open = standing.open.filter(({ leftOn }) => leftOn === null);
  // Whether it is still wanted is asked on its issue, and nowhere else.
  const waiting = [...(standing.waiting ?? []), ...standing.open.filter(({ leftOn }) => leftOn !== null)];
  const weekAgo = weekBefore(today);
  const { closed, duplicates } = closedThisWeek(standing);
  const groups = grouped(open, weekAgo, today);
  const openedSince = (item: TrackedItem) => (item.openedOn ?? "") >= weekAgo;
  const opened = [...open, ...waiting, ...closed, ...duplicates].filter(openedSince).length;
  return {
    figures: {
      open: open.length,
      openBefore: [...open, ...closed, ...duplicates].filter((item) => !openedSince(item)).length,
      opened,
      overdue: groups.overdue.length,
      soon: [...groups.soon, ...groups.moved].filter((item) => isSoon(item, today)).length,
      closed: closed.length,
      promises: promisesOf([...open, ...closed], weekAgo, today),
      onTime: onTimeOf(history, today),
      led: ledOf([...open, ...waiting, ...history], today),
    },
    ...groups,
    briefing: briefingOf(worstFirst(open, standing), today),
    overdue: byOwner(worstFirst(groups.overdue, standing), standing.policy),
    moved: worstFirst(groups.moved, standing),
    waiting,
    duplicates,
    closed,
  };
}

type Group = "waived" | "snoozed" | "overdue" | "moved" | "soon" | "unready" | "later";

/** An item is in the first group that it belongs to. */
const GROUPS: readonly (readonly [Group, (item: TrackedItem, weekAgo: PlainDate, today: PlainDate) => boolean])[] = [
  ["waived", (item, _, today) => isWaived(item, today)],
  ["snoozed", (item, _, today) => snoozedUntil(item, today) !== null],
  ["overdue", (item, _, today) => isOverdue(item, today)],
  ["moved", (item, weekAgo) => slipsSince(item, weekAgo).length > 0],
  ["soon", (item, _, today) => isSoon(item, today)],
  ["unready", (item) => item.issue?.assignees.length === 0 || item.due === null],
];

function grouped(open: readonly TrackedItem[], weekAgo: PlainDate, today: PlainDate): Record<Group, TrackedItem[]> {
  const groups: Record<Group, TrackedItem[]> = {
    waived: [],
    snoozed: [],
    overdue: [],
    moved: [],
    soon: [],
    unready: [],
    later: [],
  };
  for (const item of open) groups[GROUPS.find(([, holds]) => holds(item, weekAgo, today))?.[0] ?? "later"].push(item);
  return groups;
}

const isSoon = ({ due }: TrackedItem, today: PlainDate): boolean =>
  due !== null && due >= today && due < addDays(today, WEEK_DAYS);

/** The dates that fell into the week, as they stood at its beginning. What was given up for good is no broken promise. */
function promisesOf(items: readonly TrackedItem[], weekAgo: PlainDate, today: PlainDate): Share {
  let [of, count] = [0, 0];
  for (const item of items) {
    const due = item.slips.find(({ on }) => on >= weekAgo)?.from ?? item.due;
    const state = stateOf(item, today);
    if (due === null || due < weekAgo || due >= today || (item.openedOn ?? due) > due || isWaived(item, today))
      continue;
    if (!item.issue?.open && state !== "done") continue;
    of++;
    if (state === "done" && (item.issue?.closedOn ?? today) <= due) count++;
  }
  return { count, of };
}

/** Of what was completed this quarter, what had a date, and what was closed by the first it had. */
function onTimeOf(closed: readonly TrackedItem[], today: PlainDate): Share {
  const from = quarterOf(today);
  const dated = closed.filter(
    (item) => (item.issue?.closedOn ?? "") >= from && item.originalDue !== null && stateOf(item, today) === "done",
  );
  return share(dated, isOnTime);
}

/** The first day of the quarter a day is in. */
function quarterOf(day: PlainDate): PlainDate {
  const month = Number(day.slice(5, 7));
  return `${day.slice(0, 5)}${String(month - ((month - 1) % 3)).padStart(2, "0")}-01`;
}

/**
 * Each item once, with the first of its assignees, else the first team that its document names, since GitHub assigns no teams; owners in the order of
 * their worst item. `sorted`: worst first.
 */
function byOwner(sorted: readonly TrackedItem[], policy: Standing["policy"]): OwnersItems[] {
  const groups = new Map<string | null, TrackedItem[]>();
  for (const item of sorted) {
    const owner = item.issue?.assignees[0] ?? teamOf(item, policy);
    groups.set(owner, [...(groups.get(owner) ?? []), item]);
  }
  return [...groups].map(([owner, items]) => ({ owner, items }));
}

const teamOf = (item: TrackedItem, policy: Standing["policy"]): string | null =>
  resolveOwners({ owners: namedOwners(item, policy), mentions: item.base.mentions }, policy).teams[0] ?? null;

/** Whether an owner is a team: no login has a slash. */
export const isTeam = (owner: string): boolean => owner.includes("/");

/** In the order in which a lead looks: by the incident's severity, the item's priority, and how long it is overdue. */
const worstFirst = (items: readonly TrackedItem[], { documents, policy, today }: Standing): TrackedItem[] =>
  byRank(items, (item) => [...urgencyOf(item, documents.get(item.documentId), policy), -overdueDays(item, today)]);

/** How many items are open for up to 30, 90, 180 days, and longer. */
export const ages = (open: readonly TrackedItem[], today: PlainDate): number[] =>
  agesOf(open.map(({ openedOn }) => (openedOn === null ? 0 : daysBetween(openedOn, today))));

/** Opened and closed items in each of the last weeks, oldest first; each ends on the day of the week that `today` is. */
export function weeks(standing: Standing): { ends: PlainDate; opened: number; closed: number }[] {
  const { open, waiting = [], closed, today } = standing;
  const works = worksClosed(standing);
  return Array.from({ length: WEEKS_SHOWN }, (_, index) => {
    const ends = addDays(today, -WEEK_DAYS * (WEEKS_SHOWN - 1 - index));
    const within = (day: PlainDate | null | undefined) => !!day && day <= ends && day > addDays(ends, -WEEK_DAYS);
    return {
      ends,
      opened: [...open, ...waiting, ...closed].filter(({ openedOn }) => within(openedOn)).length,
      closed: works.filter(({ on }) => within(on)).length,
    };
  });
}
