/** `.ci/run` with an npm that only says what became of each step: both test runs are run and counted, whatever fails. */
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { temporaryFolder } from "./support/folder.js";

const RUN = fileURLToPath(new URL("../.ci/run", import.meta.url));
const folder = temporaryFolder();

/** What a step leaves behind: its closing line (none where it ended before that) and its exit code. */
interface Step {
  readonly line?: string;
  readonly code?: number;
}

/** The exit code of `.ci/run` and the lines it printed. */
function ci(steps: { readonly lint?: Step; readonly test: Step; readonly "test:long": Step }) {
  const bin = folder();
  const cases = Object.entries(steps).map(
    ([name, { line, code = 0 }]) =>
      `"run ${name}") echo "ran ${name}"; ${line ? `echo "${line}" > "$CLOSING_LINE_FILE";` : ""} exit ${code};;`,
  );
  writeFileSync(join(bin, "npm"), `#!/bin/sh\ncase "$*" in\n${cases.join("\n")}\nesac\n`, { mode: 0o755 });
  const { status, stdout } = spawnSync("bash", [RUN], {
    encoding: "utf8",
    env: { CI_RUNS: "test test:long", PATH: `${bin}:${process.env.PATH}` },
  });
  return [status, ...stdout.trim().split("\n")];
}

it.each([
  ["all pass", "20 passed, 0 failed, 3 skipped", 0, "4 passed, 0 failed", 0, "24 passed, 0 failed, 3 skipped"],
  ["the tests fail", "18 passed, 2 failed", 1, "4 passed, 0 failed, 1 skipped", 0, "22 passed, 2 failed, 1 skipped"],
  ["the long tests fail", "20 passed, 0 failed", 0, "3 passed, 1 failed", 1, "23 passed, 1 failed"],
  ["both fail", "18 passed, 2 failed", 1, "3 passed, 1 failed", 1, "21 passed, 3 failed"],
  ["the build fails", undefined, 2, undefined, 2, "0 passed, 2 failed"],
  ["the long tests are killed", "20 passed, 0 failed", 0, undefined, 137, "20 passed, 1 failed"],
] as const)("%s", (_, line, code, longLine, longCode, closing) => {
  const short = { ...(line && { line }), code };
  const long = { ...(longLine && { line: longLine }), code: longCode };
  const worst = code + longCode > 0 ? 1 : 0;
  expect(ci({ test: short, "test:long": long })).toEqual([worst, "ran test", "ran test:long", closing]);
});

it("fails where only the linters do, and runs the tests all the same", () => {
  const fine = { line: "1 passed, 0 failed" };
  const ran = ["ran lint", "ran test", "ran test:long", "2 passed, 0 failed"];
  expect(ci({ lint: { code: 1 }, test: fine, "test:long": fine })).toEqual([1, ...ran]);
});
