/** The policy file that holds for files on this machine, and the folder from which it counts their paths. */
import { existsSync, readdirSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { CannotStart } from "../errors.js";
import { type FileRead, readFileUpTo } from "../files.js";
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
import { MAX_BYTES } from "../postmortem/read.js";

export interface PolicyHere extends LoadedPolicy {
  /** The file that was read; null where the defaults hold. */
  readonly path: string | null;
  /** The repository's folder; null where none is to be seen, so that nobody knows what a file's path in it would be. */
  readonly root: string | null;
}

/**
 * The policy named by `--policy`, else the nearest `.github/follow-through.yml` (or `.yaml`) upward from `from`, else the defaults. The
 * repository's folder is the nearest that Git keeps, else the one whose policy it is.
 * @throws CannotStart where the named file cannot be read.
 */
export async function findPolicy(named: string | undefined, from: string): Promise<PolicyHere> {
  const upward = foldersUpward(from);
  const kept = upward.find((folder) => existsSync(join(folder, ".git"))) ?? null;
  if (named) {
    const read = await readFileUpTo(named, MAX_BYTES + 1);
    if (read.kind === "file") return { ...loadPolicyFile(asPolicy(read), null), path: named, root: kept };
    throw new CannotStart(`The policy file ${named} ${read.why}.`, "Name the file itself, or leave --policy out.");
  }
  for (const folder of upward) {
    const place = policyPlace(namesIn(join(folder, POLICY_FOLDER)));
    const path = place && join(folder, place.path);
    const read = path && (await readFileUpTo(path, MAX_BYTES + 1));
    if (read && read.kind !== "missing")
      return { ...besideAnother(loadPolicyFile(asPolicy(read), null), place), path, root: kept ?? folder };
  }
  return { ...loadPolicy(null), path: null, root: kept };
}

/** A file's path as its repository has it; null where it lies outside. */
export function pathIn(root: string, path: string): string | null {
  const within = relative(root, resolve(path));
  return within === ".." || within.startsWith(`..${sep}`) ? null : within.split(sep).join("/");
}

/** A folder and all those it lies in, the nearest first. */
function foldersUpward(from: string): string[] {
  const folders = [resolve(from)];
  for (let folder = resolve(from); folder !== dirname(folder); folder = dirname(folder)) folders.push(dirname(folder));
  return folders;
}

/** The names of what may be a policy in a folder, as far as it can be read. */
function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).filter((name) => POLICY_FILE.test(name));
  } catch {
    return [];
  }
}

function asPolicy(read: FileRead): PolicyFile {
  switch (read.kind) {
    case "file":
      return read.bytes.byteLength > MAX_BYTES ? { kind: "too-large" } : read;
    case "missing":
      return { kind: "missing" };
    case "folder":
    case "unreadable":
      return { kind: "not-a-file" };
  }
}

/** A mistake in a policy file, in one line: `.github/follow-through.yml:4 error: nudges.evry: there is no such setting …` */
export const policyLine = (path: string, { line, message, harmless }: PolicyProblem): string =>
  `${path}:${line} ${harmless ? "warning" : "error"}: ${message}`;
