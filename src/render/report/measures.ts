/** Every figure of a report with its name and meaning, once for all formats. Keys are a contract: they only grow. */
import { AGES, type Figures } from "../../tracking/figures/figures.js";
import type { Facet } from "../../tracking/figures/groups.js";
import type { Share, Spread } from "../../tracking/figures/share.js";

/** A number (null: there is nothing to tell it from), or so many of so many. */
export type Value = number | null | Share;

export interface Measure {
  readonly key: string;
  readonly label: string;
  /** What is counted, in one sentence. */
  readonly meaning: string;
  /** Stands in tables of groups, under this short head; left out: among all figures only. */
  readonly head?: string;
  /** `share`: what {@link Value} it is. */
  readonly kind: "count" | "days" | "share";
  readonly of: (figures: Figures) => Value;
}

const ageWords = (index: number): { key: string; words: string } => {
  const [from, to] = [index === 0 ? 0 : (AGES[index - 1] ?? 0) + 1, AGES[index]];
  return to === undefined
    ? { key: `openOver${from - 1}`, words: `over ${from - 1} days` }
    : { key: `open${from}To${to}`, words: `${from} to ${to} days` };
};

/** `0 to 30 days` … `over 180 days`. */
export const AGE_WORDS: readonly string[] = [...AGES, null].map((_, index) => ageWords(index).words);

const count = (measure: Omit<Measure, "kind" | "of"> & { of: (figures: Figures) => number }): Measure => ({
  ...measure,
  kind: "count",
});
const share = (measure: Omit<Measure, "kind" | "of"> & { of: (figures: Figures) => Share }): Measure => ({
  ...measure,
  kind: "share",
});

/** Two measures of one spread: the median, and the 90th percentile. */
function spread(
  key: string,
  label: string,
  head: string | null,
  meaning: string,
  of: (figures: Figures) => Spread | null,
): Measure[] {
  const usual = "half take no longer (the median)";
  const most = "nine in ten take no longer (the 90th percentile)";
  return [
    {
      key: `${key}Median`,
      label: `${label}, median`,
      meaning: `${meaning}: ${usual}.`,
      kind: "days",
      of: (figures) => of(figures)?.median ?? null,
      ...(head && { head }),
    },
    {
      key: `${key}P90`,
      label: `${label}, 90th percentile`,
      meaning: `${meaning}: ${most}.`,
      kind: "days",
      of: (figures) => of(figures)?.p90 ?? null,
      ...(head && { head: "9 in 10 within" }),
    },
  ];
}

