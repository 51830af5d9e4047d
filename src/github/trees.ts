/**
 * Whole trees of a commit. GitHub cuts recursive trees of large repositories short; then the folders are asked for one by one.
 * https://docs.github.com/en/rest/git/trees#get-a-tree
 */

import { AuthorProblem } from "../errors.js";
import type { ChangedFile } from "./port.js";
import { READ, type Sender, send, type Where } from "./send.js";

/** Which files of a tree are asked for, by path. */
export type Keep = (path: string) => boolean;

/**
 * A tree of a few kilobytes can hold any number of files, as one folder may stand in another many times. So many requests, a
 * tenth of an hour's, look through a million files; and nobody has more postmortems, or of longer names in all.
 */
const MOST_REQUESTS = 500;
const MOST_FILES = 10_000;
const MOST_LETTERS = 1_000_000;

/** What was found so far, and what it took. */
interface Walk {
  readonly files: Map<string, string>;
  requests: number;
  letters: number;
}

/**
 * Path and blob of every file (no symlinks, no submodules) of a commit or tree that is asked for.
 * @throws AuthorProblem where these are more than can be looked through.
 */
export async function treeFiles(sender: Sender, where: Where, sha: string, keep: Keep): Promise<Map<string, string>> {
  const walk: Walk = { files: new Map(), requests: 0, letters: 0 };
  await look(sender, where, { sha, under: "" }, keep, walk);
  return walk.files;
}

async function look(
  sender: Sender,
  where: Where,
  { sha, under }: { sha: string; under: string },
  keep: Keep,
  walk: Walk,
): Promise<void> {
  const get = (recursive: boolean) => {
    if (++walk.requests > MOST_REQUESTS) throw tooMany();
    return send(sender, READ, (octokit) =>
      octokit.rest.git.getTree({ ...where, tree_sha: sha, ...(recursive ? { recursive: "1" } : {}) }),
    );
  };
  const whole = await get(true);
  const { truncated } = whole.data;
  const { data } = truncated ? await get(false) : whole;
  for (const entry of data.tree) {
    const path = under + entry.path;
    if (entry.type === "tree" && truncated)
      await look(sender, where, { sha: entry.sha, under: `${path}/` }, keep, walk);
    if (entry.type !== "blob" || entry.mode === "120000" || !keep(path)) continue;
    walk.letters += path.length;
    walk.files.set(path, entry.sha);
    if (walk.letters > MOST_LETTERS || walk.files.size > MOST_FILES) throw tooMany();
  }
}

const tooMany = () =>
  new AuthorProblem(
    "This repository holds more files than can be looked through.",
    "Name fewer of them as postmortems in its policy, or keep these in a repository of their own.",
  );

/** What of the files asked for a merge commit changed against its first parent, found by comparing whole trees. */
export async function treeDifference(sender: Sender, where: Where, commit: string, keep: Keep): Promise<ChangedFile[]> {
  const { data } = await send(sender, READ, (octokit) => octokit.rest.git.getCommit({ ...where, commit_sha: commit }));
  const parent = data.parents[0]?.sha;
  const after = await treeFiles(sender, where, commit, keep);
  const before = parent ? await treeFiles(sender, where, parent, keep) : new Map<string, string>();
  return difference(before, after);
}

/** What differs between two trees, by path and blob. A file that only moved is a rename, so that its items move along. */
function difference(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): ChangedFile[] {
  const removed = new Set([...before.keys()].filter((path) => !after.has(path)));
  const moved = new Map([...removed].map((path) => [before.get(path), path]));
  const changes: ChangedFile[] = [];
  for (const [path, blob] of after) {
    if (before.get(path) === blob) continue;
    const previousPath = before.has(path) ? undefined : moved.get(blob);
    if (previousPath === undefined) {
      changes.push({ path, previousPath: null, change: before.has(path) ? "edited" : "added", blob });
      continue;
    }
    moved.delete(blob);
    removed.delete(previousPath);
    changes.push({ path, previousPath, change: "renamed", blob });
  }
  return [
    ...changes,
    ...[...removed].map((path) => ({ path, previousPath: null, change: "removed" as const, blob: null })),
  ];
}
