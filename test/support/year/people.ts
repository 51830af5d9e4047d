/**
 * The people of a simulated year, and what they do: an organisation of 40 people and 8 repositories in three time zones, whose 60 postmortems
 * promise some 270 items. People close, move, put off, comment, work and ignore with given odds, more in the days after they were asked.
 * The same dice give the same year.
 */
import { addDays, daysBetween, type PlainDate } from "../../../src/calendar.js";
import { loadPolicy } from "../../../src/policy/load.js";
import type { Policy } from "../../../src/policy/schema.js";
import { dueFor } from "../../../src/tracking/due.js";
import type { Move } from "../../../src/tracking/moving.js";
import { withOwnerFound } from "../../../src/tracking/outcomes.js";
import type { TrackedItem } from "../../../src/tracking/types.js";
import type { Candidate } from "../../../src/tracking/voices.js";
import { aDocument, anIssue, anItem } from "../../store/samples.js";
import { an } from "../../tracking/samples.js";

export const PEOPLE = 40;
export const POSTMORTEMS = 60;
export const REPOSITORIES = 8;
const ZONES = ["Europe/Zurich", "America/New_York", "UTC", "Europe/Zurich"];
const HOLIDAYS = ["2026-01-01", "2026-04-03", "2026-04-06", "2026-05-01", "2026-05-14", "2026-05-25", "2026-12-25"];

/** https://en.wikipedia.org/wiki/Linear_congruential_generator, in Numerical Recipes' constants: the same year each time. */
export function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** One item with what its people do about it. */
export interface Life {
  candidate: Candidate;
  /** As the App saw it last. */
  seen: TrackedItem;
  readonly repository: number;
  readonly from: PlainDate;
  readonly moves: Move[];
  /** A pull request that is open until that day. */
  pullUntil: PlainDate | null;
  /** The day on which somebody had it first; null as long as nobody had. */
  ownedOn: PlainDate | null;
}

/** Half of the repositories give no date to what has no priority, so that some items have none. */
const policies = Array.from({ length: REPOSITORIES }, (_, repository) => {
  const { policy, problems } = loadPolicy(
    [
      `time_zone: ${ZONES[repository % ZONES.length]}`,
      `due: { owner_within: 3 days${repository % 2 === 0 ? "" : ", default: null"} }`,
      `calendar: { business_days: true, holidays: [${HOLIDAYS.join(", ")}], quiet: 18:00-08:00 }`,
      'escalation: [{ after: 30 days, to: "@p0" }]',
    ].join("\n"),
  );
  if (problems.length > 0) throw new Error(`the policy is wrong: ${JSON.stringify(problems)}`);
  return policy;
});

export function policyOf(repository: number): Policy {
  const policy = policies[repository];
  if (!policy) throw new Error("there is a policy for each");
  return policy;
}

const INCIDENTS = [
  "Checkout outage",
  "Slow search",
  "Lost e-mails",
  "Expired certificate",
  "Full disk",
  "Wrong prices",
];
const VERBS = ["Add an alert for", "Rehearse the failover of", "Bound the retries of", "Document", "Add a timeout to"];
const THINGS = ["the payment queue", "the session store", "the search index", "the mail gateway", "the price feed"];

const pick = <T>(list: readonly T[], random: () => number): T => {
  const one = list[Math.floor(random() * list.length)];
  if (one === undefined) throw new Error("there is none to pick");
  return one;
};

/** What the year's postmortems promise. Those of one mostly go to one person; some people have a great deal; a tenth has nobody yet. */
export function promises(random: () => number): Life[] {
  const somebody = () => `p${Math.floor(random() ** 2 * PEOPLE)}`;
  return Array.from({ length: POSTMORTEMS }, (_, at) => {
    const repository = at % REPOSITORIES;
    const from = addDays("2026-01-02", Math.floor((at * 340) / POSTMORTEMS));
    const severity = `SEV-${1 + (Math.floor(at / REPOSITORIES) % 3)}`;
    const incident = { id: null, date: from, severity, services: [], tags: [] };
    const path = `postmortems/${from}.md`;
    const document = aDocument({
      ...{ id: `d${at}`, repositoryId: repository, incident, home: 1_000 + at, author: `p${at % PEOPLE}` },
      ...{ title: pick(INCIDENTS, random), path, firstPath: path },
    });
    const most = somebody();
    return Array.from({ length: 3 + Math.floor(random() * 4) }, (_, ordinal): Life => {
      const priority = pick(["P0", "P1", "P2", null], random);
      const title = `${pick(VERBS, random)} ${pick(THINGS, random)}`;
      const { due, origin } = dueFor(an(title, { priority }), incident, policyOf(repository), from);
      const assignees = random() < 0.1 ? [] : [random() < 0.6 ? most : somebody()];
      const issue = anIssue({ number: at * 10 + ordinal + 1, title, assignees });
      const item = anItem({
        ...{ id: `i${at}-${ordinal}`, documentId: document.id, repositoryId: repository, ordinal },
        ...{ due, dueOrigin: origin, originalDue: due, openedOn: from, issue, nudges: [], nextNudgeOn: null },
        base: { ...anItem().base, title, priority, owners: assignees, mentions: assignees },
      });
      const candidate = { item, document, teams: [] };
      const ownedOn = assignees.length > 0 ? from : null;
      return { from, repository, candidate, seen: item, moves: [], pullUntil: null, ownedOn };
    });
  }).flat();
}

/** What people do on a day, more of it in the days after a nudge. */
export function act(life: Life, today: PlainDate, random: () => number): void {
  const { candidate, moves } = life;
  const { item } = candidate;
  const { issue } = item;
  if (!issue) return;
  const by = issue.assignees[0] ?? null;
  const change = (part: Partial<TrackedItem>) => {
    life.candidate = { ...candidate, item: withOwnerFound({ ...item, ...part }, item, today) };
  };
  const moveTo = (to: PlainDate, who: string | null) =>
    change({
      ...{ due: to, originalDue: item.originalDue ?? to },
      slips: [...item.slips, { on: today, from: item.due, to, by: who, why: null }],
    });
  const close = () => change({ issue: { ...issue, open: false, closedOn: today } });
  const last = item.nudges.at(-1)?.on;
  const isFresh = last !== undefined && daysBetween(last, today) <= 5;
  const roll = random();
  const odds = isFresh ? [0.07, 0.1, 0.12, 0.15, 0.18] : [0.006, 0.008, 0.008, 0.016, 0.026];
  const [closes = 0, postpones = 0, snoozes = 0, says = 0, works = 0] = odds;
  if (life.pullUntil && life.pullUntil <= today) {
    life.pullUntil = null;
    for (const [at, move] of moves.entries()) moves[at] = { ...move, open: false };
    if (random() < 0.8) {
      close();
      return;
    }
  }
  if (by === null) {
    if (roll >= (isFresh ? 0.1 : 0.03)) return;
    life.ownedOn ??= today;
    change({ issue: { ...issue, assignees: [`p${Math.floor(random() * PEOPLE)}`] } });
  } else if (item.due === null && roll < (isFresh ? 0.1 : 0.01)) moveTo(addDays(today, 30), by);
  else if (roll < closes) close();
  else if (roll < postpones && item.due) moveTo(addDays(today, 14), by);
  else if (roll < snoozes) change({ snoozes: [{ on: today, until: addDays(today, 14), by, why: null }] });
  else if (roll < says) moves.push({ kind: "comment", by, on: today, open: false });
  else if (roll < works) {
    life.pullUntil = addDays(today, 3 + Math.floor(random() * 20));
    moves.push({ kind: "pull", by, on: today, open: true });
  }
}
