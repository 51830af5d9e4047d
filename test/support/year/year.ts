/**
 * The simulated year, hour by hour: the App's own rules (schedule, calendar, voices, questions, moving, ladder, deadline for an owner) decide whom it tells
 * what, or those that it began with (each overdue item a comment a week, whoever has it). What people got of it is measured from what
 * they did alone, without asking the rules.
 */
import { addDays, dateIn, daysBetween, type PlainDate, startOfDay, weekday } from "../../../src/calendar.js";
import { dueSlot, nextSlot } from "../../../src/jobs/schedule.js";
import { quietForMs } from "../../../src/policy/business-days.js";
import { sparedToday } from "../../../src/tracking/moving.js";
import { hasNobody, isLacking, nextNumber } from "../../../src/tracking/nudging.js";
import { outcomeOf, withAnswers } from "../../../src/tracking/outcomes.js";
import { withOwnerMissed } from "../../../src/tracking/owner-deadline.js";
import type { Nudge } from "../../../src/tracking/types.js";
import { type Candidate, isAsked, isDue, peopleOf, planVoices } from "../../../src/tracking/voices.js";
import { act, dice, type Life, policyOf, promises, REPOSITORIES } from "./people.js";

const HOUR_MS = 3_600_000;
const START = Date.parse("2026-01-01T00:00:00Z");
const END = Date.parse("2027-01-01T00:00:00Z");
/** The App was down: a working week in March over the change of clocks, and half of August. */
const OUTAGES: readonly (readonly [string, string])[] = [
  ["2026-03-25T06:00:00Z", "2026-03-31T12:00:00Z"],
  ["2026-08-03T00:00:00Z", "2026-08-15T10:00:00Z"],
];

export type Rules = "now" | "before";

/** One item asked about once. */
interface Asked {
  readonly life: Life;
  readonly nudge: Nudge;
  /** Whom it notified. */
  readonly people: readonly string[];
  /** Whether it lacked an owner or a date then. */
  readonly lacked: boolean;
  /** Whether somebody was at it then. */
  readonly moved: boolean;
}

export interface Year {
  readonly lives: readonly Life[];
  /** Notifications by person and week, of the weeks that had any; fewest first. */
  readonly weekly: readonly number[];
  readonly comments: number;
  readonly questions: number;
  readonly asked: readonly Asked[];
  /** Days on which somebody got two or more. */
  readonly twiceADay: number;
  readonly sameNumber: number;
  readonly inQuiet: number;
  /** The longest that an item which was due for a nudge waited for it, in days. */
  readonly longestWait: number;
  /** The longest that nobody was told of an item, overdue or lacking something, at which nobody was. */
  readonly longestSilence: number;
}

const isDown = (instant: number): boolean =>
  OUTAGES.some(([from, to]) => instant >= Date.parse(from) && instant < Date.parse(to));

/** Days of an outage within a time: then nobody could be told. */
const downDays = (from: PlainDate, to: PlainDate): number =>
  OUTAGES.reduce((sum, [begins, ends]) => {
    const [first, last] = [[from, begins.slice(0, 10)].sort()[1] ?? from, [to, ends.slice(0, 10)].sort()[0] ?? to];
    return sum + Math.max(0, daysBetween(first, last));
  }, 0);

/** Whether somebody is at it, told from what they did alone, since it was last asked about or they had put it off until. */
function isMoving({ candidate, moves, pullUntil }: Life, today: PlainDate, asksAuthor: boolean): boolean {
  const { item, document } = candidate;
  const begins = (asksAuthor ? item.openedOn : item.due) ?? today;
  const since = item.nudges.filter(({ on }) => on > begins).at(-1)?.on ?? begins;
  const rested = item.snoozes.at(-1)?.until ?? since;
  const people = asksAuthor ? [document.author ?? ""] : peopleOf(candidate);
  const own = moves.some(
    ({ kind, by, on }) => kind !== "pull" && on >= since && on >= rested && by !== null && people.includes(by),
  );
  return daysBetween(since, today) <= 30 && (pullUntil !== null || own);
}

/** Since when nobody was told of an item, or did anything about it; null where there is nothing to tell. */
function silentSince({ candidate, from, moves, pullUntil }: Life, today: PlainDate): PlainDate | null {
  const { item } = candidate;
  const lacks = isLacking(item, []);
  const until = item.snoozes.at(-1)?.until ?? "";
  if (!item.issue?.open || pullUntil || until > today || !(lacks || (item.due !== null && item.due < today)))
    return null;
  const days = [
    lacks ? from : (item.due ?? from),
    until,
    item.nudges.at(-1)?.on,
    moves.at(-1)?.on,
    item.slips.at(-1)?.on,
  ];
  return (
    days
      .flatMap((day) => day || [])
      .sort()
      .at(-1) ?? null
  );
}

