/** Moves of due dates: which put the work off, how far, and by whom. */
import { daysBetween, type PlainDate } from "../../calendar.js";
import type { Slip, TrackedItem } from "../types.js";
import { type Counted, isSince } from "./counted.js";
import { type Share, type Spread, share, spread } from "./share.js";

/** The item's moves to a later day, or to none, on or after a day; all of them for null. */
export const slipsSince = ({ slips }: Pick<TrackedItem, "slips">, since: PlainDate | null): Slip[] =>
  slips.filter(({ on, from, to }) => isSince(on, since) && from !== null && (to === null || to > from));

/** Who put work off; `by`: a login, or null where the document moved the date. */
export interface Mover {
  readonly by: string | null;
  readonly moves: number;
  /** Days put off in all; moves to no date add none. */
  readonly days: number;
}

export interface Slips {
  /** Items that were put off, of all. */
  readonly items: Share;
  readonly moves: number;
  /** Days that one item was put off in all, over the items that were. */
  readonly days: Spread | null;
  /** Most moves first. */
  readonly by: readonly Mover[];
}

export function slipsOf(counted: readonly Counted[], since: PlainDate | null): Slips {
  const moved = counted.map(({ item }) => ({ item, slips: slipsSince(item, since) }));
  const put = moved.filter(({ slips }) => slips.length > 0);
  return {
    items: share(moved, ({ slips }) => slips.length > 0),
    moves: put.reduce((sum, { item, slips }) => sum + slips.length + leftOut(item, since), 0),
    days: spread(put.map(({ slips }) => slips.reduce((sum, slip) => sum + daysOf(slip), 0))),
    by: moversOf(put.flatMap(({ slips }) => slips)),
  };
}

const daysOf = ({ from, to }: Slip): number => (from === null || to === null ? 0 : daysBetween(from, to));

/** Moves that are only counted are of the period where the one before them is. */
const leftOut = ({ slips, slipsLeftOut }: TrackedItem, since: PlainDate | null): number =>
  isSince(slips[0]?.on ?? null, since) ? slipsLeftOut : 0;

function moversOf(slips: readonly Slip[]): Mover[] {
  const movers = new Map<string | null, Mover>();
  for (const slip of slips) {
    const { moves, days } = movers.get(slip.by) ?? { moves: 0, days: 0 };
    movers.set(slip.by, { by: slip.by, moves: moves + 1, days: days + daysOf(slip) });
  }
  return [...movers.values()].sort((a, b) => b.moves - a.moves || b.days - a.days);
}
