/** The policy file that holds for files on this machine. */
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { CannotStart } from "../errors.js";
import { type LoadedPolicy, loadPolicy, POLICY_PATH, type PolicyProblem } from "../policy/load.js";

/**
 * The policy named by `--policy`, else the nearest `.github/follow-through.yml` upward from `from`, else the defaults.
 * @throws CannotStart where the named file cannot be read.
 */
export function findPolicy(named: string | undefined, from: string): LoadedPolicy & { readonly path: string | null } {
  if (named) {
    try {
      return { ...loadPolicy(readFileSync(named, "utf8")), path: named };
    } catch {
      throw new CannotStart(
        `The policy file ${named} cannot be read.`,
        "Name a file that exists, or leave --policy out.",
      );
    }
  }
  for (let folder = resolve(from); ; folder = dirname(folder)) {
    const path = join(folder, POLICY_PATH);
    if (existsSync(path)) return { ...loadPolicy(readFileSync(path, "utf8")), path };
    if (folder === dirname(folder)) return { ...loadPolicy(null), path: null };
  }
}

/** A mistake in a policy file, in one line: `.github/follow-through.yml:4 error: nudges.evry: there is no such setting …` */
export const policyLine = (path: string, { line, message }: PolicyProblem): string =>
  `${path}:${line} error: ${message}`;
