import { defineConfig } from "vitest/config";

/** What takes minutes, or a machine to itself: `npm run test:long`. */
export default defineConfig({
  test: {
    include: ["{emulator,test}/**/*.long.test.ts"],
    globalSetup: ["test/support/temporary.ts", "test/support/postgres.ts"],
    reporters: ["default", "./test/closing-line.ts"],
    env: { LONG_TESTS: "1" },
    testTimeout: 600_000,
    hookTimeout: 120_000,
    fileParallelism: false,
  },
});
