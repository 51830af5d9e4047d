/**
 * A simulated year of nudges: 40 people, 8 repositories in three time zones, 60 postmortems, holidays, daylight saving, two outages of the App,
 * and people who close, move, snooze, answer and ignore with given odds. The App's own rules (schedule, calendar, voices, moving, cadence) decide;
 * what they came from (each overdue item a comment a week, whoever has it) is simulated beside them. It prints what people got.
 */
import { expect, it } from "vitest";
import { addDays, dateIn, daysBetween, type PlainDate, weekday } from "../../src/calendar.js";
import { dueSlot } from "../../src/jobs/schedule.js";
import { quietForMs } from "../../src/policy/business-days.js";
import { loadPolicy } from "../../src/policy/load.js";
import { dueFor } from "../../src/tracking/due.js";
import { type Move, sparedToday } from "../../src/tracking/moving.js";
import { nextNumber } from "../../src/tracking/nudging.js";
import { ledOf, outcomeOf, withAnswers } from "../../src/tracking/outcomes.js";
import type { TrackedItem } from "../../src/tracking/types.js";
import { type Candidate, isDue, peopleOf, planVoices } from "../../src/tracking/voices.js";
import { aDocument, anIssue, anItem } from "../store/samples.js";
import { an } from "./samples.js";

const PEOPLE = 40;
const POSTMORTEMS = 60;
const ZONES = ["Europe/Zurich", "America/New_York", "UTC", "Europe/Zurich"];
const REPOSITORIES = 8;
const HOUR_MS = 3_600_000;
const START = Date.parse("2026-01-01T00:00:00Z");
const END = Date.parse("2027-01-01T00:00:00Z");
/** The App was down: a working week in March over the change of clocks, and half of August. */
const OUTAGES: readonly (readonly [string, string])[] = [
  ["2026-03-25T06:00:00Z", "2026-03-31T12:00:00Z"],
  ["2026-08-03T00:00:00Z", "2026-08-15T10:00:00Z"],
];
const HOLIDAYS = ["2026-01-01", "2026-04-03", "2026-04-06", "2026-05-01", "2026-05-14", "2026-05-25", "2026-12-25"];

/** https://en.wikipedia.org/wiki/Linear_congruential_generator, in Numerical Recipes' constants: the same year each time. */
function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** One item with what its people do about it. */
interface Life {
  candidate: Candidate;
  readonly repository: number;
  readonly moves: Move[];
  /** A pull request that is open until that day. */
  pullUntil: PlainDate | null;
}

interface Year {
  /** Notifications by person and week. */
  readonly weekly: number[];
  readonly nudged: number;
  readonly comments: number;
  readonly onMoving: number;
  readonly twiceADay: number;
  readonly sameNumber: number;
  /** The longest that an item waited for its nudge, in days from when it was due for it. */
  readonly longestWait: number;
  readonly inQuiet: number;
  readonly led: number;
}

const policies = ZONES.map((zone) => {
  const { policy, problems } = loadPolicy(
    `time_zone: ${zone}\ncalendar: { business_days: true, holidays: [${HOLIDAYS.join(", ")}], quiet: 18:00-08:00 }\nescalation: [{ after: 30 days, to: "@p0" }]\n`,
  );
  expect(problems).toEqual([]);
  return policy;
});
const policyOf = (repository: number) => {
  const policy = policies[repository % policies.length];
  if (!policy) throw new Error("there is a policy for each");
  return policy;
};

const isDown = (instant: number) =>
  OUTAGES.some(([from, to]) => instant >= Date.parse(from) && instant < Date.parse(to));

