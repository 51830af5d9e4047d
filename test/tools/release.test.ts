/** The changelog's lines, the next number, and a release made in a repository of its own. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type Commit, changelog, changes, git, unreleased } from "../../tools/changelog.js";
import { levelOf, nextVersion, release } from "../../tools/release.js";
import { temporaryFolder } from "../support/folder.js";

const folder = temporaryFolder();
const commit = (subject: string, body = ""): Commit => ({ subject, body });

describe("changes", () => {
  it("tells what those who use the App meet, by its area", () => {
    const lines = changes([
      commit("tests: a killed writer has a minute"),
      commit("nudges: one comment a person and day"),
      commit("tests, check: a warning makes it neutral"),
      commit("figures, digest: who is late"),
      commit("Say it in three sentences"),
    ]);
    expect(lines).toEqual([
      "- **check**: a warning makes it neutral",
      "- **figures, digest**: who is late",
      "- **nudges**: one comment a person and day",
      "- Say it in three sentences",
    ]);
  });

  it("begins with what somebody has to do", () => {
    const body = "Why it is so.\n\nBreaking: rename `nudge` to `nudges` in the policy.";
    expect(changes([commit("policy: one word for nudges", body)])).toEqual([
      "### What you have to do",
      "",
      "- rename `nudge` to `nudges` in the policy.",
      "",
      "### What changed",
      "",
      "- **policy**: one word for nudges",
    ]);
  });
});

describe("the next version", () => {
  const breaking = commit("policy: other", "Breaking: see to it.");
  it.each([
    ["0.1.0", [commit("check: more")], "0.1.1"],
    ["0.1.0", [breaking], "0.2.0"],
    ["1.4.2", [commit("check: more")], "1.5.0"],
    ["1.4.2", [commit("check: more"), breaking], "2.0.0"],
  ])("after %s", (current, commits, next) => {
    expect(nextVersion(current, levelOf(current, commits))).toBe(next);
  });

  it.each(["0.9.9", "1.4.2", "v2.0.0", "1.5", "newest"])("%s is none after 1.4.2", (wanted) => {
    expect(() => nextVersion("1.4.2", wanted)).toThrow(wanted);
  });

  it("counts, and does not compare letters", () => {
    expect(nextVersion("1.9.0", "1.10.0")).toBe("1.10.0");
  });
});

describe("release", () => {
  /** A repository whose changelog was begun, with commits after it. */
  function repository(...subjects: readonly string[]): string {
    const cwd = folder();
    git(cwd, "init", "--quiet", "--initial-branch=main");
    git(cwd, "config", "user.name", "A");
    git(cwd, "config", "user.email", "a@example.com");
    const version = { name: "a", version: "0.1.0" };
    writeFileSync(join(cwd, "package.json"), JSON.stringify(version));
    writeFileSync(
      join(cwd, "package-lock.json"),
      JSON.stringify({ ...version, lockfileVersion: 3, packages: { "": version } }),
    );
    writeFileSync(join(cwd, "CHANGELOG.md"), "# Changelog\n\n<!-- newest first -->\n");
    git(cwd, "add", ".");
    git(cwd, "commit", "--quiet", "-m", "docs: a changelog");
    for (const subject of subjects) git(cwd, "commit", "--quiet", "--allow-empty", "-m", subject);
    return cwd;
  }

  function run(cwd: string, ...args: readonly string[]): readonly [code: number, said: string] {
    const said: string[] = [];
    return [release(cwd, args, "2024-10-01", (text) => said.push(text)), said.join("\n")];
  }

  const read = (cwd: string, name: string): string => readFileSync(join(cwd, name), "utf8");

  it("says what it would do, and does nothing", () => {
    const cwd = repository("check: more", "tests: more");
    const head = git(cwd, "rev-parse", "HEAD");
    const [code, said] = run(cwd, "--dry-run");
    expect(code).toBe(0);
    expect(said).toContain("It would write 0.1.1 (now 0.1.0)");
    expect(said).toContain("## 0.1.1, 2024-10-01\n\n- **check**: more\n");
    expect(git(cwd, "rev-parse", "HEAD")).toBe(head);
    expect(git(cwd, "status", "--porcelain") + git(cwd, "tag")).toBe("");
  });

  it("does what it said", () => {
    const cwd = repository("check: more");
    expect(run(cwd)[0]).toBe(0);
    expect(git(cwd, "show", "--format=%s", "--name-only", "v0.1.1^{commit}").split(/\n+/)).toEqual([
      "release: 0.1.1",
      "CHANGELOG.md",
      "package-lock.json",
      "package.json",
    ]);
    expect(JSON.parse(read(cwd, "package-lock.json")).packages[""].version).toBe("0.1.1");
    expect(unreleased(cwd)).toEqual([]);
    // The next one stands on top, with its own commits alone.
    git(cwd, "commit", "--quiet", "--allow-empty", "-m", "digest: shorter");
    expect(run(cwd, "minor")[0]).toBe(0);
    const parts = read(cwd, "CHANGELOG.md").match(/^## .*/gm);
    expect(parts).toEqual(["## 0.2.0, 2024-10-01", "## 0.1.1, 2024-10-01"]);
    expect(changelog(cwd, "0.2.0")).toEqual([0, "## 0.2.0, 2024-10-01\n\n- **digest**: shorter"]);
    expect(changelog(cwd, "0.3.0")).toEqual([1, "CHANGELOG.md has no part for 0.3.0."]);
    expect(changelog(cwd, undefined)).toEqual([0, "Nothing is unreleased that those who use the App would notice."]);
  });

  it("refuses beside another branch, with changes, without commits, and where the tag is there", () => {
    const cwd = repository();
    expect(run(cwd)).toEqual([1, "nothing was committed since the last version."]);
    git(cwd, "commit", "--quiet", "--allow-empty", "-m", "check: more");
    git(cwd, "checkout", "--quiet", "-b", "other");
    expect(run(cwd)).toEqual([1, "releases are made on main, and this is other."]);
    git(cwd, "checkout", "--quiet", "main");
    writeFileSync(join(cwd, "new.txt"), "");
    expect(run(cwd)).toEqual([1, "there are changes that are not committed."]);
    expect(run(cwd, "--dry-run")[1]).toMatch(/^It would refuse: there are changes/);
    expect(run(cwd, "newest")).toEqual([2, "“newest” is no version and none of major, minor, patch."]);
  });
});
