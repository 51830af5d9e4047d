/**
 * No regular expression of `src` takes long for what an author writes. recheck (https://makenowjust-labs.github.io/recheck/) looks for a text
 * on which one goes back over its steps; where it finds any, the pattern is tried on that, as long as what it is given can be.
 */
import { runInNewContext } from "node:vm";
import type { Diagnostics } from "recheck";
import { beforeAll, describe, expect, it } from "vitest";
import { FIXTURES, fixture } from "../fixtures/postmortems.js";
import { cpuMs } from "../support/cpu.js";
import { madePatterns, type Pattern, writtenPatterns } from "../support/patterns.js";

/** An item's line is cut at so many characters (`postmortem/markdown/tame.ts`). What is longer, `test/fuzz/repeat.ts` holds. */
const LINE = 2_000;
/** Files whose patterns are given less, where one is slow for a whole line. */
const GIVEN: Readonly<Record<string, number>> = {
  "postmortem/due/widen.ts": 16,
  "postmortem/items/readers/list.ts": 100,
  "postmortem/items/refine/reference.ts": 60,
};
/** Of processor time. A pattern whose cost grows with the square takes a tenth of this for a line; with the cube, several times as much. */
const LIMIT_MS = 500;
/** So long it is left to run at all, on a busy machine too. */
const GUARD_MS = 20_000;
/** So long each pattern is looked at. Most take a hundredth of it. */
const LOOK_MS = 2_000;

/** Null where it is not installed. */
const recheck = await import("recheck").catch(() => null);

let patterns: readonly Pattern[];
beforeAll(async () => {
  const made = await madePatterns(async () => {
    const { readPostmortem } = await import("../../src/postmortem/read.js");
    const { DEFAULT_READ_OPTIONS } = await import("../../src/postmortem/types.js");
    for (const name of FIXTURES) readPostmortem(`${name}.md`, fixture(name), DEFAULT_READ_OPTIONS);
  });
  patterns = [...writtenPatterns(), ...made];
});

/** The text that was found, with its repeated parts as often as `length` allows. */
function attackOf({ attack }: Diagnostics, length: number): string | null {
  if (!attack) return null;
  const { pumps, suffix } = attack;
  const once = pumps.reduce((sum, { prefix }) => sum + prefix.length, suffix.length);
  const more = pumps.reduce((sum, { pump }) => sum + pump.length, 0);
  const times = Math.max(1, Math.floor((length - once) / more));
  return pumps.map(({ prefix, pump }) => prefix + pump.repeat(times)).join("") + suffix;
}

/** Whether the pattern is done with the text in time. */
function isDone({ source, flags }: Pattern, text: string): boolean {
  const context = { source, flags, text };
  try {
    return (
      cpuMs(() => runInNewContext("new RegExp(source, flags).test(text)", context, { timeout: GUARD_MS })) < LIMIT_MS
    );
  } catch {
    return false;
  }
}

it("finds them all", () => {
  expect(patterns.length).toBeGreaterThan(1_000);
});

/** What recheck finds of a pattern. */
const look = ({ source, flags }: Pattern): Diagnostics => recheck?.checkSync(source, flags, { timeout: LOOK_MS }) ?? {};

describe.skipIf(recheck === null)("recheck", () => {
  it("knows one that takes long", () => {
    const pattern = { where: "here", source: "^(?:de la|de|la|\\s)+$", flags: "" };
    expect(isDone(pattern, attackOf(look(pattern), LINE) ?? "")).toBe(false);
  });

  it("has none that takes long for a line", () => {
    const slow = patterns.flatMap((pattern) => {
      const { where, source, flags } = pattern;
      const text = attackOf(look(pattern), GIVEN[where.replace(/:\d+$/, "").replaceAll("\\", "/")] ?? LINE);
      return text === null || isDone(pattern, text) ? [] : [`${where}: /${source}/${flags} on ${JSON.stringify(text)}`];
    });
    expect(slow).toEqual([]);
  }, 3_600_000);
});
