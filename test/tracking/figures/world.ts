/** A year of an organisation that was made up: always the same, with all that a report tells. */
import { addDays } from "../../../src/calendar.js";
import type { Counted } from "../../../src/tracking/figures/counted.js";
import { document } from "../../render/samples.js";
import { counted, DAY, slip } from "./samples.js";

export const REPOSITORIES = ["acme/shop", "acme/pay", "acme/search"] as const;

const TITLES = [
  "Add timeouts to the gateway client",
  "Alert when the pool is 80% busy",
  "Rotate the signing keys by themselves",
  "Write down how to fail over",
  "Load-test the cold start of the cache before every release of the checkout",
  "Drop the <b>unused</b> indexes & `views`",
  "決済の再試行を制限する",
  "Page whoever owns the queue",
];
const PEOPLE = ["lisa", "dev", "ada", "kim", "maria-jose", "tom", "yuki", "ola", "sam", "raj", "zoe", "lee"];
const FIRST_DAY = "2023-10-01";
const DAYS = 366;

/** Numbers from 0 to 1 that look like chance: https://en.wikipedia.org/wiki/Linear_congruential_generator */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

/** So many items, each opened within the year before {@link DAY}. */
export function world(items = 320): Counted[] {
  const next = chance(7);
  const pick = <T>(all: readonly [T, ...T[]] | readonly T[]): T => {
    const one = all[Math.floor(next() * all.length)];
    if (one === undefined) throw new Error("nothing to pick from");
    return one;
  };
  const some = (share: number): boolean => next() < share;
  return Array.from({ length: items }, () => {
    const on = addDays(FIRST_DAY, Math.floor(next() * DAYS));
    const first = some(0.9) ? addDays(on, Math.floor(5 + next() * 60)) : null;
    const moved = first !== null && some(0.25) ? addDays(first, Math.floor(7 + next() * 40)) : null;
    const slips =
      first !== null && moved !== null ? [slip(addDays(first, -1), first, moved, pick(PEOPLE.slice(0, 4)))] : [];
    const isDone = some(0.7);
    const closed = isDone ? addDays(on, Math.floor(2 + next() * next() * 150)) : some(0.25) ? addDays(on, 40) : DAY;
    const severity = pick<string | null>(["SEV-1", "SEV-2", "SEV-2", "SEV-3", "sev3", null]);
    const one = counted({
      title: pick(TITLES),
      on,
      ...(closed < DAY && { closed, as: isDone ? "completed" : pick(["not_planned", "duplicate"] as const) }),
      assignees: some(0.12) ? [] : [pick(PEOPLE), ...(some(0.1) ? ["lisa-koch"] : [])],
      priority: pick<string | null>(["P0", "P1", "P2", "P2", "P3", null]),
      type: pick(["prevent", "detect", "mitigate", "process", null, null] as const),
      item: {
        due: moved ?? first,
        originalDue: first,
        atMerge: { owner: some(0.8), date: some(0.6) },
        slips,
        nudges: first !== null && some(0.5) ? [{ n: 1, on: addDays(first, 1) }] : [],
      },
      document: {
        title: pick(["Payment gateway outage", "Checkout hung", "Search was stale", "Queue full after the deploy"]),
        incident: { ...document().incident, severity, services: [pick(["payments", "checkout", "search", "queue"])] },
      },
      counted: {
        repository: pick(REPOSITORIES),
        teams: some(0.4) ? [pick(["acme/payments", "acme/platform"])] : [],
        urgency: [Number(/\d/.exec(severity ?? "9")?.[0])],
      },
    });
    const answers = some(0.5) && some(0.6) ? [{ n: 1, how: "commented" as const }] : [];
    return { ...one, item: { ...one.item, answers } };
  });
}
