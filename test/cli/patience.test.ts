import { describe, expect, it } from "vitest";
import { patiently } from "../../src/cli/patience.js";
import { AuthorProblem, Retryable } from "../../src/errors.js";
import { SILENT } from "../../src/jobs/log.js";

const MINUTE = 60_000;
const broken = () => new Retryable("GitHub answered 500");

/** Runs a body that fails in turn with each of these (after so many minutes of work), and then ends well; tells how long was waited. */
async function tried(...failures: { error: Error; after?: number }[]): Promise<{ waits: number[]; error?: unknown }> {
  let time = Date.parse("2024-09-16T09:00:00Z");
  const waits: number[] = [];
  const left = [...failures];
  const body = async () => {
    const next = left.shift();
    time += (next?.after ?? 0) * MINUTE;
    if (next) throw next.error;
  };
  const sleep = async (ms: number) => {
    waits.push(ms);
    time += ms;
  };
  try {
    await patiently(SILENT, body, { now: () => time, sleep, random: () => 0.5 });
    return { waits };
  } catch (error) {
    return { waits, error };
  }
}

describe("a command", () => {
  it("tries again with growing waits where GitHub failed, and ends well", async () => {
    const failures = [broken(), broken(), broken()].map((error) => ({ error }));
    expect(await tried(...failures)).toEqual({ waits: [1_000, 4_000, 16_000] });
  });

  it("gives up with the reason after the fourth failure in a row", async () => {
    const failures = [broken(), broken(), broken(), broken()].map((error) => ({ error }));
    expect(await tried(...failures)).toEqual({ waits: [1_000, 4_000, 16_000], error: broken() });
  });

  it("begins again where it went well for long: a backfill of hours meets many a failure", async () => {
    const failures = Array.from({ length: 10 }, () => ({ error: broken(), after: 11 }));
    expect(await tried(...failures)).toEqual({ waits: failures.map(() => 1_000) });
  });

  it("waits until GitHub's limits have room, as often as they ask", async () => {
    const limit = { error: new Retryable("limit", { waitMs: 30 * MINUTE, blameless: true }) };
    expect(await tried(...Array(6).fill(limit))).toEqual({ waits: Array(6).fill(30 * MINUTE) });
  });

  it("does not try again what only a person can fix", async () => {
    const error = new AuthorProblem("Archived.", "Unarchive it.");
    expect(await tried({ error })).toEqual({ waits: [], error });
  });
});
