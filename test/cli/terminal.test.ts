/** Other people's text on the operator's terminal: it is shown, and obeyed nowhere. */
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import { processTerminal } from "../../src/terminal.js";
import { escaped, visible } from "../../src/text.js";
import { temporaryFolder } from "../support/folder.js";
import { Stage } from "../support/stage.js";
import { followThrough } from "./command.js";

/** Whatever a terminal may obey or hide: all but the line's end. */
const OBEYED = /[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\u2028\u2029]/u;

/** What a terminal obeys, and what it does. */
const SEQUENCES: readonly (readonly [string, string])[] = [
  ["colour", "\u001b[31m"],
  ["clear the screen", "\u001b[2J\u001b[H"],
  ["rename the window", "\u001b]0;owned\u0007"],
  ["a link that is called another", "\u001b]8;;https://evil.example\u0007"],
  ["write to the clipboard", "\u001b]52;c;ZXZpbA==\u0007"],
  ["answer as if typed", "\u001b[6n"],
  ["a device's string", "\u001bP$q\u001b\\"],
  ["the same in one byte", "\u009b2J"],
  ["a C1 string", "\u009d0;owned\u009c"],
  ["back over what was written", "ok\b\b\rWRONG"],
  ["a bell", "\u0007"],
  ["delete", "\u007f"],
  ["another direction", "\u202egnp.exe\u202c"],
  ["an isolate", "\u2066evil\u2069"],
  ["a line separator", "\u2028WRONG all is lost"],
  ["a new line", "\u0085WRONG all is lost"],
  ["zero width", "\u200b\u2060\ufeff"],
  ["tags", "\u{e0001}\u{e0041}"],
];

function printed(use: (terminal: ReturnType<typeof processTerminal>) => void): string {
  const written: string[] = [];
  const output = { write: (text: string) => written.push(text), isTTY: true };
  use(processTerminal({ stdout: output, stderr: output }));
  return written.join("");
}

describe("a line", () => {
  it.each(SEQUENCES)("cannot %s", (_, sequence) => {
    const out = printed(({ print, error }) => {
      print(`  12  ${sequence}Add timeouts${sequence}`);
      error(`a${sequence}.md: cannot be read`);
    });
    const lines = out.split("\n");
    expect(lines).toHaveLength(3);
    for (const line of lines) expect(line).not.toMatch(OBEYED);
    expect(out).toContain("Add timeouts");
  });

  it("is one line, whatever is in it, and keeps its indentation", () => {
    expect(printed(({ print }) => print("    12  a\nWRONG b\r\nc"))).toBe("    12  a WRONG b c\n");
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const out = printed(({ print }) => print(text));
        expect(out).toMatch(/^[^\n\r\v\f\u0085\u2028\u2029]*\n$/);
        expect(visible(out)).toBe(out);
      }),
    );
  });
});

