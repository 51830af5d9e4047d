/**
 * What changed, for those who use the App, from the commits' subjects: `area: what is so now`. A line `Breaking: …` in a commit's body says what
 * somebody has to do because of it.
 *
 *     npm run changelog             prints what is not released yet
 *     npm run changelog -- 0.2.0    prints the part of a version
 */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export interface Commit {
  readonly subject: string;
  readonly body: string;
}

/** What only those meet who work on the App. */
const INSIDE: ReadonlySet<string> = new Set([
  "bench",
  "build",
  "chaos",
  "ci",
  "demo",
  "deps",
  "docs",
  "emulator",
  "fuzz",
  "house",
  "lint",
  "readme",
  "release",
  "site",
  "test",
  "tests",
  "tools",
  "walls",
]);

/** `digest, figures: what…`: the areas that a subject names, and what it says. One without an area is about all of it. */
function parts(subject: string): { readonly areas: readonly string[]; readonly what: string } {
  const [, areas = "", what = subject] = /^([\p{L}\d ,/_-]{1,60}): (.+)$/u.exec(subject) ?? [];
  return { areas: areas.split(",").map((area) => area.trim()), what };
}

/** What somebody has to do because of a commit. */
const demands = ({ body }: Commit): string[] => [...body.matchAll(/^Breaking: (.+)$/gm)].map(([, what = ""]) => what);

/** Whether somebody has to do something because of one of these. */
export const isBreaking = (commits: readonly Commit[]): boolean => commits.some((commit) => demands(commit).length > 0);

/** The lines of a version's part, without its heading; empty where nothing changed for those who use the App. */
export function changes(commits: readonly Commit[]): string[] {
  const lines = commits
    .map(({ subject }) => parts(subject))
    .filter(({ areas }) => !areas.every((area) => INSIDE.has(area)))
    .map(({ areas, what }) => {
      const outside = areas.filter((area) => !INSIDE.has(area)).join(", ");
      return outside === "" ? `- ${what}` : `- **${outside}**: ${what}`;
    })
    .sort((a, b) => a.localeCompare(b, "en"));
  const toDo = commits.flatMap(demands).map((what) => `- ${what}`);
  if (toDo.length === 0) return lines;
  return ["### What you have to do", "", ...toDo, "", "### What changed", "", ...lines];
}

/** The changelog with a part for a version, on top of those that are there. */
export function withPart(changelog: string, version: string, day: string, commits: readonly Commit[]): string {
  const mark = "<!-- newest first -->\n";
  const [before, after] = changelog.split(mark);
  if (before === undefined || after === undefined) throw new Error(`CHANGELOG.md has no line ${mark.trim()}`);
  const lines = changes(commits);
  const part = lines.length > 0 ? lines : ["Nothing that those who use the App would notice."];
  return `${before}${mark}\n## ${version}, ${day}\n\n${part.join("\n")}\n${after}`;
}

/** A version's part of the changelog, with its heading; empty where it has none. */
export function partOf(changelog: string, version: string): string {
  const [, after] = changelog.split(`\n## ${version}, `);
  return after === undefined ? "" : `## ${version}, ${after.split(/\n## |\nWhat was there before/)[0]?.trim()}`;
}

/** What `git` prints in a folder. */
export const git = (cwd: string, ...args: readonly string[]): string =>
  execFileSync("git", args, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] }).trim();

/** The commits since the last version's tag; before there is one, those since the changelog was begun. Newest first. */
export function unreleased(cwd: string): Commit[] {
  const [tag] = git(cwd, "tag", "--merged", "HEAD", "--list", "v*", "--sort=-v:refname").split("\n");
  const begun = git(cwd, "log", "--diff-filter=A", "--format=%H", "--", "CHANGELOG.md").split("\n").at(-1);
  const since = tag || begun;
  const text = git(cwd, "log", "--no-merges", "--format=%s%x1f%b%x1e", since ? `${since}..HEAD` : "HEAD");
  return text
    .split("\x1e")
    .filter((commit) => commit.trim() !== "")
    .map((commit) => {
      const [subject = "", body = ""] = commit.split("\x1f");
      return { subject: subject.trim(), body: body.trim() };
    });
}

/** What `npm run changelog` prints, and its exit code. */
export function changelog(cwd: string, version: string | undefined): readonly [code: number, text: string] {
  if (version === undefined) {
    const lines = changes(unreleased(cwd));
    return [0, lines.length > 0 ? lines.join("\n") : "Nothing is unreleased that those who use the App would notice."];
  }
  const part = partOf(readFileSync(join(cwd, "CHANGELOG.md"), "utf8"), version);
  return part === "" ? [1, `CHANGELOG.md has no part for ${version}.`] : [0, part];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [code, text] = changelog(process.cwd(), process.argv[2]);
  process.stdout.write(`${text}\n`);
  process.exitCode = code;
}
