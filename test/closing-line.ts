import { writeFileSync } from "node:fs";
import type { Reporter, SerializedError, TestModule } from "vitest/node";

/**
 * Ends a test run with one plain line, `N passed, N failed[, N skipped]`, for machines that read closing lines; where
 * CLOSING_LINE_FILE names a file, the line is written there instead, so that `.ci/run` can count two runs together.
 * A file that could not be collected counts as one failure, so that a broken import never looks green; so does an error
 * that no test caught.
 */
export default class ClosingLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], uncaught: readonly SerializedError[]): void {
    const count = { passed: 0, failed: uncaught.length, skipped: 0, pending: 0 };
    for (const module of modules) {
      for (const test of module.children.allTests()) count[test.result().state]++;
      if (module.state() === "failed" && module.errors().length > 0) count.failed++;
    }
    const skipped = count.skipped > 0 ? `, ${count.skipped} skipped` : "";
    const line = `${count.passed} passed, ${count.failed} failed${skipped}`;
    if (process.env.CLOSING_LINE_FILE) writeFileSync(process.env.CLOSING_LINE_FILE, `${line}\n`);
    // Vitest's own summary is printed by a reporter that ran before this one; the line must come after it.
    else process.on("exit", () => console.log(line));
  }
}
