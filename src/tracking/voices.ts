/**
 * One voice: of all that is due for a nudge in a repository today, who is told what, in how many comments. All that one
 * person has due is one comment, on the most severe item's issue, which lists the others. Nobody is notified twice a day, and the caps of
 * the policy hold; what finds no room waits for another day. A pure function, asked again after each comment
 * (docs/adr/0022).
 */
import type { PlainDate } from "../calendar.js";
import type { Policy } from "../policy/schema.js";
import { daysFor, numberIn } from "./due.js";
import { type Rung, rungOn } from "./escalation.js";
import { nextNudgeOn } from "./nudging.js";
import { byRank } from "./order.js";
import type { TrackedDocument, TrackedItem } from "./types.js";

/** An item that may be due for a nudge. */
export interface Candidate {
  readonly item: TrackedItem;
  readonly document: TrackedDocument;
  /** Teams that own it; asked where nobody is assigned. */
  readonly teams: readonly string[];
}

/** One comment: it stands on the issue of `lead`. */
export interface Voice {
  readonly lead: Candidate;
  /** Listed in it; they get no comment of their own, and count as nudged. */
  readonly others: readonly Candidate[];
  /** Whom it notifies: logins and teams in lower case. */
  readonly people: readonly string[];
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
  { item, document }: Candidate,
  policy: Pick<Policy, "nudges" | "calendar" | "escalation">,
  today: PlainDate,
): boolean {
  if (document.removedOn !== null) return false;
  const on = nextNudgeOn(item, policy, document.incident.severity);
  return on !== null && on <= today;
}

/** Whom a comment on the item's issue notifies: who is assigned; else its teams; else the postmortem's author; else nobody. */
export function peopleOf({ item, document, teams }: Candidate): readonly string[] {
  const assignees = item.issue?.assignees ?? [];
  const asked = assignees.length > 0 ? assignees : teams.length > 0 ? teams : document.author ? [document.author] : [];
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
    const voice = voices.find((one) => hears(one, people, rung));
    if (voice) {
      if (1 + voice.others.length < policy.nudges.max_per_person) voice.others.push(candidate);
      else voice.more++;
      continue;
    }
    const isTaken = people.some((person) => spokenTo.has(person));
    if (isTaken || voices.length >= comments || people.length > peopleLeft) continue;
    voices.push({ lead: candidate, others: [], people, rung, more: 0 });
    peopleLeft -= people.length;
    for (const person of people) spokenTo.add(person);
  }
  return voices;
}

interface Growing extends Voice {
  readonly others: Candidate[];
  more: number;
}

/**
 * Whether a comment reaches all of these people; what nobody has is told together. Whom a rung names is told of what is on that rung, and of
 * nothing else that its owner has.
 */
function hears(voice: Voice, people: readonly string[], rung: Rung | null): boolean {
  if (rung?.after !== voice.rung?.after) return false;
  return people.length === 0 ? voice.people.length === 0 : people.every((person) => voice.people.includes(person));
}

/** By priority, then severity (as the days that the policy gives them), then how long it is overdue. */
function ranked(candidates: readonly Candidate[], { policy, again }: VoicesInput): Candidate[] {
  const { by_priority, by_severity, default: ordinary } = policy.due;
  const days = (table: Readonly<Record<string, number>>, name: string | null) =>
    daysFor(table, name) ?? ordinary ?? Number.MAX_SAFE_INTEGER;
  return byRank(candidates, ({ item, document }) => [
    again.has(item.id) ? 1 : 0,
    days(by_priority, item.base.priority),
    days(by_severity, document.incident.severity),
    numberIn(document.incident.severity) ?? NO_NUMBER,
    `${item.due} ${item.documentId} ${String(item.ordinal).padStart(6, "0")} ${item.id}`,
  ]);
}

/** What has no number comes behind what has. */
const NO_NUMBER = 99;