describe("a build server", () => {
  const ORDERS = [
    "##[set-output name=token]x",
    "##vso[task.setvariable variable=PATH]x",
    "##teamcity[buildStatus text='x']",
    "::add-mask::x",
    "  ::stop-commands::x",
    "\u200b::error::x",
    "#\u200b#[add-mask]x",
    "a\r\n::error::x",
  ];

  it.each(ORDERS)("is not told %j", (order) => {
    const out = printed(({ print, printJson, printMarkdown, error }) => {
      print(order);
      error(`9  Fix ${order}`);
      printJson({ title: order });
      printMarkdown(order);
    });
    expect(out).not.toMatch(/##\w*\[/);
    expect(out).not.toMatch(/^\s*::/m);
    expect(JSON.parse(out.split("\n")[2] ?? "")).toEqual({ title: order });
  });
});

describe("JSON", () => {
  it("is the same value, in letters that no terminal obeys", () => {
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: "binary" }), (value) => {
        const line = escaped(JSON.stringify(value));
        expect(line).not.toMatch(OBEYED);
        expect(JSON.parse(line)).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it.each(SEQUENCES)("cannot %s", (_, sequence) => {
    const line = printed(({ printJson }) => printJson({ title: sequence })).trimEnd();
    expect(line).not.toMatch(OBEYED);
    expect(JSON.parse(line)).toEqual({ title: sequence });
  });
});

describe("the command line", () => {
  const folder = temporaryFolder();
  let cwd: string;
  beforeEach(() => {
    cwd = folder();
  });

  const write = (path: string, text: string) => {
    mkdirSync(join(cwd, path, ".."), { recursive: true });
    writeFileSync(join(cwd, path), text);
  };
  /** No file name may hold NUL, and none here a slash. */
  const names = SEQUENCES.map(([, sequence]) => sequence.replace(/[/\0]/g, ""));
  const hostile = names.join("");

  it.each([["extract"], ["extract", "--json"], ["extract", "--explain"], ["check"], ["check", "--json"]])(
    "%s %s obeys no document, file name or policy",
    async (...args) => {
      const name = `a${hostile.slice(0, 60)}.md`;
      write(
        name,
        `---\ntitle: "x \\e[31m \\x9b2J"\nseverity: "\\e]0;x\\a"\n---\n# ${hostile}\n\n## Action items\n\n- [ ] Add ${hostile} timeouts (owner: ${hostile}Max) due Feb 30 ${hostile}\n- [ ] &#27;[31m &#155;2J Alert on errors\n`,
      );
      write(".github/follow-through.yml", `"k\\e[31m${hostile.replace(/["\\\r\n\u0085\u2028]/g, "")}": 1\n`);
      const { out, err } = await followThrough([...args, name, `missing${hostile.slice(0, 60)}.md`], { cwd });
      expect(out).toContain("Alert on errors");
      expect(err).toContain("does not exist");
      for (const line of [...out.split("\n"), ...err.split("\n")]) expect(line).not.toMatch(OBEYED);
      expect(out + err).not.toMatch(/^WRONG/m);
    },
  );

  it("says nothing of what it follows, or finds in a folder, that a terminal obeys", async () => {
    const words = hostile.replace(/[\r\n\u0085\u2028]/g, "");
    const document = `# Pool${words} full\n\nSeverity: SEV-1${words}\nService: ${words}checkout\n\n## Root cause\n\nThe cursor of \`order_history\` leaked, so \`pgpool\` was full.\n\n## Action items\n\n- [ ] Close${words} cursors (owner: ${words}Max) due 2024-09-20\n`;
    write("past/leak.md", document);
    write("new.md", document);
    const stage = await Stage.start();
    try {
      await stage.merge({ "postmortems/leak.md": document });
      const env = { ...stage.gh.environment, DATA_DIR: stage.dataDir };
      for (const args of [
        ["similar", "new.md", "--in", "past"],
        ["similar", "new.md"],
        ["search", "cursors"],
        ["search", "pool", "--json"],
        ...["table", "json", "csv", "html", "markdown"].map((format) => ["report", "--format", format]),
        ...["table", "json", "csv"].map((format) => ["report", "--items", "--format", format]),
      ]) {
        const { out, err } = await followThrough(args, { cwd, env });
        expect(out, args.join(" ")).not.toBe("");
        // Those of ours make Markdown inert.
        const shown = args.includes("markdown") ? out.replaceAll("\u200b", "") : out;
        for (const line of [...shown.split("\n"), ...err.split("\n")]) expect(line, args.join(" ")).not.toMatch(OBEYED);
        expect(out + err).not.toMatch(/^WRONG/m);
      }
    } finally {
      await stage.close();
    }
  });

  it("says no word of a policy's that a terminal obeys", async () => {
    const { code, err } = await followThrough(["check", "--policy", `p${hostile.slice(0, 60)}.yml`, "a.md"], { cwd });
    expect(code).toBe(2);
    for (const line of err.split("\n")) expect(line).not.toMatch(OBEYED);
  });

  it("opens no device that a repository links", async () => {
    write("postmortems/a.md", "# Outage\n\n## Action items\n\n- [ ] Alert on errors\n");
    symlinkSync("/dev/zero", join(cwd, "postmortems/zero.md"));
    symlinkSync("/dev/random", join(cwd, "postmortems/random.md"));
    mkdirSync(join(cwd, ".github"));
    symlinkSync("/dev/zero", join(cwd, ".github/follow-through.yml"));
    const files = ["a", "zero", "random"].map((name) => `postmortems/${name}.md`);
    const { code, out, err } = await followThrough(["extract", ...files], { cwd });
    expect(code).toBe(2);
    expect(out).toContain("Alert on errors");
    expect(err).toContain("zero.md is a device");
    expect(err).toContain("random.md is a device");
    expect(err).toContain("This is no file that can be read");
  });
});
