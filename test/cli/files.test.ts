/** `extract` and `check`: files of this machine, no GitHub. */
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { beforeEach, describe, expect, it } from "vitest";
import { widthOf } from "../../src/columns.js";
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
    expect(out).toMatch(/ 27 {2}Look at the other services .*\n {8}error: names no owner\. .*\(no-owner\)/);
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
      out: "a.md is left alone, as it opted out: its front matter says `follow-through: false`.\n\n",
    });
  });
});

describe("what opted out", () => {
  it.each([
    ["follow-through: no", "follow-through: no"],
    ["follow-through: off", "follow-through: off"],
    ['follow-through: "false"', "follow-through: false"],
    ["follow_through: false", "follow_through: false"],
  ])("has no faults, whatever else is broken in its front matter: %s", async (line, said) => {
    write("a.md", `---\ntitle: Queue: stuck\n${line}\n---\n${GATEWAY}`);
    const head = `is left alone, as it opted out: its front matter says \`${said}\`.`;
    for (const options of [[], ["--strict"]])
      expect(await run("check", ...options, "a.md")).toEqual({ code: 0, out: `a.md ${head}\n\n`, err: "" });
    const { code, out } = await run("check", "--json", "a.md");
    expect([code, JSON.parse(out)]).toMatchObject([0, { leftAlone: { kind: "opted-out", says: head } }]);
  });

  it("is told from what is empty", async () => {
    write("a.md", " \n");
    expect(await run("check", "a.md")).toMatchObject({ code: 0, out: "a.md: It is empty.\n\n" });
  });
});

describe("check says the same as the check run", () => {
  const OPEN = "# Outage\n\n**Date:** 2025-01-01\n\n## Action items\n\n";
  const open = (items: number) =>
    OPEN + Array.from({ length: items }, (_, at) => `- [ ] Paint wall ${at} @lisa\n`).join("");

  it.each([
    ["", "docs/notes.md", "is left alone: its path matches none of `postmortems.include`."],
    ["", "docs/postmortems/template.md", "is left alone: its path matches one of `postmortems.exclude`."],
    ["enabled: false\n", "postmortems/a.md", "is left alone: the policy says `enabled: false`."],
  ])("of what the policy (%j) leaves alone at %s", async (policy, path, says) => {
    write(".github/follow-through.yml", policy);
    write(path, open(1));
    const { code, out } = await run("check", path);
    expect(code).toBe(0);
    expect(out).toContain(`${path} ${says}\n`);
    expect(out.includes("If it were followed through: 1 issue would be opened; ready")).toBe(path === "docs/notes.md");
    expect((await run("check", "--strict", path)).code).toBe(path === "docs/notes.md" ? 1 : 0);
  });

  it("of a template", async () => {
    write("a.md", "# Postmortem template\n\n## Action items\n\n- [ ] <what> <who>\n");
    expect((await run("check", "a.md")).out).toMatch(/^a\.md is a template, so no action items are read of it: /);
  });

  it("of what a guard holds back, all files taken together", async () => {
    write("p.yml", "guards: { max_new_items: 3 }\n");
    write("a.md", open(2));
    write("b.md", open(2).replaceAll("Paint", "Build"));
    expect((await run("check", "--policy", "p.yml", "a.md")).out).toContain("a.md: 2 issues would be opened");
    const { code, out } = await run("check", "--policy", "p.yml", "a.md", "b.md");
    expect(code).toBe(0);
    expect(out.match(/: 2 new items held back/g)).toHaveLength(2);
    expect(out).toContain("  These are more new action items than one pull request opens by itself");
    expect((await run("check", "--strict", "--policy", "p.yml", "a.md", "b.md")).code).toBe(1);
    expect(out).toContain("A pull request that only edits this postmortem opens no issues by itself");
  });

  it("of a copy of a file before it, which is no work of its own", async () => {
    write("a.md", open(2));
    write("b.md", open(2));
    const { code, out } = await run("check", "a.md", "b.md");
    expect(code).toBe(0);
    expect(out).toContain("a.md: 2 issues would be opened");
    expect(out).toContain("b.md: 2 new items held back");
    expect(out.replace(/\s+/g, " ")).toContain("opened for them again. They are followed through in a.md.");
    expect((await run("check", "--strict", "a.md", "b.md")).code).toBe(1);
    const lines = (await run("check", "--json", "a.md", "b.md")).out.trim().split("\n");
    expect(lines.map((line) => JSON.parse(line).held)).toEqual([null, "copy"]);
  });

  it("of what is not ready, and --strict ends with 1 for it", async () => {
    write("a.md", `${OPEN}- [ ] Watch the hit rate @lisa due Feb 30\n- [ ] Say who\n`);
    const { code, out } = await run("check", "a.md");
    expect(code).toBe(0);
    expect(out).toContain("a.md: 2 issues would be opened; 0 ready, 1 without an owner, 1 whose date cannot be read\n");
    expect(out).toContain("→ @lisa, “Feb 30” cannot be read, so 30 days after the merge (by policy)\n");
    expect((await run("check", "--strict", "a.md")).code).toBe(1);
  });

  it("and tells what was not read, and why", async () => {
    write(
      "a.md",
      `${OPEN}- [ ] Watch the hit rate @lisa\n- [ ] Close connections @dev\n- [ ] Alert on it @dev\n- [ ] Load-test it @dev\n- see also the wiki\n\n## Remediation\n\n- We restarted it\n`,
    );
    const { out } = await run("check", "a.md");
    expect(out).toMatch(/ 11 {2}“- see also the wiki” was not read: nearly all beside it have task boxes/);
    expect(out).toMatch(/ 13 {2}the section “Remediation” was not read: another section says outright/);
    write("none.md", "# Outage\n\n## What we saw\n\n- Errors\n- Slowness\n");
    const { out: none } = await run("check", "none.md");
    expect(none).toContain("none.md: No action items were found in it. They are looked for under headings such as");
    expect(none).toMatch(/ 3 {2}the section “What we saw” was not read: /);
  });

  it("--json prints what its schema says, a line a file", async () => {
    const schema = JSON.parse(readFileSync(new URL("../../docs/check.schema.json", import.meta.url), "utf8"));
    const isValid = new Ajv2020().addFormat("date", /^\d{4}-\d\d-\d\d$/).compile(schema);
    write(".github/follow-through.yml", "label: oops\n");
    write("postmortems/a.md", GATEWAY);
    write("b.md", `${OPEN}- [ ] Say who\n`);
    write("c.md", Buffer.from([0xff]));
    const { code, out, err } = await run("check", "--json", "postmortems/a.md", "b.md", "c.md", "none.md");
    expect(code).toBe(2);
    expect(err).toMatch(/^none\.md does not exist\n.*follow-through\.yml:1 error: label/);
    const [a, b, c] = out
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    for (const one of [a, b, c]) expect([isValid(one), isValid.errors]).toEqual([true, null]);
    expect(a).toMatchObject({
      path: "postmortems/a.md",
      isText: true,
      leftAlone: null,
      held: null,
      done: 1,
      policy: { problems: [{ line: 1, level: "error" }] },
    });
    expect(a.items[0]).toMatchObject({ line: 21, ready: true, lacks: [], logins: ["lisa"], due: "2024-09-20" });
    expect(b).toMatchObject({ leftAlone: { kind: "not-included" }, items: [{ ready: false, lacks: ["owner"] }] });
    expect(c).toMatchObject({ isText: false, items: [] });
  });
});

