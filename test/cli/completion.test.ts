/** Completion as the shells do it, where they are installed; and that each script says the same. */
import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { SHELLS } from "../../src/cli/completion.js";
import { temporaryFolder } from "../support/folder.js";
import { followThrough } from "./command.js";

const folder = temporaryFolder();

/** What is typed, its last word being completed, and what is offered. */
const CASES: readonly (readonly [typed: string, offered: readonly string[]])[] = [
  ["ch", ["check"]],
  ["se", ["search"]],
  ["report --format ", ["table", "json", "csv", "html", "markdown"]],
  ["report --format j", ["json"]],
  ["run ", ["nudges", "digest", "sweep"]],
  ["run digest --pre", ["--preview"]],
  ["completion z", ["zsh"]],
  ["search --ow", ["--owner"]],
  ["check a", ["a file.md"]],
  ["check --policy a", ["a file.md"]],
  ["similar x.md --in in", ["incidents"]],
];

async function place(shell: string): Promise<string> {
  const cwd = folder();
  const { code, out } = await followThrough(["completion", shell], { cwd });
  expect(code).toBe(0);
  writeFileSync(join(cwd, "script"), out);
  writeFileSync(join(cwd, "a file.md"), "");
  mkdirSync(join(cwd, "incidents"));
  return cwd;
}

/** What a shell prints, a line each; null where it is not installed. */
function said(shell: string, cwd: string, args: readonly string[]): string[] | null {
  const { error, status, stdout, stderr } = spawnSync(shell, args, { cwd, encoding: "utf8" });
  if (error) return null;
  expect(stderr).toBe("");
  expect(status).toBe(0);
  return stdout.split("\n").filter((line) => line !== "");
}

const sorted = (words: readonly string[]): string[] => [...words].sort();

describe("completion", () => {
  it.each(CASES)("bash: follow-through %s", async (typed, offered) => {
    const words = ["follow-through", ...typed.split(" ")];
    const program = `. ./script; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _follow_through; printf '%s\\n' "\${COMPREPLY[@]}"`;
    const found = said("bash", await place("bash"), ["--norc", "-c", program, "bash", ...words]);
    expect(sorted(found ?? [])).toEqual(sorted(offered));
  });

  it.each(CASES)("fish: follow-through %s", async (typed, offered) => {
    const found = said("fish", await place("fish"), [
      "--no-config",
      "-c",
      `source script; complete -C ${JSON.stringify(`follow-through ${typed}`)}`,
    ]);
    // Each with its description behind a tab, folders with a stroke.
    const names = found?.map((line) => line.split("\t")[0]?.replace(/\/$/, "").replaceAll("\\ ", " ") ?? "");
    if (names) expect(sorted(names)).toEqual(sorted(offered));
  });

  it.each(SHELLS)("%s takes the script", async (shell) => {
    const cwd = await place(shell);
    const found = said(shell, cwd, ["-n", "script"]);
    if (found !== null) expect(found).toEqual([]);
  });

  it("zsh makes itself known", async () => {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: zsh's own
    const program = "autoload -Uz compinit; compinit -D -u; source ./script; print ${_comps[follow-through]}";
    const found = said("zsh", await place("zsh"), ["-f", "-c", program]);
    if (found !== null) expect(found).toEqual(["_follow_through"]);
  });

  it("is said in every script: each command and option", async () => {
    const { out } = await followThrough(["--help"], { cwd: folder() });
    const commands = [...out.matchAll(/^ {2}([a-z]+) /gm)]
      .map(([, name = ""]) => name)
      .filter((name) => name !== "help");
    expect(commands.length).toBeGreaterThan(10);
    for (const shell of SHELLS) {
      const { out: script } = await followThrough(["completion", shell], { cwd: folder() });
      for (const command of commands) expect(script, shell).toContain(command);
      expect(script).toMatch(shell === "fish" ? /-l dry-run/ : /--dry-run/);
    }
  });
});
