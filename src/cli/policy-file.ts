/** The policy file that holds for files on this machine. */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { CannotStart } from "../errors.js";
import {
  besideAnother,
  type LoadedPolicy,
  loadPolicy,
  loadPolicyFile,
  POLICY_FILE,
  POLICY_FOLDER,
  type PolicyFile,
  type PolicyProblem,
  policyPlace,
} from "../policy/load.js";

/**
 * The policy named by `--policy`, else the nearest `.github/follow-through.yml` (or `.yaml`) upward from `from`, else the defaults.
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
    const place = policyPlace(namesIn(join(folder, POLICY_FOLDER)));
    const path = place && join(folder, place.path);
    const file = path && fileAt(path);
    if (file && file.kind !== "missing") return { ...besideAnother(loadPolicyFile(file, null), place), path };
    if (folder === dirname(folder)) return { ...loadPolicy(null), path: null };
  }
}

/** The names of what may be a policy in a folder, as far as it can be read. */
function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).filter((name) => POLICY_FILE.test(name));
  } catch {
    return [];
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
export const policyLine = (path: string, { line, message, harmless }: PolicyProblem): string =>
  `${path}:${line} ${harmless ? "warning" : "error"}: ${message}`;