describe("check on a terminal", () => {
  const LONG =
    "# Outage\n\n## Action items\n\n- [ ] Close every connection on each of the error paths of the payment gateway, also the rare ones (@lisa) due 2030-01-01\n- [ ] Improve monitoring\n- [ ] 監視を改善する @dev due 2030-01-01\n";

  it.each([40, 60, 100])("of %i columns wraps to it, and an item takes two lines at most", async (columns) => {
    write("a.md", LONG);
    const { out } = await followThrough(["check", "a.md"], { cwd, columns });
    const lines = out.split("\n");
    for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(columns);
    const first = lines.findIndex((line) => line.includes("Close every connection"));
    expect(lines.slice(first, first + 3).join("\n")).toMatch(
      /^ +5 {2}Close every .*\n {8}@lisa, due Tue 1 Jan 2030.*\n {2,}(6|warning|info)/,
    );
    expect(out).toMatch(/\n {8}warning: names no owner\./);
  });

  it.each([40, 100])("of %i columns, extract does so too, whatever it explains", async (columns) => {
    write("a.md", LONG);
    const { out } = await followThrough(["extract", "--explain", "a.md"], { cwd, columns });
    for (const line of out.split("\n")) expect(widthOf(line)).toBeLessThanOrEqual(columns);
    expect(out).toMatch(/ {4}5 {2}\[ \] Close every .*\n {12}owner lisa · due 2030-01-01\n/);
    expect(out).toMatch(/\n {12}warning: names no owner\.\n/);
  });

  it("in a pipe leaves each line whole", async () => {
    write("a.md", LONG);
    expect((await run("check", "a.md")).out).toMatch(/also the rare ones → @lisa, due Tue 1 Jan 2030 \(/);
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

  it("that no path was given for stands nowhere, so it is taken for a postmortem", async () => {
    write(".github/follow-through.yml", "postmortems: { include: [docs/**] }\n");
    const text = "# Outage\n\n**Date:** 2025-01-01\n\n## Action items\n\n- [ ] Paint the wall @lisa\n";
    const { out, code } = await piped(text, "check", "-");
    expect([code, out]).toEqual([0, expect.stringContaining("-: 1 issue would be opened; ready")]);
    expect((await piped(text, "check", "-", "--path", "notes.md")).out).toContain("notes.md is left alone");
  });

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
