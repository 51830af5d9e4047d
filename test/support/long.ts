/**
 * Grids of which `npm test` tries a sample of each kind, and `npm run test:long` all: the test file takes its cases by
 * `inLongTests(all, sample)`, and a file `NAME.long.test.ts` beside it imports it.
 */

/** Set by vitest.long.config.ts. */
const IS_LONG = process.env.LONG_TESTS === "1";

export const inLongTests = <T>(all: T, sample: T): T => (IS_LONG ? all : sample);
