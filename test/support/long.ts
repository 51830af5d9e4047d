/**
 * `npm test` tries a sample of each large grid, and `npm run test:long` all of it: the test file takes its cases by `sampled` or
 * `inLongTests`, or a test by `itAtLength`, and a file `NAME.long.test.ts` beside it imports it (`long.test.ts` here holds that).
 */
import { it, type SuiteAPI, type TestAPI, type TestOptions } from "vitest";

/** Set by vitest.long.config.ts. */
const IS_LONG = process.env.LONG_TESTS === "1";

export const inLongTests = <T>(all: T, sample: T): T => (IS_LONG ? all : sample);

/** In `npm test` so many of the cases, spread evenly from the first on, and always the same. */
export const someOf = <T>(cases: readonly T[], count: number): readonly T[] => {
  const stretch = (at: number) => Math.floor((at * count) / cases.length);
  return inLongTests(
    cases,
    cases.filter((_, at) => stretch(at) !== stretch(at - 1)),
  );
};

/** `it.each` or `describe.each`, of whose cases `npm test` tries so many: `sampled(it, 3).each(CASES)("…", …)`. */
export function sampled<A extends Pick<TestAPI, "each"> | Pick<SuiteAPI, "each">>(
  api: A,
  count: number,
): Pick<A, "each"> {
  const each = (cases: readonly unknown[]) => api.each(someOf(cases, count));
  return { each: each as A["each"] };
}

interface AtLength extends Pick<TestAPI, "each"> {
  (name: string, body: () => Promise<void> | void): void;
  (name: string, options: TestOptions, body: () => Promise<void> | void): void;
}

/** A test that costs seconds, or shows from another side what one beside it shows: in the long tests alone. */
export const itAtLength: AtLength = inLongTests<AtLength>(
  it,
  Object.assign(() => {}, { each: () => () => {} }),
);
