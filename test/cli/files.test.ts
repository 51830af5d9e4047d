/** `extract` and `check`: files of this machine, no GitHub. */
import { execFileSync } from "node:child_process";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { GATEWAY, TABLE } from "../fixtures/documents.js";
import { temporaryFolder } from "../support/folder.js";
import { large } from "../support/odd-reading.js";
import { followThrough } from "./command.js";

const folder = temporaryFolder();
let cwd: string;
beforeEach(() => {
  cwd = folder();
});

const write = (path: string, text: string | Buffer) => {
  mkdirSync(dirname(join(cwd, path)), { recursive: true });
  writeFileSync(join(cwd, path), text);
};
const run = (...args: string[]) => followThrough(args, { cwd });

describe("extract", () => {
  it("prints each item with its line, owner and date", async () => {
    write("a.md", TABLE);
    const { code, out, err } = await run("extract", "a.md");
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toContain("a.md: Cache bug (P3, 2024-09-10)");
    expect(out).toContain("    13  [ ] Watch the hit rate\n            owner dev · due 2024-09-17 · P1\n");
  });

  it("--json prints one object a file, in the promised shape", async () => {
    write("a.md", GATEWAY);
    write("b.md", "# Nothing\n");
    const { code, out } = await run("extract", "--json", "a.md", "b.md");
    const [first, second, ...more] = out
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(code).toBe(0);
    expect(more).toEqual([]);
    expect(Object.keys(first)).toEqual(expect.arrayContaining(["path", "title", "incident", "items", "problems"]));
    expect(first).toMatchObject({
      path: "a.md",
      title: "Payment gateway outage",
      incident: { id: "INC-2024-089", date: "2024-09-12", severity: "SEV-1", services: [] },
    });
    expect(first.items).toHaveLength(5);
    expect(first.items[1]).toMatchObject({
      line: 21,
      endLine: 21,
      title: "Close connections on error paths",
      owners: ["lisa"],
      due: "2024-09-20",
      dueText: "Sept 20",
      done: false,
      priority: null,
      ref: "OPS-2",
      group: "Immediate",
      kind: "checkbox",
    });
    expect(first.items[4]).toMatchObject({ owners: [], due: null, dueText: null });
    for (const problem of first.problems)
      expect(problem).toMatchObject({
        line: expect.any(Number),
        rule: expect.any(String),
        level: expect.any(String),
        message: expect.any(String),
      });
    expect(second).toMatchObject({ path: "b.md", items: [] });
  });

  it("reads a large file like a small one", async () => {
    write("small.md", TABLE);
    write("large.md", large(TABLE));
    const [first, second] = (await run("extract", "--json", "small.md", "large.md")).out.trim().split("\n");
    expect(JSON.parse(second ?? "")).toEqual({ ...JSON.parse(first ?? ""), path: "large.md" });
  });

  it("reads what is no text at all without failing, ends with 1, and prints the others", async () => {
    write("a.md", Buffer.from([0xff, 0xfe, 0x00, 0x41]));
    write("empty.md", "");
    write("large.md", "x".repeat(1_048_577));
    write("b.md", TABLE);
    const { code, out, err } = await run("extract", "--json", "a.md", "empty.md", "large.md", "b.md");
    expect({ code, err }).toEqual({ code: 1, err: "" });
    const rules = out
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line).problems[0]?.rule);
    expect(rules.slice(0, 3)).toEqual(["not-utf8", undefined, "too-large"]);
    const inWords = await run("extract", "a.md", "large.md", "b.md");
    expect(inWords).toMatchObject({
      code: 1,
      err: "a.md is not text in UTF-8: save it as UTF-8\nlarge.md is larger than 1 MiB: move logs and pictures out of it\n",
      out: expect.stringMatching(/^b\.md: /),
    });
    // Whatever the policy makes of it.
    write("off.yml", "problems: { not-utf8: off, too-large: off }\n");
    expect((await run("check", "--policy", "off.yml", "a.md", "b.md")).code).toBe(1);
  });

  it("is silent about a reader that stops early", async () => {
    write("a.md", GATEWAY.repeat(30));
    const files = Array.from({ length: 40 }, () => "a.md").join(" ");
    const cli = new URL("../../dist/cli.js", import.meta.url).pathname;
    const shell = `"${process.execPath}" "${cli}" extract ${files} 2>err.txt | head -n 1; cat err.txt`;
    expect(execFileSync("sh", ["-c", shell], { cwd, encoding: "utf8" }).trim().split("\n")).toHaveLength(1);
  });
});

