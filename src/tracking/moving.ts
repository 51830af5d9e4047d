/**
 * Left alone: an item that moves is not nudged, since a nudge then only annoys. What counts as a move is what GitHub shows of it: an open
 * issue that blocks it, an open pull request that names it, a commit or a comment of those who would be asked. Left alone is
 * not forgotten: what moves for a month without closing is asked about again.
 */
import { addDays, daysBetween, type PlainDate } from "../calendar.js";
import type { Spared, TrackedItem } from "./types.js";

/** So long something may move before it is asked about again. */
const MOVES_FOR_DAYS = 30;

/** What somebody did about an item's issue. */
export interface Move {
  readonly kind: "comment" | "commit" | "pull";
  /** A login in lower case; null where it is not known. */
  readonly by: string | null;
  readonly on: PlainDate;
  /** Whether it is a pull request that is open. */
  readonly open: boolean;
}

export interface MovingInput {
  readonly item: Pick<TrackedItem, "issue" | "nudges" | "due" | "openedOn" | "snoozes" | "waiver">;
  /** Whether it is asked about for what it lacks, which is no matter of its due date. */
  readonly isLacking?: boolean;
  /** Null where GitHub refused to tell, which is not to say that there are none. */
  readonly moves: readonly Move[] | null;
  /** Whom a nudge would ask, in lower case. */
  readonly people: readonly string[];
  /** Days between two nudges: before the first one, a move of so many days before the due date counts too. */
  readonly every: number;
  readonly today: PlainDate;
}

/** Why the item is left alone today; null where it is to be asked about. */
export function sparedToday({ item, isLacking, moves, people, every, today }: MovingInput): Spared | null {
  const spare = (why: Spared["why"]): Spared => ({ on: today, why });
  if (item.issue?.blockedBy) return spare("blocked");
  const due = (isLacking ? item.openedOn : item.due) ?? today;
  const last = item.nudges.filter((nudge) => nudge.on > due).at(-1)?.on;
  if (daysBetween(last ?? due, today) > MOVES_FOR_DAYS) return null;
  // What was not told is no "nothing moves": for a month it is left alone, and then asked about as everything is.
  if (moves === null) return spare("untold");
  if (moves.some(({ kind, open }) => kind === "pull" && open)) return spare("pull");
  // Who put it off by command said when to be asked; what they did before that day is no answer.
  const restedUntil = [item.snoozes.at(-1)?.until, item.waiver?.until].map((until) => until ?? "");
  const since = [last ?? addDays(due, -every), ...restedUntil].sort().at(-1) ?? due;
  const own = moves.filter(({ by, on }) => by !== null && people.includes(by) && on >= since);
  const has = (kind: Move["kind"]) => own.some((move) => move.kind === kind);
  return has("commit") ? spare("commit") : has("comment") ? spare("comment") : null;
}

/** Why the item is left alone as of its last look; null where it was nudged since, or its time has come again. */
export function sparedFor(
  { spared, nudges, nextNudgeOn }: Pick<TrackedItem, "spared" | "nudges" | "nextNudgeOn">,
  today: PlainDate,
): Spared["why"] | null {
  if (!spared || nextNudgeOn === null || nextNudgeOn <= today) return null;
  return (nudges.at(-1)?.on ?? "") < spared.on ? spared.why : null;
}

/** Something that a timeline shows of a person: a move, or what makes GitHub notify them of comments, or ends that. */
export interface Seen {
  readonly kind: Move["kind"] | "mentioned" | "subscribed" | "unsubscribed";
  readonly by: string | null;
}

/**
 * Whom GitHub notifies of a comment besides those it is for, in lower case: who commented, was mentioned or subscribed, and did not end that. Oldest
 * first is told, so the last word counts. Who watches the whole repository is not told there.
 */
export function subscribersIn(timeline: readonly Seen[]): string[] {
  const subscribed = new Set<string>();
  for (const { kind, by } of timeline) {
    if (by === null || by.endsWith("[bot]")) continue;
    if (kind === "unsubscribed") subscribed.delete(by);
    else if (kind === "comment" || kind === "mentioned" || kind === "subscribed") subscribed.add(by);
  }
  return [...subscribed].sort();
}
