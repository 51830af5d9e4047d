/**
 * What changed between two snapshots, file by file, as GitHub lists it for pull requests, comparisons and commits:
 * renames found by equal or similar content, counts of lines, a patch.
 */
import { basename } from "node:path/posix";
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

/** The share of their bytes that two files must have in common to count as a rename, as Git's default. */
const RENAME_SIMILARITY = 0.5;

export function differences(store: ObjectStore, before: Snapshot, after: Snapshot): FileDifference[] {
  const removed = new Map([...before].filter(([path]) => !after.has(path)));
  const added = new Map([...after].filter(([path]) => !before.has(path)));
  const out: FileDifference[] = [];
  for (const [path, entry] of after) {
    const old = before.get(path);
    if (old === undefined || (old.sha === entry.sha && old.mode === entry.mode)) continue;
    out.push(described(store, path, "modified", old, entry));
  }
  for (const { from, to } of renames(store, removed, added)) {
    out.push({ ...described(store, to, "renamed", removed.get(from), added.get(to)), previousPath: from });
    removed.delete(from);
    added.delete(to);
  }
  for (const [path, entry] of added) out.push(described(store, path, "added", undefined, entry));
  for (const [path, entry] of removed) out.push(described(store, path, "removed", entry, undefined));
  return out.sort((a, b) => (a.path < b.path ? -1 : 1));
}

interface Rename {
  from: string;
  to: string;
  similarity: number;
}

/** Which removed file became which added one: the pairs most alike first, of equals those that keep their name, each file once. */
function renames(store: ObjectStore, removed: Snapshot, added: Snapshot): Rename[] {
  const alike: Rename[] = [];
  for (const [from, old] of removed) {
    for (const [to, young] of added) alike.push({ from, to, similarity: similarity(store, old, young) });
  }
  const keepsName = ({ from, to }: Rename) => Number(basename(from) === basename(to));
  const [gone, come] = [new Set<string>(), new Set<string>()];
  return alike
    .filter((pair) => pair.similarity >= RENAME_SIMILARITY)
    .sort((a, b) => b.similarity - a.similarity || keepsName(b) - keepsName(a))
    .filter(({ from, to }) => {
      if (gone.has(from) || come.has(to)) return false;
      gone.add(from);
      come.add(to);
      return true;
    });
}

/** The share of the longer file's bytes that stand in lines both have, from 0 to 1. */
function similarity(store: ObjectStore, a: Entry, b: Entry): number {
  if (a.sha === b.sha) return 1;
  const [left, right] = [linesOf(store, a), linesOf(store, b)];
  if (left === undefined || right === undefined || left.length === 0) return 0;
  const unpaired = new Map<string, number>();
  for (const line of left) unpaired.set(line, (unpaired.get(line) ?? 0) + 1);
  const shared = right.filter((line) => {
    const times = unpaired.get(line) ?? 0;
    unpaired.set(line, times - 1);
    return times > 0;
  });
  return bytesOf(shared) / Math.max(bytesOf(left), bytesOf(right));
}

const bytesOf = (lines: readonly string[]): number => lines.reduce((sum, line) => sum + Buffer.byteLength(line) + 1, 0);

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
