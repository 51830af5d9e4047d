import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["{emulator,test}/**/*.test.ts"],
    exclude: ["{emulator,test}/**/*.long.test.ts", "node_modules/**"],
    globalSetup: ["test/support/postgres.ts"],
    reporters: ["default", "./test/closing-line.ts"],
    testTimeout: 180_000,
    hookTimeout: 180_000,
  },
});