describe("check", () => {
  const GOOD = TABLE.replace("Web Team", "@lisa");

  it("says what merging would do", async () => {
    write("a.md", GATEWAY);
    const { code, out } = await run("check", "a.md");
    expect(code).toBe(0);
    expect(out).toContain("a.md: 4 issues would be opened, 1 item done");
    expect(out).toContain(
      "    21  Close connections on error paths → @lisa, due Fri 20 Sep 2024 (the postmortem says “Sept 20”)",
    );
    expect(out).toMatch(/“Marcus R\.?”/);
    expect(out).toMatch(
      /Look at the other services → no owner, due \d+ days after the merge \((by policy|from the section)/,
    );
  });

  it("ends with 1 where something is an error, and says which line and rule", async () => {
    write(".github/follow-through.yml", "problems: { no-owner: error }\n");
    write("a.md", GATEWAY);
    const { code, out } = await run("check", "a.md");
    expect(code).toBe(1);
    expect(out).toMatch(/ 27 {2}error: .*\(no-owner\)/);
  });

  it("ends with 1 for a mistake in the policy, told once", async () => {
    write(".github/follow-through.yml", "label: oops\n");
    write("a.md", GOOD);
    write("b.md", GOOD);
    const { code, out } = await run("check", "a.md", "b.md");
    expect(code).toBe(1);
    expect(out.match(/follow-through\.yml:1 error: label: there is no such setting/g)).toHaveLength(1);
    const { code: fine, err } = await run("extract", "a.md");
    expect(fine).toBe(0);
    expect(err).toContain("follow-through.yml:1 error: label");
  });

  it("goes by a policy under the other ending, and warns of a second one", async () => {
    write(".github/follow-through.yaml", "problems: { no-owner: error }\n");
    write("a.md", GATEWAY);
    expect((await run("check", "a.md")).code).toBe(1);
    write(".github/follow-through.yml", "problems: { no-owner: info }\n");
    const { code, out } = await run("check", "a.md");
    expect(code).toBe(0);
    expect(out).toMatch(/follow-through\.yml:1 warning: .*`\.github\/follow-through\.yaml` beside it is not read/);
  });

  it("ends with 2 where a file cannot be read, whatever the others are like", async () => {
    write("a.md", GOOD);
    const { code, out, err } = await run("check", "missing.md", "a.md");
    expect(code).toBe(2);
    expect(err).toBe("missing.md does not exist\n");
    expect(out).toContain("2 issues would be opened");
  });

  it("leaves alone what asks for it", async () => {
    write("a.md", `---\nfollow-through: false\n---\n${GATEWAY}`);
    expect(await run("check", "a.md")).toMatchObject({
      code: 0,
      out: "a.md: left alone (its front matter says follow-through: false)\n\n",
    });
  });
});

describe.each(["extract", "check"])("%s of what is no file to be read", (command) => {
  beforeEach(() => write("a.md", TABLE));

  it.each<[string, (path: string) => unknown, string]>([
    ["nothing", () => {}, "does not exist"],
    ["what would lie in a file", () => write("odd.md", "x"), "does not exist, since a part of its path is a file"],
    ["a pipe", (path) => execFileSync("sh", ["-c", 'mkfifo "$0"', path]), "is a pipe"],
    ["a device", (path) => symlinkSync("/dev/zero", path), "is a device"],
    ["a link to nothing", (path) => symlinkSync("nowhere", path), "does not exist"],
    ["a link to itself", (path) => symlinkSync("odd.md", path), "is a link that leads back to itself"],
  ])("%s is told in words, and the others are read", async (what, make, why) => {
    make(join(cwd, "odd.md"));
    const name = what === "what would lie in a file" ? "odd.md/b.md" : "odd.md";
    const { code, out, err } = await run(command, name, "a.md");
    expect({ code, err }).toEqual({ code: 2, err: `${name} ${why}\n` });
    expect(out).toContain("Watch the hit rate");
  });

  it("a name that no disk takes is told in words", async () => {
    const { code, err } = await run(command, `${"n".repeat(300)}.md`, "a.md");
    expect([code, err.endsWith("has too long a name\n")]).toEqual([2, true]);
  });
});

describe("folders", () => {
  const paths = async (...args: string[]) => {
    const { out } = await run("extract", "--json", ...args);
    return out
      .split("\n")
      .filter(Boolean)
      .map((line) => JSON.parse(line).path);
  };
  beforeEach(() => {
    for (const path of ["postmortems/b.md", "postmortems/2024/a.markdown", "notes.md", "postmortems/template.md"])
      write(path, TABLE);
    for (const path of ["postmortems/c.txt", ".git/postmortems/x.md", "node_modules/postmortems/y.md"])
      write(path, TABLE);
  });

  it("stand for the postmortems in them, by the defaults of the policy, counted from the repository", async () => {
    expect(await paths(".")).toEqual(["postmortems/2024/a.markdown", "postmortems/b.md"]);
    expect(await paths("postmortems/2024", "notes.md")).toEqual(["postmortems/2024/a.markdown", "notes.md"]);
  });

  it("stand for those that the policy takes", async () => {
    write(".github/follow-through.yml", 'postmortems: { include: ["notes*"] }\n');
    expect(await paths(".")).toEqual(["notes.md"]);
    const { code, err } = await run("extract", "postmortems");
    expect({ code, err }).toEqual({
      code: 0,
      err: "postmortems holds 3 Markdown files, of which the policy takes none for a postmortem\n",
    });
  });

  it("stand for all Markdown where nobody wrote a policy and its defaults take none", async () => {
    write("odd/x.md", TABLE);
    write("odd/y/z.md", TABLE);
    expect(await paths("odd")).toEqual(["odd/x.md", "odd/y/z.md"]);
    mkdirSync(join(cwd, "empty"));
    expect(await run("check", "empty")).toEqual({ code: 0, out: "", err: "empty holds no Markdown files\n" });
  });

  it("are walked without following links, pipes or devices", async () => {
    symlinkSync("..", join(cwd, "postmortems/up"));
    symlinkSync("b.md", join(cwd, "postmortems/link.md"));
    symlinkSync("loop.md", join(cwd, "postmortems/loop.md"));
    execFileSync("sh", ["-c", "mkfifo postmortems/pipe.md"], { cwd });
    expect(await paths("postmortems")).toEqual(["postmortems/2024/a.markdown", "postmortems/b.md"]);
  });
});

describe("standard input", () => {
  const piped = (input: string | Uint8Array, ...args: string[]) => followThrough(args, { cwd, input });

  it("is read as -, or as the path that is given for it", async () => {
    expect((await piped(TABLE, "extract", "-")).out).toMatch(/^-: Cache bug/);
    const { out } = await piped(TABLE, "extract", "--json", "-", "--path", "docs/2024-09-12-cache.md");
    expect(JSON.parse(out)).toMatchObject({ path: "docs/2024-09-12-cache.md", title: "Cache bug" });
    expect((await piped(TABLE, "similar", "-", "--in", ".")).code).toBe(0);
  });

  it("goes by the policy of the path that is given for it", async () => {
    write("inner/.github/follow-through.yml", 'owners: { Web Team: "@inner" }\n');
    expect((await piped(TABLE, "check", "-", "--path", "inner/docs/a.md")).out).toContain("@inner");
    expect((await piped(TABLE, "check", "-")).out).toContain("“Web Team”");
  });

  it("is read once, up to the limit, and told where it is no text", async () => {
    expect((await piped(TABLE, "extract", "-", "-")).out.match(/Cache bug/g)).toHaveLength(1);
    expect(await piped("x".repeat(3_000_000), "check", "-")).toMatchObject({
      code: 1,
      err: "- is larger than 1 MiB: move logs and pictures out of it\n",
    });
    expect((await piped(Buffer.from([0xff]), "similar", "-", "--in", ".")).err).toContain("- is not text in UTF-8");
  });

  it("has no path where it is not read", async () => {
    write("a.md", TABLE);
    expect(await run("extract", "a.md", "--path", "b.md")).toMatchObject({ code: 2, out: "" });
  });
});

describe("the policy", () => {
  const checked = async (...args: string[]) => (await run("check", ...args)).out;

  it("is the nearest one upward from each file", async () => {
    write(".github/follow-through.yml", 'owners: { Web Team: "@outer" }\n');
    write("inner/.github/follow-through.yml", 'owners: { Web Team: "@inner" }\n');
    write("docs/postmortems/a.md", TABLE);
    write("inner/docs/a.md", TABLE);
    const out = await checked("docs/postmortems/a.md", "inner/docs/a.md");
    expect(out).toContain("Update the runbook → @outer");
    expect(out).toContain("Update the runbook → @inner");
  });

  it("is the one that is named, else the defaults", async () => {
    write("a.md", TABLE);
    write("other.yml", 'owners: { Web Team: "@named" }\n');
    expect(await checked("--policy", "other.yml", "a.md")).toContain("→ @named");
    expect(await checked("a.md")).toContain("→ “Web Team”");
  });

  it("that is named and is not there is wrong use", async () => {
    write("a.md", TABLE);
    const { code, out, err } = await run("check", "--policy", "none.yml", "a.md");
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toBe("The policy file none.yml does not exist.\nName the file itself, or leave --policy out.\n");
  });
});
