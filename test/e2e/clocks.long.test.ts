/**
 * Real processes whose machine's clock is wrong, or jumps, killed before and after each kind of create, on both engines: nothing
 * is lost, nothing done twice (docs/adr/0013). Everything is checked that `npm run chaos` checks.
 */
import { describe, expect, it } from "vitest";
import { type Plan, pointNamed } from "../chaos/points.js";
import { type Engine, run, type WrongClock } from "../chaos/world.js";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

const CLOCKS: readonly [string, WrongClock][] = [
  ["a day behind", { aheadMs: -DAY_MS }],
  ["an hour behind", { aheadMs: -HOUR_MS }],
  ["5 minutes behind", { aheadMs: -5 * MINUTE_MS }],
  ["right", { aheadMs: 0 }],
  ["5 minutes ahead", { aheadMs: 5 * MINUTE_MS }],
  ["an hour ahead", { aheadMs: HOUR_MS }],
  ["a day ahead", { aheadMs: DAY_MS }],
  ["jumping forward by an hour", { aheadMs: 0, jumpMs: HOUR_MS }],
  ["jumping back by an hour", { aheadMs: HOUR_MS, jumpMs: -HOUR_MS }],
  ["jumping forward by a day", { aheadMs: 0, jumpMs: DAY_MS }],
  ["jumping back by a day", { aheadMs: 0, jumpMs: -DAY_MS }],
];

/** Of these the ones that are tried in more ways. */
const FAR = CLOCKS.filter(
  ([, { aheadMs, jumpMs = 0 }]) => Math.abs(aheadMs) === HOUR_MS || Math.abs(jumpMs) === HOUR_MS,
);

/** A kill in each stage, so that every kind of create is met: check run, issue or comment, answer, nudge, digest. */
const plan = (phase: string, merge: string, digest: string): Plan => ({
  check: pointNamed(`check ${phase} 1 POST /repos/acme/shop/check-runs`),
  merge: pointNamed(`merge ${phase} ${merge}`),
  commands: pointNamed(`commands ${phase} 1 POST /repos/acme/shop/issues/#/comments`),
  nudges: pointNamed(`nudges ${phase} 2 POST /repos/acme/shop/issues/#/comments`),
  digest: pointNamed(`digest ${phase} 1 POST /repos/acme/shop/${digest}`),
});
const AFTER_ISSUE = plan("after-commit", "5 POST /repos/acme/shop/issues", "issues");
const AFTER_COMMENT = plan("after-commit", "1 POST /repos/acme/shop/issues/#/comments", "issues/#/comments");
const BEFORE_ISSUE = plan("before", "5 POST /repos/acme/shop/issues", "issues");

async function expectOnce(engine: Engine, wrong: WrongClock, kills: Plan): Promise<void> {
  const { findings, killed, said } = await run(engine, kills, wrong);
  expect(
    findings.filter(({ detail }) => detail !== null),
    said.join("\n"),
  ).toEqual([]);
  expect(killed).toHaveLength(5);
}

describe("on SQLite, a clock that is", () => {
  it.each(CLOCKS)("%s", (_, wrong) => expectOnce("sqlite", wrong, AFTER_ISSUE));

  it.each(FAR)("%s, killed after comments", (_, wrong) => expectOnce("sqlite", wrong, AFTER_COMMENT));

  it.each(FAR.slice(0, 2))("%s, killed before the request", (_, wrong) => expectOnce("sqlite", wrong, BEFORE_ISSUE));
});

// There a lease has to run out after each kill, which takes its 15 seconds; and leases go by the database's own clock.
describe.skipIf(!process.env.TEST_DATABASE_URL)("on PostgreSQL, a clock that is", () => {
  it.each([...FAR.slice(1, 2), ...FAR.slice(-1)])("%s", (_, wrong) => expectOnce("postgres", wrong, AFTER_ISSUE));
});