function lives(random: () => number): (Life & { readonly from: PlainDate })[] {
  return Array.from({ length: POSTMORTEMS }, (_, at) => {
    const repository = at % REPOSITORIES;
    const from = addDays("2026-01-02", Math.floor((at * 340) / POSTMORTEMS));
    const incident = { id: null, date: from, severity: `SEV-${1 + (at % 3)}`, services: [], tags: [] };
    const document = aDocument({
      id: `d${at}`,
      repositoryId: repository,
      incident,
      home: at + 1,
      author: `p${at % PEOPLE}`,
    });
    return Array.from({ length: 3 + Math.floor(random() * 4) }, (_, ordinal) => {
      const priority = ["P0", "P1", "P2"][Math.floor(random() * 3)] ?? null;
      const { due, origin } = dueFor(an("Add an alert", { priority }), incident, policyOf(repository), from);
      // A tenth has nobody yet; some have a great deal.
      const owner = `p${Math.floor(random() ** 2 * PEOPLE)}`;
      const issue = anIssue({ number: at * 10 + ordinal + 1, assignees: random() < 0.1 ? [] : [owner] });
      const item = anItem({
        ...{ id: `i${at}-${ordinal}`, documentId: document.id, repositoryId: repository, ordinal },
        ...{ due, dueOrigin: origin, originalDue: due, openedOn: from, issue, nudges: [], nextNudgeOn: null },
        base: { ...anItem().base, priority },
      });
      return { from, repository, candidate: { item, document, teams: [] }, moves: [], pullUntil: null };
    });
  }).flat();
}

/** What people do on a day, more of it in the week after a nudge. */
function act(life: Life, today: PlainDate, random: () => number): void {
  const { candidate, moves } = life;
  const { item } = candidate;
  const by = item.issue?.assignees[0] ?? null;
  const change = (part: Partial<TrackedItem>) => {
    life.candidate = { ...candidate, item: { ...item, ...part } };
  };
  const last = item.nudges.at(-1)?.on;
  const isFresh = last !== undefined && daysBetween(last, today) <= 5;
  const roll = random();
  const odds = isFresh ? [0.07, 0.1, 0.12, 0.15, 0.18] : [0.006, 0.008, 0.008, 0.016, 0.026];
  const [closes = 0, postpones = 0, snoozes = 0, says = 0, works = 0] = odds;
  if (life.pullUntil && life.pullUntil <= today) {
    life.pullUntil = null;
    for (const [at, move] of moves.entries()) moves[at] = { ...move, open: false };
    if (item.issue && random() < 0.8) {
      change({ issue: { ...item.issue, open: false, closedOn: today } });
      return;
    }
  }
  if (!by && item.issue) {
    if (roll < (isFresh ? 0.1 : 0.01))
      change({ issue: { ...item.issue, assignees: [`p${Math.floor(random() * PEOPLE)}`] } });
  } else if (roll < closes && item.issue) change({ issue: { ...item.issue, open: false, closedOn: today } });
  else if (roll < postpones && item.due) {
    const to = addDays(today, 14);
    change({ due: to, slips: [...item.slips, { on: today, from: item.due, to, by, why: null }] });
  } else if (roll < snoozes && by) change({ snoozes: [{ on: today, until: addDays(today, 14), by, why: null }] });
  else if (roll < says) moves.push({ kind: "comment", by, on: today, open: false });
  else if (roll < works) {
    life.pullUntil = addDays(today, 3 + Math.floor(random() * 20));
    moves.push({ kind: "pull", by, on: today, open: true });
  }
}

/** Whether somebody is at it, told from what they did alone, since it was last asked about or they had put it off until. */
function isMoving({ candidate, moves, pullUntil }: Life, today: PlainDate): boolean {
  const { item } = candidate;
  const due = item.due ?? today;
  const since = item.nudges.filter(({ on }) => on > due).at(-1)?.on ?? due;
  const rested = item.snoozes.at(-1)?.until ?? since;
  const own = moves.some(
    ({ kind, by, on }) =>
      kind !== "pull" && on >= since && on >= rested && by !== null && peopleOf(candidate).includes(by),
  );
  return daysBetween(since, today) <= 30 && (pullUntil !== null || own);
}

type Rules = "now" | "before";

