/** The policy file that holds for files on this machine. */
import { readFileSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { CannotStart } from "../errors.js";
import {
  type LoadedPolicy,
  loadPolicy,
  loadPolicyFile,
  POLICY_PATH,
  type PolicyFile,
  type PolicyProblem,
} from "../policy/load.js";

/**
 * The policy named by `--policy`, else the nearest `.github/follow-through.yml` upward from `from`, else the defaults.
 * @throws CannotStart where the named file cannot be read.
 */
export function findPolicy(named: string | undefined, from: string): LoadedPolicy & { readonly path: string | null } {
  if (named) {
    const file = fileAt(named);
    if (file.kind === "file") return { ...loadPolicyFile(file, null), path: named };
    throw new CannotStart(
      `The policy file ${named} cannot be read.`,
      "Name a file that exists, or leave --policy out.",
    );
  }
  for (let folder = resolve(from); ; folder = dirname(folder)) {
    const path = join(folder, POLICY_PATH);
    const file = fileAt(path);
    if (file.kind !== "missing") return { ...loadPolicyFile(file, null), path };
    if (folder === dirname(folder)) return { ...loadPolicy(null), path: null };
  }
}

/** The file as it stands; a folder, a device or a pipe is none, and is not opened: it may never end. */
function fileAt(path: string): PolicyFile {
  try {
    return statSync(path).isFile() ? { kind: "file", bytes: readFileSync(path) } : { kind: "not-a-file" };
  } catch (error) {
    const isMissing =
      error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ENOTDIR");
    return { kind: isMissing ? "missing" : "not-a-file" };
  }
}

/** A mistake in a policy file, in one line: `.github/follow-through.yml:4 error: nudges.evry: there is no such setting …` */
export const policyLine = (path: string, { line, message }: PolicyProblem): string =>
  `${path}:${line} error: ${message}`;