export const MEASURES: readonly Measure[] = [
  count({
    key: "items",
    label: "Action items",
    head: "Items",
    meaning: "Items whose issue was open on any day of the period.",
    of: ({ items }) => items,
  }),
  count({ key: "opened", label: "Opened", meaning: "Of those, opened in the period.", of: ({ opened }) => opened }),
  share({
    key: "done",
    label: "Done",
    head: "Done",
    meaning: "Done at the end of the period, of all items.",
    of: ({ completed }) => completed,
  }),
  count({
    key: "givenUp",
    label: "Given up",
    head: "Given up",
    meaning: "Waived for good, dropped, closed as not planned, gone, or a duplicate of nothing that is open.",
    of: ({ givenUp }) => givenUp,
  }),
  count({
    key: "open",
    label: "Open",
    head: "Open",
    meaning: "Still owed at the end of the period.",
    of: ({ open }) => open,
  }),
  count({
    key: "overdue",
    label: "Overdue",
    head: "Overdue",
    meaning: "Of those, past their due date, and neither snoozed nor waived.",
    of: ({ overdue }) => overdue,
  }),
  ...[...AGES, null].map((_, index) =>
    count({
      key: ageWords(index).key,
      label: `Open, ${ageWords(index).words}`,
      meaning: `Still owed, ${ageWords(index).words} after they were opened.`,
      of: ({ openByAge }) => openByAge[index] ?? 0,
    }),
  ),
  share({
    key: "byFirstDate",
    label: "Done by the first date",
    head: "By first date",
    meaning: "Of those done in the period that ever had a due date, done by the first one.",
    of: ({ byFirstDate }) => byFirstDate,
  }),
  share({
    key: "byCurrentDate",
    label: "Done by the date that held",
    head: "By current date",
    meaning: "Of those done in the period that have a due date, done by the one that held last.",
    of: ({ byCurrentDate }) => byCurrentDate,
  }),
  share({
    key: "pastDate",
    label: "Due date broken",
    head: "Date broken",
    meaning:
      "Of the items with a due date that are done or still owed, done after it, or not done though it has passed.",
    of: ({ breaches }) => breaches.date,
  }),
  share({
    key: "ownerLate",
    label: "Owner found too late",
    meaning: "Without an owner for longer than the policy lets them, where it says so.",
    of: ({ breaches }) => breaches.owner,
  }),
  share({
    key: "ownerAtMerge",
    label: "Owner at the merge",
    meaning: "Of those opened in the period, whose postmortem named an owner when it was merged.",
    of: ({ atMerge }) => atMerge.owner,
  }),
  share({
    key: "dateAtMerge",
    label: "Date at the merge",
    meaning: "Of those opened in the period, whose postmortem stated a date or a time window when it was merged.",
    of: ({ atMerge }) => atMerge.date,
  }),
  share({
    key: "bothAtMerge",
    label: "Owner and date at the merge",
    meaning: "Of those opened in the period, whose postmortem said both when it was merged.",
    of: ({ atMerge }) => atMerge.both,
  }),
  share({
    key: "moved",
    label: "Put off",
    head: "Put off",
    meaning: "Items whose due date was moved to a later day, or taken away, in the period.",
    of: ({ slips }) => slips.items,
  }),
  count({
    key: "moves",
    label: "Moves",
    meaning: "How often due dates were moved to a later day, or taken away, in the period.",
    of: ({ slips }) => slips.moves,
  }),
  ...spread(
    "daysMoved",
    "Days put off",
    null,
    "Days that an item was put off in the period",
    ({ slips }) => slips.days,
  ),
  ...spread(
    "daysToClose",
    "Days to done",
    "Days to done",
    "Days from the opening to the closing of those done in the period",
    ({ daysToClose }) => daysToClose,
  ),
  count({
    key: "nudges",
    label: "Nudges",
    meaning: "Reminders about items in the period; one comment may remind of several items.",
    of: ({ nudges }) => nudges.sent,
  }),
  share({
    key: "nudgesLed",
    label: "Nudges that led to something",
    meaning:
      "Of the nudges that are more than a week old, those after which the item was closed, moved, put off or worked on within a week.",
    of: ({ nudges }) => nudges.led,
  }),
];

/** Those that stand in tables of groups. */
export const GROUP_MEASURES: readonly (Measure & { readonly head: string })[] = MEASURES.flatMap((measure) =>
  measure.head === undefined ? [] : [{ ...measure, head: measure.head }],
);

/** What a table of groups is called, and the group of those that have no such thing. */
export const FACET_WORDS: Readonly<Record<Facet, { readonly title: string; readonly none: string }>> = {
  severity: { title: "Severity", none: "No severity" },
  priority: { title: "Priority", none: "No priority" },
  service: { title: "Service", none: "No service" },
  team: { title: "Team", none: "No team" },
  owner: { title: "Owner", none: "Nobody assigned" },
  type: { title: "Type of work", none: "Not stated" },
  month: { title: "Month opened", none: "Not known" },
  repository: { title: "Repository", none: "Not known" },
};

/** The name of a group, in words where it has none. */
export const groupName = (facet: Facet, name: string | null): string => name ?? FACET_WORDS[facet].none;

export const isShare = (value: Value): value is Share => typeof value === "object" && value !== null;

/** `9 of 12 (75%)`, `14`; `–` where there is nothing to tell it from. */
export function valueWords(value: Value): string {
  if (value === null) return "–";
  if (!isShare(value)) return String(value);
  return value.of === 0 ? "–" : `${value.count} of ${value.of} (${percentOf(value)}%)`;
}

/** The same in few letters: `9/12`. */
export function valueShort(value: Value): string {
  return isShare(value) && value.of > 0 ? `${value.count}/${value.of}` : valueWords(value);
}

/** In whole percent, never 100 where one is missing, nor 0 where there is one. */
export function percentOf({ count, of }: Share): number {
  if (of === 0) return 0;
  const percent = Math.round((100 * count) / of);
  return count === of ? 100 : Math.min(99, count === 0 ? 0 : Math.max(1, percent));
}
