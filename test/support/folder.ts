/** Folders for a test, gone after it: `const folder = temporaryFolder();` in a suite, `folder()` in a test. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach } from "vitest";

export function temporaryFolder(): () => string {
  const made: string[] = [];
  afterEach(() => {
    for (const path of made.splice(0)) rmSync(path, { recursive: true, force: true });
  });
  return () => {
    const path = mkdtempSync(join(tmpdir(), "follow-through-test-"));
    made.push(path);
    return path;
  };
}
