/** GitHub's time, and how long its tokens are kept. */
import { describe, expect, it } from "vitest";
import { GitHubTime } from "../../src/github/time.js";
import { TokenCache } from "../../src/github/tokens.js";

const THEIRS = Date.parse("2024-09-16T09:00:00Z");
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

const headers = (instant: number, more: Record<string, string> = { "x-github-request-id": "1" }) =>
  new Headers({ date: new Date(instant).toUTCString(), ...more });

describe("GitHub's time", () => {
  it("is unknown before the first answer: GitHub told nothing, and our clock counts", () => {
    const time = new GitHubTime(() => new Date(THEIRS));
    expect([time.toldLast().getTime(), time.aheadMs(), time.now().getTime()]).toEqual([0, null, THEIRS]);
  });

  it.each([-24 * HOUR_MS, -HOUR_MS, -MINUTE_MS, MINUTE_MS, HOUR_MS, 24 * HOUR_MS])(
    "puts a clock right that is ahead by %s ms",
    (aheadMs) => {
      const time = new GitHubTime(() => new Date(THEIRS + aheadMs));
      time.learn(headers(THEIRS));
      expect([time.toldLast().getTime(), time.now().getTime()]).toEqual([THEIRS, THEIRS]);
    },
  );

  it.each([-59_999, -1, 0, 999, 59_999])("leaves a clock alone that is ahead by %s ms", (aheadMs) => {
    const time = new GitHubTime(() => new Date(THEIRS + aheadMs));
    time.learn(headers(THEIRS));
    expect([time.toldLast().getTime(), time.now().getTime()]).toEqual([THEIRS, THEIRS + aheadMs]);
  });

  it("is learnt from no proxy, and from nothing that is no date", () => {
    const time = new GitHubTime(() => new Date(THEIRS));
    time.learn(headers(THEIRS + HOUR_MS, {}));
    time.learn(new Headers({ "x-github-request-id": "1" }));
    time.learn(new Headers({ "x-github-request-id": "1", date: "soon" }));
    expect([time.toldLast().getTime(), time.aheadMs()]).toEqual([0, null]);
  });
});

describe("a token", () => {
  const kept = (wallMs: number, monotonicMs: number) => {
    let now = { wall: THEIRS, monotonic: 1_000 };
    const tokens = new TokenCache(() => now);
    tokens.set("7", "ghs_x");
    now = { wall: now.wall + wallMs, monotonic: now.monotonic + monotonicMs };
    return tokens.get("7") !== undefined;
  };

  it.each([
    ["at once", 0, 0, true],
    ["58 minutes later", 58 * MINUTE_MS, 58 * MINUTE_MS, true],
    ["59 minutes later", 59 * MINUTE_MS, 59 * MINUTE_MS, false],
    ["while a time server adjusts the clock a little", 58 * MINUTE_MS + 2_000, 58 * MINUTE_MS, true],
    ["after the clock was put back by a day", -24 * HOUR_MS, 60_000, false],
    ["after the clock was put forward by an hour", HOUR_MS, 60_000, false],
    ["after a sleep, in which the monotonic clock stood still", 8 * HOUR_MS, 0, false],
  ])("is asked for %s", (_, wallMs, monotonicMs, isKept) => {
    expect(kept(wallMs, monotonicMs)).toBe(isKept);
  });

  it("is forgotten on demand", () => {
    const tokens = new TokenCache();
    tokens.set("7", "ghs_x");
    expect(tokens.get("7")).toBe("ghs_x");
    tokens.delete("7");
    expect(tokens.get("7")).toBeUndefined();
  });
});