function simulate(rules: Rules): Year {
  const random = dice(7);
  const all = lives(random);
  const weekly = new Map<string, number>();
  const today = new Map<string, number>();
  const dueSince = new Map<string, PlainDate>();
  const numbers = new Set<string>();
  const slots: (string | null)[] = Array.from({ length: REPOSITORIES }, () => new Date(START).toISOString());
  const reached = new Map<PlainDate, Set<string>>();
  let [nudged, comments, onMoving, twiceADay, sameNumber, longestWait, inQuiet] = [0, 0, 0, 0, 0, 0, 0];

  const tell = (people: readonly string[], day: PlainDate) => {
    comments++;
    const week = Math.floor(daysBetween("2025-12-29", day) / 7);
    for (const person of people) {
      weekly.set(`${week} ${person}`, (weekly.get(`${week} ${person}`) ?? 0) + 1);
      const times = (today.get(`${day} ${person}`) ?? 0) + 1;
      today.set(`${day} ${person}`, times);
      if (times === 2) twiceADay++;
    }
  };
  const record = (life: Life, day: PlainDate, rung?: string) => {
    const { item } = life.candidate;
    const n = nextNumber(item);
    if (isMoving(life, day)) onMoving++;
    if (numbers.has(`${item.id} ${n}`)) sameNumber++;
    numbers.add(`${item.id} ${n}`);
    nudged++;
    life.candidate = {
      ...life.candidate,
      item: { ...item, nudges: [...item.nudges, { n, on: day, ...(rung && { rung }) }] },
    };
    dueSince.delete(item.id);
  };

  const passNow = (repository: number, now: number) => {
    const policy = policyOf(repository);
    const day = dateIn(policy.time_zone, new Date(now));
    const utc = new Date(now).toISOString().slice(0, 10);
    const taken = reached.get(utc) ?? new Set<string>();
    reached.set(utc, taken);
    const own = new Map(
      all
        .filter((life) => life.repository === repository && life.from <= day && life.candidate.item.issue?.open)
        .map((life) => [life.candidate.item.id, life]),
    );
    const candidates = new Map([...own].filter(([, { candidate }]) => isDue(candidate, policy, day)));
    for (const id of candidates.keys()) if (!dueSince.has(id)) dueSince.set(id, day);
    const looked = new Set<string>();
    for (let made = 0; made < policy.nudges.max_per_run; ) {
      const [voice] = planVoices({
        candidates: [...candidates.values()].map(({ candidate }) => candidate),
        ...{ reached: taken, muted: new Set(), comments: policy.nudges.max_per_run - made, peopleLeft: 100 },
        ...{ again: new Set(), policy, today: day },
      });
      if (!voice) break;
      const unseen = [voice.lead, ...voice.others].filter(({ item }) => !looked.has(item.id));
      for (const { item } of unseen) {
        looked.add(item.id);
        const life = own.get(item.id);
        if (!life) continue;
        const people = peopleOf(life.candidate);
        const answered = withAnswers(item, life.moves, people);
        const spared = sparedToday({ item, moves: life.moves, people, every: policy.nudges.every, today: day });
        life.candidate = { ...life.candidate, item: { ...answered, ...(spared && { spared }) } };
        if (!spared) continue;
        candidates.delete(item.id);
        dueSince.delete(item.id);
      }
      if (unseen.length > 0) continue;
      made++;
      if (quietForMs(new Date(now), policy) > 0) inQuiet++;
      tell(voice.people, day);
      for (const person of voice.people) taken.add(person);
      for (const { item } of [voice.lead, ...voice.others]) {
        const life = own.get(item.id);
        const since = dueSince.get(item.id);
        // While the App was down nobody could be told.
        if (since) longestWait = Math.max(longestWait, daysBetween(since, day));
        if (life) record(life, day, voice.rung?.after);
        candidates.delete(item.id);
      }
    }
  };
  const passBefore = (repository: number, now: number) => {
    const day = dateIn(policyOf(repository).time_zone, new Date(now));
    for (const life of all.filter((one) => one.repository === repository && one.from <= day)) {
      const { item } = life.candidate;
      const until = item.snoozes.at(-1)?.until ?? "";
      const last = item.nudges.filter(({ on }) => on > (item.due ?? day)).at(-1)?.on;
      const on = last ? addDays(last, 7) : addDays(item.due ?? day, 1);
      if (!item.issue?.open || on > day || until > day) continue;
      tell(peopleOf(life.candidate), day);
      record(life, day);
    }
  };

  for (let now = START; now < END; now += HOUR_MS) {
    const day = new Date(now).toISOString().slice(0, 10);
    if (new Date(now).getUTCHours() === 16 && ![0, 6].includes(weekday(day)))
      for (const life of all) if (life.from <= day && life.candidate.item.issue?.open) act(life, day, random);
    if (isDown(now)) continue;
    for (let repository = 0; repository < REPOSITORIES; repository++) {
      const policy = policyOf(repository);
      const slot = dueSlot({
        ...{ cron: policy.nudges.schedule, timeZone: policy.time_zone },
        ...{ last: slots[repository] ?? null, now: new Date(now) },
      });
      if (slot === null) continue;
      const waits =
        Date.parse(slot) + quietForMs(new Date(slot), policy) > now || quietForMs(new Date(now), policy) > 0;
      if (rules === "now" && waits) continue;
      slots[repository] = slot;
      if (rules === "now") passNow(repository, now);
      else passBefore(repository, now);
    }
  }
  const items = all.map(({ candidate }) => candidate.item);
  const outcomes = all.flatMap(({ candidate: { item }, moves }) =>
    item.nudges.map((nudge) => {
      const answered = withAnswers(item, moves, item.issue?.assignees ?? []);
      return outcomeOf(answered, nudge, "2027-02-01");
    }),
  );
  expect(ledOf(items, "2026-12-31").of).toBeGreaterThan(0);
  return {
    ...{ weekly: [...weekly.values()].sort((a, b) => a - b), nudged, comments, onMoving, twiceADay, sameNumber },
    ...{ longestWait, inQuiet, led: outcomes.filter((outcome) => outcome !== "nothing").length },
  };
}

