import { expect, it } from "vitest";
import { promisedBefore } from "../../src/tracking/promised.js";
import { cpuMsWithin } from "../support/cpu.js";

const EARLIER = [
  "Close every cursor in a finally block",
  "Write a connection pool runbook",
  "Add an alert on disk use",
  "Upgrade Postgres to 16",
  "Review retries of the checkout service",
  "Raise pool size on production",
  "Disable the alert on latency",
  "Add tests",
];

it.each([
  ["Close every cursor in a finally block", 0],
  ["Close all cursors in finally blocks", 0],
  ["Write a runbook for the connection pool", 1],
  ["Add an alert on pool use", null],
  ["Upgrade Postgres to 15", null],
  ["Review timeouts of the checkout service", null],
  ["Raise pool size on staging", null],
  ["Enable the alert on latency", null],
  // What every team promises says nothing.
  ["Add tests", null],
  ["", null],
] as const)("%s: promised before as %s", (title, index) => {
  expect(promisedBefore([title], EARLIER)).toEqual([index]);
});

it("of nothing is nothing", () => {
  expect(promisedBefore([], EARLIER)).toEqual([]);
  expect(promisedBefore(["Add tests"], [])).toEqual([null]);
});

it("of thousands the first are compared, in time that no author can stretch", () => {
  const title = (at: number) =>
    Array.from({ length: 40 }, (_, word) => `shard${(at * 7 + word * 13) % 97}x${at}`).join(" ");
  const fresh = Array.from({ length: 3_000 }, (_, at) => title(at));
  const earlier = Array.from({ length: 1_000 }, (_, at) => title(at + 10_000));
  expect(promisedBefore([fresh[0] ?? "", ...earlier.slice(0, 5)], earlier).slice(0, 2)).toEqual([null, 0]);
  expect(cpuMsWithin(2_000, () => promisedBefore(fresh, earlier))).toBeLessThan(2_000);
});
