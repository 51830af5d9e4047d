import { defineConfig } from "vitest/config";

/** These measure how long something takes, or how much memory: nothing else runs beside them. */
const MEASURED = ["test/fuzz/*.long.test.ts", "test/postmortem/patterns.long.test.ts"];

/** What takes minutes, or a machine to itself: `npm run test:long`. */
export default defineConfig({
  test: {
    globalSetup: ["test/support/temporary.ts", "test/support/postgres.ts"],
    reporters: ["default", "./test/closing-line.ts"],
    projects: [
      {
        extends: true,
        // Most of them wait for leases, processes and clocks, and two of them hardly know of each other.
        test: {
          name: "long",
          include: ["{emulator,test}/**/*.long.test.ts"],
          exclude: MEASURED,
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
      { extends: true, test: { name: "measured", include: MEASURED, maxWorkers: 1, sequence: { groupOrder: 2 } } },
    ],
    env: { LONG_TESTS: "1" },
    testTimeout: 600_000,
    hookTimeout: 120_000,
  },
});
