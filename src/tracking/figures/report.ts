/** What a report of a period tells, as data: the figures of all items and of groups of them, how it went by month, and what is overdue. */
import { byRank } from "../order.js";
import { overdueDays } from "../summary.js";
import type { Visibility } from "../types.js";
import { type Counted, countedOnce, countedState, inPeriod, type Period } from "./counted.js";
import { type Figures, figuresOf } from "./figures.js";
import { type Facet, type Group, groupsOf } from "./groups.js";
import { type Month, monthsOf } from "./months.js";

/** What was asked for. */
export interface Asked extends Period {
  /** An organisation, a repository, or all there are, in words. */
  readonly of: string;
  /** The repositories looked at, `acme/shop`, and who reads each. */
  readonly repositories: readonly { readonly name: string; readonly visibility: Visibility }[];
  readonly facets: readonly Facet[];
}

export interface Report extends Asked {
  readonly total: Figures;
  readonly months: readonly Month[];
  readonly by: readonly { readonly facet: Facet; readonly groups: readonly Group[] }[];
  /** Worst first. */
  readonly overdue: readonly Counted[];
}

/** The report on everything that is counted; no day in it is later than the period's last. */
export function reportOf(all: readonly Counted[], asked: Asked): Report {
  const counted = countedOnce(inPeriod(all, asked));
  return {
    ...asked,
    total: figuresOf(counted, asked),
    months: monthsOf(counted, asked),
    by: asked.facets.map((facet) => ({ facet, groups: groupsOf(counted, facet, asked) })),
    overdue: worstFirst(counted.filter((one) => countedState(one) === "overdue")),
  };
}

const worstFirst = (counted: readonly Counted[]): Counted[] =>
  byRank(counted, ({ item, urgency, day }) => [...urgency, -overdueDays(item, day)]);
