/**
 * One voice: of all that is due for a nudge in a repository today, who is told what, in how many comments. All that one
 * person has due is one comment, on the most severe item's issue, which lists the others. Nobody is notified twice a day, and the caps of
 * the policy hold; what finds no room waits for another day. A pure function, asked again after each comment
 * (docs/adr/0022).
 */
import { addDays, type PlainDate } from "../calendar.js";
import type { Policy } from "../policy/schema.js";
import { daysFor, numberIn } from "./due.js";
import { type Rung, rungOn } from "./escalation.js";
import { ASK_DAYS, isLacking, nextAskOn, nextNudgeOn } from "./nudging.js";
import { byRank } from "./order.js";
import type { TrackedDocument, TrackedItem } from "./types.js";

/** An item that may be due for a nudge. */
export interface Candidate {
  readonly item: TrackedItem;
  readonly document: TrackedDocument;
  /** Teams that own it; asked where nobody is assigned. */
  readonly teams: readonly string[];
  /** Whom GitHub notifies besides of a comment on its issue, in lower case; left out where that is not known. */
  readonly subscribers?: readonly string[];
  /**
   * Where its author is asked for an owner or a date that it lacks, and when they last were; left out where there is no such pull
   * request, or it takes no comment: then an item without owner is asked about on its own issue.
   */
  readonly pull?: { readonly number: number; readonly askedOn: PlainDate | null };
}

/** One comment: it stands on the issue of `lead`, or asks for what its items lack on the pull request `ask`. */
export interface Voice {
  readonly lead: Candidate;
  /** Listed in it; they get no comment of their own, and count as nudged. */
  readonly others: readonly Candidate[];
  /** Whom it notifies: logins and teams in lower case. */
  readonly people: readonly string[];
  readonly ask: number | null;
  /** Who hears of it besides, since they are subscribed to the issue it stands on: their day is taken too. */
  readonly alongside: readonly string[];
  /** The rung of the escalation ladder it tells of, on which all of its items are; null where it is none. */
  readonly rung: Rung | null;
  /** How many more of theirs are due, and wait for another day. */
  readonly more: number;
}

export interface VoicesInput {
  readonly candidates: readonly Candidate[];
  /** Whose day is taken, in whichever repository. */
  readonly reached: ReadonlySet<string>;
  /** Who wants no nudges: logins and teams in lower case. */
  readonly muted: ReadonlySet<string>;
  /** How many more comments this run may make. */
  readonly comments: number;
  /** How many more people may be notified today in this repository. */
  readonly peopleLeft: number;
  /** Items whose comment was refused before: they come last, so that they take nobody's place. */
  readonly again: ReadonlySet<string>;
  readonly policy: Pick<Policy, "due" | "nudges" | "calendar" | "escalation">;
  readonly today: PlainDate;
}

/** Whether an item is due for a nudge, or a reminder, on a day. */
export function isDue(
  candidate: Candidate,
  policy: Pick<Policy, "nudges" | "calendar" | "escalation">,
  today: PlainDate,
): boolean {
  const { item, document, pull } = candidate;
  if (document.removedOn !== null) return false;
  const ordinary = nextNudgeOn(item, policy, document.incident.severity);
  if (!pull || !isAsked(candidate)) return ordinary !== null && ordinary <= today;
  // Who is named for a rung hears of it all the same.
  if (ordinary !== null && ordinary <= today && rungOn(item, policy, today)) return true;
  const on = nextAskOn(item, policy);
  return on !== null && on <= today && (pull.askedOn === null || addDays(pull.askedOn, ASK_DAYS) <= today);
}

/** Whether its postmortem's author is asked for what it lacks, on the pull request. */
export const isAsked = ({ item, teams, pull }: Candidate): boolean => pull !== undefined && isLacking(item, teams);

/**
 * Whom a nudge notifies: for an owner or a date, the postmortem's author; else who is assigned; else its teams; else the author; else
 * nobody.
 */
export function peopleOf(candidate: Candidate): readonly string[] {
  const { item, document, teams } = candidate;
  const author = document.author ? [document.author] : [];
  const assignees = item.issue?.assignees ?? [];
  const asked = isAsked(candidate) ? author : ([assignees, teams, author].find((who) => who.length > 0) ?? []);
  return [...new Set(asked.map((name) => name.toLowerCase()))];
}

