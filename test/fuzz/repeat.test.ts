/**
 * Whatever is repeated, wherever it stands, is dealt with in two seconds of processor time and 300 MiB. Each token here once, and each
 * place a few times, with 50 KB; all of them, and 1 MB, in `repeat.long.test.ts`.
 */
import { expect, it } from "vitest";
import { inLongTests, itAtLength } from "../support/long.js";
import { PILLS } from "./hostile.js";
import { PLACES } from "./places.js";
import { LIMIT_MS, lineOf, measureAll, sampledCases, slowest } from "./repeat.js";

/** A smaller text has less time, though not in proportion: most of what it takes is the first use of patterns. */
const SAMPLE_LIMIT_MS = 0.75 * LIMIT_MS;

it("deals with tokens at every place in three quarters of that", { timeout: 600_000 }, async () => {
  const all = sampledCases();
  // Each place once; in the long tests each token.
  const cases = inLongTests(all, all.slice(0, Object.keys(PLACES).length));
  expect(new Set(cases.map(({ place }) => place))).toEqual(new Set(Object.keys(PLACES)));
  const measured = await measureAll(cases);
  console.log(slowest(measured));
  expect(measured.filter(({ ms }) => ms > SAMPLE_LIMIT_MS).map(lineOf)).toEqual([]);
});

itAtLength("survives the poison of every parser", { timeout: 600_000 }, async () => {
  const measured = await measureAll(Object.keys(PILLS).map((place) => ({ place, token: 0, size: 0 })));
  expect(measured.filter(({ ms }) => ms > LIMIT_MS).map(({ place, ms }) => `${place}: ${ms} ms`)).toEqual([]);
});
