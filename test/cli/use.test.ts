/** Help, wrong use, and settings that are missing. */
import { describe, expect, it } from "vitest";
import { processTerminal } from "../../src/terminal.js";
import { temporaryFolder } from "../support/folder.js";
import { followThrough, followThroughProcess } from "./command.js";

const folder = temporaryFolder();
const run = (...args: string[]) => followThrough(args, { cwd: folder() });

const COMMANDS = [
  "extract",
  "check",
  "similar",
  "search",
  "report",
  "sync",
  "run",
  "rebuild",
  "doctor",
  "start",
  "completion",
];

describe("--help", () => {
  it("of the root names every command", async () => {
    const { code, out, err } = await run("--help");
    expect({ code, err }).toEqual({ code: 0, err: "" });
    for (const command of COMMANDS) expect(out).toMatch(new RegExp(`^  ${command}\\b`, "m"));
  });

  it.each(COMMANDS)("of %s says what it takes", async (command) => {
    const { code, out, err } = await run(command, "--help");
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toContain(`Usage: follow-through ${command}`);
    expect(out.split("\n").length).toBeGreaterThan(4);
  });

  it.each(COMMANDS)("of %s ends with an example, whose options there are", async (command) => {
    const { out } = await run(command, "--help");
    const [, typed = ""] = /\nExample:\n {2}\$ follow-through (.+)\n {2}\S.+\n$/.exec(out) ?? [];
    expect(typed.split(" ")[0]).toBe(command);
    for (const [option] of typed.matchAll(/--[a-z-]+/g)) expect(out).toMatch(new RegExp(`^ {2}${option}\\b`, "m"));
  });
});

describe("wrong use ends with 2 and a word on it", () => {
  it.each([
    ["no command", [], /Usage: follow-through/],
    ["an unknown command", ["extrat", "a.md"], /unknown command 'extrat'[\s\S]*Did you mean extract/],
    ["an unknown option", ["extract", "--jsn", "a.md"], /unknown option '--jsn'/],
    ["no file", ["extract"], /missing required argument 'files'/],
    ["no repository", ["sync"], /missing required argument 'repository'/],
    ["a repository without an owner", ["sync", "shop"], /Write it as owner\/name/],
    ["a day that does not exist", ["sync", "acme/shop", "--since", "2025-02-30"], /Write a day as YYYY-MM-DD/],
    ["an unknown shell", ["completion", "csh"], /Choose one of bash, zsh, fish/],
    ["an unknown schedule", ["run", "nudge"], /Choose one of nudges, digest, sweep/],
    ["a time without a zone", ["run", "nudges", "--now", "2025-03-03T09:00"], /Write an instant with its time zone/],
    ["no time at all", ["run", "nudges", "--now", "soon"], /Write an instant with its time zone/],
  ])("%s", async (_, args, said) => {
    const { code, out, err } = await run(...args);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toMatch(said);
    expect(err).not.toMatch(/\n\s+at /);
  });
});

describe("without settings", () => {
  it.each([["sync", "acme/shop"], ["run", "nudges"], ["rebuild"], ["doctor"]])(
    "%s says what is missing",
    async (...args) => {
      const { code, out, err } = await run(...args);
      expect({ code, out }).toEqual({ code: 2, out: "" });
      expect(err).toBe(
        [
          "The settings are incomplete:",
          "  - APP_ID is missing: copy it from the App's settings page, under General",
          "  - PRIVATE_KEY or PRIVATE_KEY_PATH is missing: generate a key on the App's settings page",
          "  - WEBHOOK_SECRET is missing: without one anybody could send webhooks; set the same in the App's settings",
          "",
        ].join("\n"),
      );
    },
  );
});

describe("a process of its own", () => {
  it.each([
    ["--help", 0, ["--help"], /^Usage: follow-through/, /^$/],
    ["wrong use", 2, ["extrat"], /^$/, /unknown command 'extrat'/],
    ["a command without settings", 2, ["doctor"], /^$/, /APP_ID is missing/],
    ["start in production without settings", 2, ["start"], /^$/, /APP_ID is missing/],
  ])("ends as it should: %s", async (_, code, args, out, err) => {
    expect(await followThroughProcess(args, { cwd: folder(), env: { NODE_ENV: "production" } })).toEqual({
      code,
      out: expect.stringMatching(out),
      err: expect.stringMatching(err),
    });
  });
});

describe("the terminal", () => {
  const streams = (isTTY: boolean) => {
    const written = { out: "", err: "" };
    const stream = (name: "out" | "err") => ({
      isTTY,
      write(text: string) {
        written[name] += text;
        return true;
      },
    });
    const terminal = processTerminal({ stdout: stream("out"), stderr: stream("err") } as unknown as NodeJS.Process);
    return { written, terminal };
  };
  const work = (terminal: ReturnType<typeof processTerminal>, steps: number) => {
    const progress = terminal.progress("Reading", steps);
    for (let step = 0; step < steps; step++) progress.step();
    progress.end();
  };

  it("shows progress to a person, on stderr, and wipes it at the end", () => {
    const { written, terminal } = streams(true);
    work(terminal, 50);
    expect(written.err.startsWith("\rReading 1 of 50")).toBe(true);
    expect(written.err.endsWith("\r\u001b[K")).toBe(true);
    expect(written.out).toBe("");
  });

  it("shows none in a pipe, nor for a handful of steps", () => {
    for (const [isTTY, steps] of [
      [false, 50],
      [true, 5],
    ] as const) {
      const { written, terminal } = streams(isTTY);
      work(terminal, steps);
      expect(written).toEqual({ out: "", err: "" });
    }
  });
});
