import { defineConfig } from "vitest/config";

/** These replace modules for all who import them after, so each has a process of its own. */
const REPLACING = ["test/postmortem/markdown/without-binary.test.ts", "test/store/packaged-sqlite.test.ts"];
const LONG = "{emulator,test}/**/*.long.test.ts";

export default defineConfig({
  test: {
    globalSetup: ["test/support/temporary.ts", "test/support/postgres.ts"],
    reporters: ["default", "./test/closing-line.ts"],
    projects: [
      {
        extends: true,
        // All files in one process: what they import is loaded and made fast once.
        test: {
          name: "shared",
          include: ["{emulator,test}/**/*.test.ts"],
          exclude: [LONG, ...REPLACING],
          isolate: false,
        },
      },
      { extends: true, test: { name: "alone", include: REPLACING } },
    ],
    testTimeout: 180_000,
    hookTimeout: 180_000,
  },
});
