/**
 * Whole trees of a commit. GitHub cuts recursive trees of large repositories short; then the folders are asked for one by one.
 * https://docs.github.com/en/rest/git/trees#get-a-tree
 */

import type { ChangedFile } from "./port.js";
import { READ, type Sender, send, type Where } from "./send.js";

/** Path and blob of every file (no symlinks, no submodules) of a commit or tree. */
export async function treeFiles(sender: Sender, where: Where, sha: string, under = ""): Promise<Map<string, string>> {
  const get = (recursive: boolean) =>
    send(sender, READ, (octokit) =>
      octokit.rest.git.getTree({ ...where, tree_sha: sha, ...(recursive ? { recursive: "1" } : {}) }),
    );
  const files = new Map<string, string>();
  const whole = await get(true);
  const { truncated } = whole.data;
  const { data } = truncated ? await get(false) : whole;
  for (const entry of data.tree) {
    if (entry.type === "blob" && entry.mode !== "120000") files.set(under + entry.path, entry.sha);
    if (entry.type === "tree" && truncated) {
      for (const [path, blob] of await treeFiles(sender, where, entry.sha, `${under}${entry.path}/`))
        files.set(path, blob);
    }
  }
  return files;
}

/** What a merge commit changed against its first parent, found by comparing whole trees. */
export async function treeDifference(sender: Sender, where: Where, commit: string): Promise<ChangedFile[]> {
  const { data } = await send(sender, READ, (octokit) => octokit.rest.git.getCommit({ ...where, commit_sha: commit }));
  const parent = data.parents[0]?.sha;
  const after = await treeFiles(sender, where, commit);
  const before = parent ? await treeFiles(sender, where, parent) : new Map<string, string>();
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
      changes.push({ path, previousPath: null, change: before.has(path) ? "edited" : "added" });
      continue;
    }
    moved.delete(blob);
    removed.delete(previousPath);
    changes.push({ path, previousPath, change: "renamed" });
  }
  return [...changes, ...[...removed].map((path) => ({ path, previousPath: null, change: "removed" as const }))];
}