it("people get little, none of it while they are at it, none twice, and nothing is lost", () => {
  const [now, before] = [simulate("now"), simulate("before")];
  const row = (name: string, tell: (year: Year) => string | number) =>
    `${name.padEnd(58)}${String(tell(now)).padStart(10)}${String(tell(before)).padStart(14)}`;
  console.log(
    [
      `A year of ${PEOPLE} people, ${REPOSITORIES} repositories, ${POSTMORTEMS} postmortems`,
      row("", (year) => (year === now ? "now" : "before")),
      row("comments", ({ comments }) => comments),
      row("items asked about", ({ nudged }) => nudged),
      row("notifications in a week that has any, a person: median", ({ weekly }) => weekly[weekly.length >> 1] ?? 0),
      row("  worst", ({ weekly }) => weekly.at(-1) ?? 0),
      row("notifications a person and week, over all: mean", ({ weekly }) =>
        (weekly.reduce((sum, one) => sum + one, 0) / (PEOPLE * 52)).toFixed(2),
      ),
      row("days on which a person got two or more", ({ twiceADay }) => twiceADay),
      row("items asked about while they moved", ({ onMoving }) => onMoving),
      row("longest wait of one that was due for a nudge, days", (year) => (year === now ? year.longestWait : "")),
      row(
        "items asked about that led to something within a week",
        ({ led, nudged }) => `${Math.round((100 * led) / nudged)}%`,
      ),
    ].join("\n"),
  );
  expect(now.onMoving).toBe(0);
  expect(now.twiceADay).toBe(0);
  expect(now.sameNumber).toBe(0);
  expect(now.inQuiet).toBe(0);
  // Somebody with much to do is told over some days; the longest outage counts as well.
  expect(now.longestWait).toBeLessThanOrEqual(21);
  expect(now.weekly.at(-1)).toBeLessThanOrEqual(5);
  expect(before.onMoving).toBeGreaterThan(0);
  expect(before.weekly.at(-1)).toBeGreaterThan(now.weekly.at(-1) ?? 0);
});
