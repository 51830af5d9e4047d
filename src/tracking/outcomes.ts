/**
 * What came of a nudge within a week, from what GitHub shows: the item was closed, its date moved, it was put off, it found an owner, a pull request or
 * commit named it, its owner wrote something, or nothing. The first three follow from the item itself. The others are kept (`answers`): an owner as soon as
 * there is one, what the timeline shows when it is next looked at.
 */
import { addDays, type PlainDate } from "../calendar.js";
import { type Share, share } from "./figures/share.js";
import type { Move } from "./moving.js";
import type { Answer, Nudge, TrackedItem } from "./types.js";

export type Outcome = "closed" | "moved" | "snoozed" | Answer["how"] | "nothing";

/** Every outcome there is, in the order in which one is told before another. */
export const OUTCOMES = [
  "closed",
  "moved",
  "snoozed",
  "assigned",
  "linked",
  "commented",
  "nothing",
] as const satisfies Outcome[];

/** So long an answer is taken for one to the nudge. */
const ANSWER_DAYS = 7;
/** How far back the share of those that led to something is told: four weeks of which every one was answered or not. */
const SHARE_DAYS = 28;
/** Far more than one a week in a year; of more, the newest. */
const MOST_ANSWERS = 60;

type Told = Pick<TrackedItem, "issue" | "slips" | "snoozes" | "waiver" | "answers">;

const isWithin = (day: PlainDate | null | undefined, { on }: Nudge): boolean =>
  !!day && day >= on && day <= addDays(on, ANSWER_DAYS);

/** What came of a nudge of the item; null while that is open: the week is not over, and nothing came yet. */
export function outcomeOf(item: Told, nudge: Nudge, today: PlainDate): Outcome | null {
  const { issue, slips, snoozes, waiver, answers = [] } = item;
  if (isWithin(issue?.closedOn, nudge)) return "closed";
  if (slips.some(({ on }) => isWithin(on, nudge))) return "moved";
  if ([...snoozes, ...(waiver ? [waiver] : [])].some(({ on }) => isWithin(on, nudge))) return "snoozed";
  const answer = answers.find(({ n }) => n === nudge.n);
  if (answer) return answer.how;
  return today > addDays(nudge.on, ANSWER_DAYS) ? "nothing" : null;
}

/**
 * The item with what its timeline shows to be an answer to one of its nudges.
 * @param people whom a nudge asks, in lower case: a word counts where it is theirs, work whoever does it.
 */
export function withAnswers(item: TrackedItem, moves: readonly Move[], people: readonly string[]): TrackedItem {
  const known = item.answers ?? [];
  const found = item.nudges.flatMap((nudge): Answer[] => {
    if (known.some(({ n }) => n === nudge.n)) return [];
    const since = moves.filter(({ on }) => isWithin(on, nudge));
    if (since.some(({ kind }) => kind !== "comment")) return [{ n: nudge.n, how: "linked" }];
    const said = since.some(({ by }) => by !== null && people.includes(by));
    return said ? [{ n: nudge.n, how: "commented" }] : [];
  });
  return found.length === 0 ? item : { ...item, answers: [...known, ...found].slice(-MOST_ANSWERS) };
}

/** The item with its first owner as an answer to the nudge before, where nobody had it until now. `before`: as it was last seen. */
export function withOwnerFound(item: TrackedItem, before: TrackedItem, today: PlainDate): TrackedItem {
  const wasNobodys = before.issue?.assignees.length === 0;
  const nudge = item.nudges.at(-1);
  const known = item.answers ?? [];
  if (!wasNobodys || !item.issue?.assignees.length || !nudge || !isWithin(today, nudge)) return item;
  if (known.some(({ n }) => n === nudge.n)) return item;
  return { ...item, answers: [...known, { n: nudge.n, how: "assigned" as const }].slice(-MOST_ANSWERS) };
}

/** What came of a nudge whose week of answers is over; null before, as until then only those that were answered would count. */
export const lastOutcomeOf = (item: Told, nudge: Nudge, today: PlainDate): Outcome | null =>
  today > addDays(nudge.on, ANSWER_DAYS) ? outcomeOf(item, nudge, today) : null;

/** Whether a nudge led to something; null while its week of answers is not over. */
export function hasLed(item: Told, nudge: Nudge, today: PlainDate): boolean | null {
  const outcome = lastOutcomeOf(item, nudge, today);
  return outcome && outcome !== "nothing";
}

/** Of the nudges of four weeks whose week of answers is over, how many led to something. */
export function ledOf(items: readonly TrackedItem[], today: PlainDate): Share {
  const since = addDays(today, -SHARE_DAYS - ANSWER_DAYS);
  const led = items.flatMap((item) =>
    item.nudges.filter(({ on }) => on >= since).flatMap((nudge) => hasLed(item, nudge, today) ?? []),
  );
  return share(led, (has) => has);
}
