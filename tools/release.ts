/**
 * Makes a release: version, changelog, commit and tag. It pushes and publishes nothing.
 *
 *     npm run release -- --dry-run          says what it would do
 *     npm run release                       with the number it proposes
 *     npm run release -- minor              or major, patch, or the number itself
 */
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Commit, git, isBreaking, partOf, unreleased, withPart } from "./changelog.js";

const MAIN = "main";
const LEVELS = ["major", "minor", "patch"] as const;
type Level = (typeof LEVELS)[number];

/** How much a version with these commits differs from the last, by docs/versioning.md. */
export function levelOf(current: string, commits: readonly Commit[]): Level {
  const isStable = !current.startsWith("0.");
  if (isBreaking(commits)) return isStable ? "major" : "minor";
  return isStable ? "minor" : "patch";
}

/** The version after `current`. @throws where `wanted` is neither a level nor a higher version. */
export function nextVersion(current: string, wanted: string): string {
  const [major = 0, minor = 0, patch = 0] = current.split(".").map(Number);
  switch (wanted) {
    case "major":
      return `${major + 1}.0.0`;
    case "minor":
      return `${major}.${minor + 1}.0`;
    case "patch":
      return `${major}.${minor}.${patch + 1}`;
    default:
      if (!/^\d+\.\d+\.\d+$/.test(wanted))
        throw new Error(`“${wanted}” is no version and none of ${LEVELS.join(", ")}.`);
      if (wanted.localeCompare(current, "en", { numeric: true }) <= 0)
        throw new Error(`${wanted} does not come after ${current}.`);
      return wanted;
  }
}

/** Releases what is in `cwd`, or says what that would be; gives the exit code. */
export function release(cwd: string, args: readonly string[], day: string, say: (text: string) => void): number {
  const isTrial = args.includes("--dry-run");
  const [wanted] = args.filter((arg) => arg !== "--dry-run");
  const path = join(cwd, "CHANGELOG.md");
  const current: string = JSON.parse(readFileSync(join(cwd, "package.json"), "utf8")).version;
  const commits = unreleased(cwd);
  let version: string;
  try {
    version = nextVersion(current, wanted ?? levelOf(current, commits));
  } catch (error) {
    say(error instanceof Error ? error.message : String(error));
    return 2;
  }
  const hindrances = hindrancesIn(cwd, version, commits);
  const text = withPart(readFileSync(path, "utf8"), version, day, commits);
  if (isTrial) {
    for (const hindrance of hindrances) say(`It would refuse: ${hindrance}`);
    say(`It would write ${version} (now ${current}) into package.json and package-lock.json,`);
    say("put this part into CHANGELOG.md:\n");
    say(`${partOf(text, version)}\n`);
    say(`commit the three as “release: ${version}”, and tag that v${version}. Nothing was changed.`);
    return hindrances.length > 0 ? 1 : 0;
  }
  if (hindrances.length > 0) {
    for (const hindrance of hindrances) say(hindrance);
    return 1;
  }
  execFileSync("npm", ["version", version, "--no-git-tag-version"], { cwd, stdio: "ignore" });
  writeFileSync(path, text);
  git(cwd, "commit", "--quiet", "-m", `release: ${version}`, "--", "package.json", "package-lock.json", "CHANGELOG.md");
  git(cwd, "tag", "-a", `v${version}`, "-m", `Follow-Through ${version}`);
  say(`v${version} is made. Look at it (git show v${version}), then: git push --follow-tags`);
  say(`To take it back before that: git tag -d v${version} && git reset --hard HEAD~`);
  return 0;
}

/** Why there can be no release now. */
function hindrancesIn(cwd: string, version: string, commits: readonly Commit[]): string[] {
  const found: string[] = [];
  const branch = git(cwd, "branch", "--show-current");
  if (branch !== MAIN) found.push(`releases are made on ${MAIN}, and this is ${branch || "no branch"}.`);
  if (git(cwd, "status", "--porcelain") !== "") found.push("there are changes that are not committed.");
  if (git(cwd, "tag", "--list", `v${version}`) !== "") found.push(`v${version} is there already.`);
  if (commits.length === 0) found.push("nothing was committed since the last version.");
  return found;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const day = new Date().toISOString().slice(0, 10);
  process.exitCode = release(process.cwd(), process.argv.slice(2), day, (text) => process.stdout.write(`${text}\n`));
}
