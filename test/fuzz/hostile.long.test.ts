/**
 * Documents made to break readers get an answer or a clear refusal, within 2 seconds and 300 MiB: each is read in a
 * process of its own, whose heap is limited to that.
 */
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { HOSTILE } from "./hostile.js";

const LIMIT_MS = 2000;
const LIMIT_MIB = 300;

interface Outcome {
  readonly ms: number;
  readonly mib: number;
  readonly items: number;
  readonly problems: readonly string[];
  readonly polluted: boolean;
}

async function readInChild(name: string): Promise<Outcome> {
  const child = new URL("hostile-child.ts", import.meta.url).pathname;
  const flags = [`--max-old-space-size=${LIMIT_MIB}`, "--import", "tsx", child, name];
  const { stdout } = await promisify(execFile)(process.execPath, flags, { timeout: 50_000 });
  return JSON.parse(stdout);
}

it.each(Object.keys(HOSTILE))(
  "%s",
  async (name) => {
    let outcome = await readInChild(name);
    // The bound is wide; where a busy machine breaks it once, a quiet moment settles it.
    if (outcome.ms >= LIMIT_MS) outcome = await readInChild(name);
    expect(outcome.ms).toBeLessThan(LIMIT_MS);
    expect(outcome.mib).toBeLessThan(LIMIT_MIB);
    expect(outcome.polluted).toBe(false);
  },
  120_000,
);

it("refuses what it does not read", async () => {
  expect(await readInChild("over 1 MiB")).toMatchObject({ items: 0, problems: ["too-large"] });
  expect(await readInChild("front matter with code")).toMatchObject({
    problems: expect.arrayContaining(["front-matter-code"]),
  });
});

it("reads the items below inert front matter", async () => {
  expect(await readInChild("prototype keys")).toMatchObject({ items: 1, polluted: false });
});
