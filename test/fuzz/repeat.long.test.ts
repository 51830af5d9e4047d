/**
 * Every token at every place, with 100 KB and 1 MB: `FUZZ_SHARE=1 npm run test:long -- test/fuzz` for all of them, which takes hours;
 * without it a fiftieth. The slowest ten are printed.
 */
import { expect, it } from "vitest";
import { LIMIT_MS, lineOf, measureAll, shareOfCases, slowest } from "./repeat.js";
import "./repeat.test.js";

const SHARE = Number(process.env.FUZZ_SHARE ?? 0.02);

it(`deals with ${SHARE * 100}% of all tokens at all places in two seconds each`, { timeout: 86_400_000 }, async () => {
  const measured = await measureAll(shareOfCases(SHARE), (one) => {
    if (one.ms > LIMIT_MS) console.log(lineOf(one));
  });
  console.log(slowest(measured));
  expect(measured.filter(({ ms }) => ms > LIMIT_MS).map(lineOf)).toEqual([]);
});
