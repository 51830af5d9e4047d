/**
 * What a lead asks on Monday, as facts: what slipped, what is at risk, who needs help. (Whether last week's dates held is among the digest's figures.) It is
 * told before the sections, of all that is open, whatever section it stands in.
 */
import { addDays, type PlainDate } from "../calendar.js";
import { slipsSince } from "./figures/slips.js";
import { isOverdue, isWaived, snoozedUntil } from "./summary.js";
import type { TrackedItem } from "./types.js";

/** Why something that is due within a week may not be done by then. */
export type Risk = "nobody" | "moved" | "blocked";

/** `T`: an item, or an item and where it is from. */
export interface Briefing<T> {
  /** Put off this week, and since when it is due now. */
  readonly slipped: readonly { readonly of: T; readonly to: PlainDate | null }[];
  /** Due within a week, and not likely to be done by then. */
  readonly atRisk: readonly { readonly of: T; readonly due: PlainDate; readonly why: Risk }[];
  /** How many overdue items each has, by the first of their assignees; most first. */
  readonly behind: readonly { readonly login: string; readonly overdue: number }[];
  /** How many items nobody has. */
  readonly nobodys: number;
}

const WEEK_DAYS = 7;

/** @param open what is open and wanted, worst first. */
export function briefingOf(open: readonly TrackedItem[], today: PlainDate): Briefing<TrackedItem> {
  const wanted = open.filter((item) => !isWaived(item, today));
  const asked = wanted.filter((item) => snoozedUntil(item, today) === null);
  return {
    slipped: wanted.flatMap((item) =>
      slipsSince(item, addDays(today, -WEEK_DAYS)).length > 0 ? [{ of: item, to: item.due }] : [],
    ),
    atRisk: asked.flatMap((item) => {
      const why = riskOf(item);
      const { due } = item;
      return why && due && due >= today && due < addDays(today, WEEK_DAYS) ? [{ of: item, due, why }] : [];
    }),
    behind: behindOf(asked.filter((item) => isOverdue(item, today))),
    nobodys: asked.filter(({ issue }) => issue?.assignees.length === 0).length,
  };
}

function riskOf({ issue, slips, slipsLeftOut }: TrackedItem): Risk | null {
  if (issue?.assignees.length === 0) return "nobody";
  if (issue?.blockedBy) return "blocked";
  return slips.length + slipsLeftOut > 0 ? "moved" : null;
}

function behindOf(overdue: readonly TrackedItem[]): { login: string; overdue: number }[] {
  const counts = new Map<string, number>();
  for (const { issue } of overdue) {
    const [login] = issue?.assignees ?? [];
    if (login !== undefined) counts.set(login, (counts.get(login) ?? 0) + 1);
  }
  return mostFirst([...counts].map(([login, overdue]) => ({ login, overdue })));
}

const mostFirst = <T extends { readonly overdue: number }>(all: readonly T[]): T[] =>
  [...all].sort((a, b) => b.overdue - a.overdue);

/** Several repositories' as one; those of each are worst first already, and `byRank` puts them in one order. */
export function together<T>(
  all: readonly Briefing<T>[],
  inOrder: <One extends { readonly of: T }>(ones: readonly One[]) => readonly One[],
): Briefing<T> {
  const counts = new Map<string, number>();
  for (const { login, overdue } of all.flatMap(({ behind }) => behind))
    counts.set(login, (counts.get(login) ?? 0) + overdue);
  return {
    slipped: inOrder(all.flatMap(({ slipped }) => slipped)),
    atRisk: inOrder(all.flatMap(({ atRisk }) => atRisk)),
    behind: mostFirst([...counts].map(([login, overdue]) => ({ login, overdue }))),
    nobodys: all.reduce((sum, { nobodys }) => sum + nobodys, 0),
  };
}
