/** What was written down before, from files and from what the service follows. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Stage } from "../support/stage.js";
import { followThrough } from "./command.js";

const LEAK =
  "# Checkout hung\n\n**Date:** 2024-03-03\n\n## Root cause\n\nThe cursor of `order_history` leaked, so `pgpool` was full.\n\n## Action items\n\n- [ ] Close every cursor - @lisa - due 2024-04-01\n";
const OVEN = "# Oven cold\n\n## Root cause\n\nThe certificate of `oven-gateway` expired.\n";
const AGAIN =
  "# Orders hung\n\n## Root cause\n\nA report left its cursor on `order_history` open, and `pgpool` was full.\n";

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), "find-"));
  mkdirSync(join(cwd, "past"));
  writeFileSync(join(cwd, "past", "leak.md"), LEAK);
  writeFileSync(join(cwd, "past", "oven.md"), OVEN);
  writeFileSync(join(cwd, "past", "notes.txt"), LEAK);
  writeFileSync(join(cwd, "new.md"), AGAIN);
});
afterEach(() => rmSync(cwd, { recursive: true }));

describe("similar --in", () => {
  it("names those in a folder that a file may be about the same as, never itself", async () => {
    const { code, out, err } = await followThrough(["similar", "new.md", "--in", "."], { cwd });
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toMatch(/^past\/leak\.md: Checkout hung \(2024-03-03\)\n {2}shares order_history, pgpool/);
    expect(out.split("shares")).toHaveLength(2);
  });

  it("--json prints an object a line", async () => {
    const { out } = await followThrough(["similar", "new.md", "--in", "past", "--json"], { cwd });
    const [line = "", ...more] = out.trim().split("\n");
    expect(more).toEqual([]);
    expect(JSON.parse(line)).toMatchObject({
      path: "past/leak.md",
      title: "Checkout hung",
      weight: expect.any(Number),
    });
  });

  it.each([
    ["a file that is not there", ["similar", "none.md", "--in", "past"], "none.md does not exist"],
    ["a folder for a file", ["similar", "past", "--in", "past"], "past is a folder"],
    ["a folder that is not there", ["similar", "new.md", "--in", "none"], "none does not exist"],
  ])("says what is wrong with %s", async (_, args, said) => {
    const { code, err } = await followThrough(args, { cwd });
    expect([code, err.includes(said)]).toEqual([2, true]);
  });

  it("that is no text is its author's to fix", async () => {
    writeFileSync(join(cwd, "binary.md"), Buffer.from([0xff, 0xfe, 0x80]));
    const { code, err } = await followThrough(["similar", "binary.md", "--in", "past"], { cwd });
    expect([code, err]).toEqual([1, expect.stringContaining("binary.md is not text in UTF-8")]);
  });

  it("of nothing finds nothing", async () => {
    writeFileSync(join(cwd, "empty.md"), "");
    expect(await followThrough(["similar", "empty.md", "--in", "past"], { cwd })).toEqual({
      code: 0,
      out: "",
      err: "",
    });
  });
});

it("similar and search over what the service follows ask nothing of GitHub", async () => {
  const stage = await Stage.start();
  try {
    await stage.merge({ "postmortems/leak.md": LEAK });
    const number = stage.trackingIssues()[0]?.number;
    const before = stage.gh.requests.length;
    const env = { ...stage.gh.environment, DATA_DIR: stage.dataDir };
    const run = (...args: string[]) => followThrough(args, { cwd, env });
    expect((await run("similar", "new.md")).out).toMatch(
      /^acme\/shop postmortems\/leak\.md: Checkout hung \(2024-03-03\)\n {2}shares .*; 1 of 1 items open, 1 overdue\n$/,
    );
    expect((await run("search", "cursor")).out).toBe(
      `acme/shop#${number} Close every cursor\n  overdue · owner lisa · due 2024-04-01 · postmortems/leak.md\n`,
    );
    expect(JSON.parse((await run("search", "checkout", "--json", "--org", "ACME")).out)).toMatchObject({
      kind: "postmortem",
      repository: "acme/shop",
      path: "postmortems/leak.md",
    });
    expect((await run("search", "--open", "--owner", "eve")).out).toBe("");
    expect((await run("search", "x", "--org", "nobody")).code).toBe(2);
    expect(stage.gh.requests.length).toBe(before);
  } finally {
    await stage.close();
  }
});