/** Whether all whom an item's nudge would ask are muted. */
export function isMuted(candidate: Candidate, muted: ReadonlySet<string>): boolean {
  const people = peopleOf(candidate);
  return people.length > 0 && people.every((person) => muted.has(person));
}

/** Who is told what, the most severe first. */
export function planVoices(input: VoicesInput): Voice[] {
  const { candidates, reached, muted, comments, policy, today } = input;
  const voices: Growing[] = [];
  const spokenTo = new Set(reached);
  let { peopleLeft } = input;
  for (const candidate of ranked(
    candidates.filter((one) => isDue(one, policy, today)),
    input,
  )) {
    const rung = rungOn(candidate.item, policy, today);
    const people = [...new Set([...peopleOf(candidate), ...(rung?.to ?? [])])].filter((person) => !muted.has(person));
    const ask = candidate.pull && rung === null && isAsked(candidate) ? candidate.pull.number : null;
    const voice = voices.find((one) => (ask === null ? reaches(one, people, rung) : one.ask === ask));
    if (voice) {
      if (1 + voice.others.length < (ask === null ? policy.nudges.max_per_person : MOST_ASKED))
        voice.others.push(candidate);
      else voice.more++;
      continue;
    }
    const alongside = ask === null ? besides(candidate, people) : [];
    const isTaken =
      people.some((person) => spokenTo.has(person)) ||
      (alongside.some((person) => spokenTo.has(person)) && !hasWaited(candidate, policy, today));
    if (isTaken || voices.length >= comments || people.length > peopleLeft) continue;
    voices.push({ lead: candidate, others: [], people, ask, alongside, rung, more: 0 });
    peopleLeft -= people.length;
    for (const person of [...people, ...alongside]) spokenTo.add(person);
  }
  return voices;
}

/** Who is subscribed to an item's issue and not asked about it. */
const besides = ({ subscribers = [] }: Candidate, people: readonly string[]): string[] =>
  subscribers.filter((person) => !people.includes(person));

/** So long a nudge waits for the day of those who only read along; then it is worth more than their rest. */
const WAITS_DAYS = 7;

function hasWaited({ item, document }: Candidate, policy: VoicesInput["policy"], today: PlainDate): boolean {
  const on = nextNudgeOn(item, policy, document.incident.severity);
  return on !== null && addDays(on, WAITS_DAYS) <= today;
}

/** As many as a pull request opens by itself (`guards.max_new_items`): what finds no room would wait for a week. */
const MOST_ASKED = 50;

interface Growing extends Voice {
  readonly others: Candidate[];
  more: number;
}

/**
 * Whether a comment reaches all of these people; what nobody has is told together. Whom a rung names is told of what is on that rung, and of
 * nothing else that its owner has.
 */
function reaches(voice: Voice, people: readonly string[], rung: Rung | null): boolean {
  if (voice.ask !== null || rung?.after !== voice.rung?.after) return false;
  return people.length === 0 ? voice.people.length === 0 : people.every((person) => voice.people.includes(person));
}

/** By priority, then severity (as the days that the policy gives them), then how long it is overdue. */
function ranked(candidates: readonly Candidate[], { policy, again, reached }: VoicesInput): Candidate[] {
  const { by_priority, by_severity, default: ordinary } = policy.due;
  const days = (table: Readonly<Record<string, number>>, name: string | null) =>
    daysFor(table, name) ?? ordinary ?? Number.MAX_SAFE_INTEGER;
  const urgency = ({ item, document }: Candidate) => [
    days(by_priority, item.base.priority),
    days(by_severity, document.incident.severity),
    numberIn(document.incident.severity) ?? NO_NUMBER,
    `${item.due} ${item.documentId} ${String(item.ordinal).padStart(6, "0")} ${item.id}`,
  ];
  // Where somebody who reads along was told already, another issue carries the comment and lists it.
  const isHeld = (candidate: Candidate) => besides(candidate, []).some((person) => reached.has(person));
  return byRank(candidates, (candidate) => [
    again.has(candidate.item.id) || isHeld(candidate) ? 1 : 0,
    ...urgency(candidate),
  ]);
}

/** What has no number comes behind what has. */
const NO_NUMBER = 99;
