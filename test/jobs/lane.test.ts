/** Whoever holds a lane keeps its lease, and learns at once where it is another's. */
import { describe, expect, it } from "vitest";
import { keepLane } from "../../src/jobs/lane.js";
import { Lease } from "../../src/jobs/lease.js";
import { SILENT } from "../../src/jobs/log.js";
import type { Claim } from "../../src/store/types.js";

const LEASE_MS = 15_000;

/** A lane whose database answers so, one answer a beat; the clock goes on with each sleep. Returns what came of it. */
async function held(answers: readonly (boolean | Error)[]) {
  let clock = 0;
  let beats = 0;
  let lost = 0;
  const ended = new AbortController();
  const clocks = { now: () => new Date(clock), monotonic: () => clock };
  const lease = new Lease(LEASE_MS, clocks);
  await keepLane(
    {
      claim: { key: "sweep:1", cause: null } as Claim,
      lease,
      leaseMs: LEASE_MS,
      log: SILENT,
      onLost: () => lost++,
      work: {
        heartbeat: async () => {
          const answer = answers[beats++] ?? true;
          if (answer instanceof Error) throw answer;
          return answer;
        },
      },
      sleep: async (ms) => {
        clock += ms;
        if (beats === answers.length) ended.abort();
      },
    },
    ended.signal,
  );
  return { beats, lost, isOver: lease.isOver() };
}

const DOWN = new Error("no database");

describe("a lane", () => {
  it.each([
    ["is kept while the work runs", [true, true, true, true], { beats: 4, lost: 0, isOver: false }],
    ["is lost as soon as the database says so", [true, false], { beats: 2, lost: 1, isOver: false }],
    ["outlives a database that is out of reach for a moment", [true, DOWN, true], { beats: 3, lost: 0, isOver: false }],
    ["is lost when its time ran out unprolonged", [DOWN, DOWN, DOWN, true], { beats: 3, lost: 1, isOver: true }],
  ] as const)("%s", async (_, answers, expected) => {
    expect(await held(answers)).toEqual(expected);
  });
});
