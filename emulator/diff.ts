/**
 * What changed between two snapshots, file by file, as GitHub lists it for pull requests, comparisons and commits:
 * renames found by equal or similar content, counts of lines, a patch.
 */
import type { Entry, ObjectStore, Snapshot } from "./git.js";

export interface FileDifference {
  path: string;
  previousPath?: string;
  status: "added" | "removed" | "modified" | "renamed";
  sha: string;
  additions: number;
  deletions: number;
  /** Absent for what is not text. */
  patch?: string;
}

/** The share of lines that two files must have in common to count as a rename, as git's default. */
const RENAME_SIMILARITY = 0.5;

export function differences(store: ObjectStore, before: Snapshot, after: Snapshot): FileDifference[] {
  const removed = [...before].filter(([path]) => !after.has(path));
  const out: FileDifference[] = [];
  for (const [path, entry] of after) {
    const old = before.get(path);
    if (old !== undefined) {
      if (old.sha !== entry.sha || old.mode !== entry.mode) out.push(described(store, path, "modified", old, entry));
      continue;
    }
    const index = removed.findIndex(([, candidate]) => similar(store, candidate, entry));
    const [source] = index < 0 ? [] : removed.splice(index, 1);
    if (source === undefined) out.push(described(store, path, "added", undefined, entry));
    else out.push({ ...described(store, path, "renamed", source[1], entry), previousPath: source[0] });
  }
  for (const [path, entry] of removed) out.push(described(store, path, "removed", entry, undefined));
  return out.sort((a, b) => (a.path < b.path ? -1 : 1));
}

function similar(store: ObjectStore, a: Entry, b: Entry): boolean {
  if (a.sha === b.sha) return true;
  const [left, right] = [linesOf(store, a), linesOf(store, b)];
  if (left === undefined || right === undefined || left.length === 0) return false;
  const known = new Set(left);
  const shared = right.filter((line) => known.has(line)).length;
  return shared / Math.max(left.length, right.length) >= RENAME_SIMILARITY;
}

function described(
  store: ObjectStore,
  path: string,
  status: FileDifference["status"],
  before: Entry | undefined,
  after: Entry | undefined,
): FileDifference {
  const sha = (after ?? before)?.sha ?? "";
  const [old, young] = [linesOf(store, before), linesOf(store, after)];
  if (old === undefined || young === undefined) return { path, status, sha, additions: 0, deletions: 0 };
  const hunk = changedRange(old, young);
  const counts = { additions: hunk.added.length, deletions: hunk.deleted.length };
  if (before?.sha === after?.sha) return { path, status, sha, ...counts };
  const head = `@@ -${hunk.start + 1},${hunk.deleted.length} +${hunk.start + 1},${hunk.added.length} @@`;
  const body = [...hunk.deleted.map((l) => `-${l}`), ...hunk.added.map((l) => `+${l}`)];
  return { path, status, sha, ...counts, patch: [head, ...body].join("\n") };
}

/** The lines of a text file, none for no file, undefined for what is not text or too large for a patch. */
function linesOf(store: ObjectStore, entry: Entry | undefined): string[] | undefined {
  if (entry === undefined) return [];
  const content = store.blobs.get(entry.sha);
  if (content === undefined || content.length > 1_000_000 || content.includes(0)) return undefined;
  const lines = content.toString("utf8").split("\n");
  if (lines.at(-1) === "") lines.pop();
  return lines;
}

/** One hunk without context: what is left when equal lines are taken off both ends. */
function changedRange(old: string[], young: string[]): { start: number; deleted: string[]; added: string[] } {
  let start = 0;
  while (start < old.length && start < young.length && old[start] === young[start]) start += 1;
  let end = 0;
  const most = Math.min(old.length, young.length) - start;
  while (end < most && old[old.length - 1 - end] === young[young.length - 1 - end]) end += 1;
  return { start, deleted: old.slice(start, old.length - end), added: young.slice(start, young.length - end) };
}