class Simulation {
  readonly #random = dice(7);
  readonly #weekly = new Map<string, number>();
  readonly #daily = new Map<string, number>();
  readonly #dueSince = new Map<string, PlainDate>();
  readonly #numbers = new Set<string>();
  /** When each was notified last. */
  readonly #reached = new Map<string, number>();
  readonly #slots = Array.from({ length: REPOSITORIES }, () => new Date(START).toISOString());
  /** When the slot after one comes, by repository and slot. */
  readonly #next = new Map<string, string>();
  readonly #asked: Asked[] = [];
  readonly #lives = promises(this.#random);
  #counts = { comments: 0, questions: 0, twiceADay: 0, sameNumber: 0, inQuiet: 0, longestWait: 0, longestSilence: 0 };

  constructor(private readonly rules: Rules) {}

  /** @param onMonday is told of all items each Monday morning, as they stand then. */
  run(onMonday: (day: PlainDate, lives: readonly Life[]) => void): Year {
    for (let now = START; now < END; now += HOUR_MS) {
      const [day, hour] = [new Date(now).toISOString().slice(0, 10), new Date(now).getUTCHours()];
      if (hour === 16 && ![0, 6].includes(weekday(day))) this.#live(day);
      if (isDown(now)) continue;
      if ([5, 17, 23].includes(hour)) this.#sweep(now);
      for (let repository = 0; repository < REPOSITORIES; repository++) this.#pass(repository, now);
      if (hour === 9 && weekday(day) === 1) onMonday(day, this.#lives);
      if (hour === 23) this.#listen(day);
    }
    return {
      ...{ ...this.#counts, lives: this.#lives, asked: this.#asked },
      weekly: [...this.#weekly.values()].sort((a, b) => a - b),
    };
  }

  #live(day: PlainDate): void {
    for (const life of this.#lives)
      if (life.from <= day && life.candidate.item.issue?.open) act(life, day, this.#random);
  }

  /** What the App sees of what people did; hourly in truth, which differs in nothing from the hours that this is called at. */
  #sweep(now: number): void {
    for (const life of this.#lives) {
      const policy = policyOf(life.repository);
      const day = dateIn(policy.time_zone, new Date(now));
      if (life.from > day) continue;
      const item = withOwnerMissed(life.candidate.item, life.seen, policy, day);
      life.candidate = { ...life.candidate, item };
      life.seen = item;
    }
  }

  #listen(day: PlainDate): void {
    for (const life of this.#lives) {
      const since = life.from <= day ? silentSince(life, day) : null;
      if (since === null) continue;
      const silence = daysBetween(since, day) - downDays(since, day);
      this.#counts.longestSilence = Math.max(this.#counts.longestSilence, silence);
    }
  }

  #pass(repository: number, now: number): void {
    const policy = policyOf(repository);
    const schedule = { cron: policy.nudges.schedule, timeZone: policy.time_zone };
    const last = this.#slots[repository] ?? "";
    const next = this.#next.get(last + repository) ?? nextSlot({ ...schedule, after: last });
    this.#next.set(last + repository, next);
    const slot = next > new Date(now).toISOString() ? null : dueSlot({ ...schedule, last, now: new Date(now) });
    if (slot === null) return;
    const isQuiet =
      Date.parse(slot) + quietForMs(new Date(slot), policy) > now || quietForMs(new Date(now), policy) > 0;
    if (this.rules === "now" && isQuiet) return;
    this.#slots[repository] = slot;
    if (this.rules === "now") this.#passNow(repository, now);
    else this.#passBefore(repository, now);
  }

  #passNow(repository: number, now: number): void {
    const policy = policyOf(repository);
    const day = dateIn(policy.time_zone, new Date(now));
    const since = startOfDay(policy.time_zone, new Date(now)).getTime();
    const taken = new Set([...this.#reached].filter(([, at]) => at >= since).map(([person]) => person));
    const own = this.#openIn(repository, day);
    const candidates = new Map<string, Candidate>();
    for (const life of own.values()) {
      const { item } = life.candidate;
      const candidate = { ...life.candidate, ...(isLacking(item, []) && { pull: this.#pullOf(life) }) };
      if (isDue(candidate, policy, day)) candidates.set(candidate.item.id, candidate);
    }
    for (const id of candidates.keys()) if (!this.#dueSince.has(id)) this.#dueSince.set(id, day);
    const looked = new Set<string>();
    for (let made = 0; made < policy.nudges.max_per_run; ) {
      const [voice] = planVoices({
        candidates: [...candidates.values()],
        ...{ reached: taken, muted: new Set(), comments: policy.nudges.max_per_run - made },
        ...{ peopleLeft: policy.nudges.max_per_day, again: new Set(), policy, today: day },
      });
      if (!voice) break;
      const unseen = [voice.lead, ...voice.others].filter(({ item }) => !looked.has(item.id));
      for (const candidate of unseen) {
        const { item } = candidate;
        looked.add(item.id);
        const life = own.get(item.id);
        if (!life) continue;
        const people = peopleOf(candidate);
        const answered = withAnswers(item, life.moves, people);
        const spared = sparedToday({
          ...{ item, isLacking: isAsked(candidate), moves: life.moves, people },
          ...{ every: policy.nudges.every, today: day },
        });
        const next = { ...answered, ...(spared && { spared }) };
        life.candidate = { ...life.candidate, item: next };
        candidates.set(item.id, { ...candidate, item: next });
        if (!spared) continue;
        candidates.delete(item.id);
        this.#dueSince.delete(item.id);
      }
      if (unseen.length > 0) continue;
      made++;
      if (voice.ask !== null) this.#counts.questions++;
      if (quietForMs(new Date(now), policy) > 0) this.#counts.inQuiet++;
      this.#tell(voice.people, day);
      for (const person of voice.people) {
        taken.add(person);
        this.#reached.set(person, now);
      }
      const part = { ...(voice.rung && { rung: voice.rung.after }), ...(voice.ask !== null && { ask: true as const }) };
      for (const candidate of [voice.lead, ...voice.others]) {
        const life = own.get(candidate.item.id);
        if (life) this.#record(life, day, voice.people, isAsked(candidate), part);
        candidates.delete(candidate.item.id);
      }
      if (voice.ask !== null)
        for (const [id, candidate] of candidates)
          if (candidate.pull?.number === voice.ask)
            candidates.set(id, { ...candidate, pull: { number: voice.ask, askedOn: day } });
    }
  }

  /** Where the author of its postmortem is asked for what it lacks, and when they last were. */
  #pullOf({ candidate: { document } }: Life): NonNullable<Candidate["pull"]> {
    const days = this.#lives
      .filter(({ candidate }) => candidate.document.id === document.id)
      .flatMap(({ candidate }) => candidate.item.nudges.flatMap(({ ask, on }) => (ask ? [on] : [])));
    return { number: document.home ?? 0, askedOn: days.sort().at(-1) ?? null };
  }

  #passBefore(repository: number, now: number): void {
    const day = dateIn(policyOf(repository).time_zone, new Date(now));
    for (const life of this.#openIn(repository, day).values()) {
      const { item } = life.candidate;
      const until = item.snoozes.at(-1)?.until ?? "";
      const last = item.nudges.filter(({ on }) => on > (item.due ?? day)).at(-1)?.on;
      const on = last ? addDays(last, 7) : addDays(item.due ?? day, 1);
      if (on > day || until > day) continue;
      const people = peopleOf(life.candidate);
      this.#tell(people, day);
      this.#record(life, day, people, false);
    }
  }

  #openIn(repository: number, day: PlainDate): Map<string, Life> {
    const open = this.#lives.filter(
      (life) => life.repository === repository && life.from <= day && life.candidate.item.issue?.open,
    );
    return new Map(open.map((life) => [life.candidate.item.id, life]));
  }

  #tell(people: readonly string[], day: PlainDate): void {
    this.#counts.comments++;
    const week = Math.floor(daysBetween("2025-12-29", day) / 7);
    for (const person of people) {
      this.#weekly.set(`${week} ${person}`, (this.#weekly.get(`${week} ${person}`) ?? 0) + 1);
      const times = (this.#daily.get(`${day} ${person}`) ?? 0) + 1;
      this.#daily.set(`${day} ${person}`, times);
      if (times === 2) this.#counts.twiceADay++;
    }
  }

  #record(life: Life, day: PlainDate, people: readonly string[], asksAuthor: boolean, part: Partial<Nudge> = {}): void {
    const { item } = life.candidate;
    const nudge: Nudge = { n: nextNumber(item), on: day, ...part };
    const since = this.#dueSince.get(item.id);
    if (since)
      this.#counts.longestWait = Math.max(this.#counts.longestWait, daysBetween(since, day) - downDays(since, day));
    this.#dueSince.delete(item.id);
    if (this.#numbers.has(`${item.id} ${nudge.n}`)) this.#counts.sameNumber++;
    this.#numbers.add(`${item.id} ${nudge.n}`);
    const lacked = hasNobody(item, []) || item.due === null;
    this.#asked.push({ life, nudge, people, lacked, moved: isMoving(life, day, asksAuthor) });
    life.candidate = { ...life.candidate, item: { ...item, nudges: [...item.nudges, nudge] } };
  }
}

/** Plays the year by these rules. */
export const simulate = (rules: Rules, onMonday: (day: PlainDate, lives: readonly Life[]) => void = () => {}): Year =>
  new Simulation(rules).run(onMonday);

/** Whether one that was asked about led to something within a week, told when the year is over. */
export function led({ life: { candidate, moves }, nudge, people }: Asked): boolean {
  const { item } = candidate;
  return outcomeOf(withAnswers({ ...item, nudges: [nudge] }, moves, people), nudge, "2027-02-01") !== "nothing";
}
