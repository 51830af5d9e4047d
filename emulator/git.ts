/**
 * Just enough git for a repository host: blobs, trees and commits under their real SHA-1 names, kept in memory.
 * A tree is held flat, as a map from path to entry; the nested tree objects are named when asked for.
 */
import { createHash } from "node:crypto";

/** `100644` file, `100755` executable, `120000` symbolic link, `160000` submodule. */
type Mode = "100644" | "100755" | "120000" | "160000";

export interface Entry {
  mode: Mode;
  sha: string;
}

/** Every path of a commit, sorted by nothing in particular. */
export type Snapshot = ReadonlyMap<string, Entry>;

export interface Commit {
  sha: string;
  tree: string;
  parents: readonly string[];
  message: string;
  /** The login of who wrote it. */
  author: string;
  date: Date;
  snapshot: Snapshot;
}

/** One line of a tree object. */
export interface TreeLine {
  path: string;
  mode: Mode | "040000";
  type: "blob" | "tree" | "commit";
  sha: string;
  size?: number;
}

/** What a story may say about one file: its text, its bytes, a link, a submodule's commit, or null to delete it. */
export type FileChange = string | Buffer | { symlink: string } | { submodule: string } | null;

function objectName(kind: "blob" | "tree" | "commit", content: Buffer): string {
  return createHash("sha1").update(`${kind} ${content.length}\0`).update(content).digest("hex");
}

/** The objects of all repositories; forks share them, as on GitHub. */
export class ObjectStore {
  readonly blobs = new Map<string, Buffer>();
  readonly commits = new Map<string, Commit>();
  /** The snapshot under each tree's name, folders included. */
  readonly trees = new Map<string, Snapshot>();

  writeBlob(content: Buffer): string {
    const sha = objectName("blob", content);
    this.blobs.set(sha, content);
    return sha;
  }

  /** The snapshot after some changes to it. */
  change(before: Snapshot, files: Record<string, FileChange>): Snapshot {
    const after = new Map(before);
    for (const [path, change] of Object.entries(files)) {
      if (change === null) after.delete(path);
      else after.set(path, this.#entry(change));
    }
    return after;
  }

  #entry(change: Exclude<FileChange, null>): Entry {
    if (typeof change === "string") return { mode: "100644", sha: this.writeBlob(Buffer.from(change)) };
    if (Buffer.isBuffer(change)) return { mode: "100644", sha: this.writeBlob(change) };
    if ("symlink" in change) return { mode: "120000", sha: this.writeBlob(Buffer.from(change.symlink)) };
    return { mode: "160000", sha: change.submodule };
  }

  /** Names the tree of a snapshot, and remembers every folder's tree under its name. */
  writeTree(snapshot: Snapshot): string {
    const lines = this.children(snapshot).map((line) => ({ ...line, bytes: Buffer.from(line.sha, "hex") }));
    const order = (line: TreeLine) => (line.type === "tree" ? `${line.path}/` : line.path);
    lines.sort((a, b) => Buffer.compare(Buffer.from(order(a)), Buffer.from(order(b))));
    const parts = lines.flatMap((l) => [Buffer.from(`${l.mode.replace(/^0/, "")} ${l.path}\0`), l.bytes]);
    const sha = objectName("tree", Buffer.concat(parts));
    this.trees.set(sha, snapshot);
    return sha;
  }

  /** The first level of a snapshot: its files, and its folders as trees. */
  children(snapshot: Snapshot): TreeLine[] {
    const folders = new Map<string, Map<string, Entry>>();
    const lines: TreeLine[] = [];
    for (const [path, entry] of snapshot) {
      const slash = path.indexOf("/");
      if (slash < 0) {
        lines.push(this.line(path, entry));
        continue;
      }
      const name = path.slice(0, slash);
      const folder = folders.get(name) ?? new Map<string, Entry>();
      folders.set(name, folder.set(path.slice(slash + 1), entry));
    }
    for (const [name, folder] of folders) {
      lines.push({ path: name, mode: "040000", type: "tree", sha: this.writeTree(folder) });
    }
    return lines.sort((a, b) => (a.path < b.path ? -1 : 1));
  }

  /** Every line below a snapshot, folders included, as `?recursive=1` lists them. */
  descendants(snapshot: Snapshot, prefix = ""): TreeLine[] {
    return this.children(snapshot).flatMap((line) => {
      const full = { ...line, path: prefix + line.path };
      const below = line.type === "tree" ? this.trees.get(line.sha) : undefined;
      return below === undefined ? [full] : [full, ...this.descendants(below, `${full.path}/`)];
    });
  }

  line(path: string, entry: Entry): TreeLine {
    if (entry.mode === "160000") return { path, mode: entry.mode, type: "commit", sha: entry.sha };
    return { path, mode: entry.mode, type: "blob", sha: entry.sha, size: this.blobs.get(entry.sha)?.length ?? 0 };
  }

  commit(input: Omit<Commit, "sha" | "tree">): Commit {
    const tree = this.writeTree(input.snapshot);
    const stamp = `${input.author} <${input.author}@users.noreply.github.com> ${Math.floor(input.date.getTime() / 1000)} +0000`;
    const parents = input.parents.map((p) => `parent ${p}\n`).join("");
    const text = `tree ${tree}\n${parents}author ${stamp}\ncommitter ${stamp}\n\n${input.message}\n`;
    const commit = { ...input, tree, sha: objectName("commit", Buffer.from(text)) };
    this.commits.set(commit.sha, commit);
    return commit;
  }

  need(sha: string): Commit {
    const commit = this.commits.get(sha);
    if (commit === undefined) throw new Error(`no such commit: ${sha}`);
    return commit;
  }

  /** The commit and all it descends from, newest first along each line of parents. */
  history(sha: string): Commit[] {
    const seen = new Set<string>();
    const out: Commit[] = [];
    const waiting = [sha];
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      if (seen.has(next)) continue;
      seen.add(next);
      const commit = this.need(next);
      out.push(commit);
      waiting.push(...commit.parents);
    }
    return out;
  }

  /** The newest commit that both descend from. Repositories of a story always have one. */
  mergeBase(a: string, b: string): Commit {
    const ofB = new Set(this.history(b).map((c) => c.sha));
    const base = this.history(a).find((c) => ofB.has(c.sha));
    if (base === undefined) throw new Error(`entirely different commit histories: ${a} and ${b}`);
    return base;
  }

  /** Brings the changes between `base` and `theirs` onto `ours`. Their version of a file wins: a story has no conflicts. */
  merge(base: Snapshot, ours: Snapshot, theirs: Snapshot): Snapshot {
    const merged = new Map(ours);
    for (const [path, entry] of theirs) if (base.get(path)?.sha !== entry.sha) merged.set(path, entry);
    for (const path of base.keys()) if (!theirs.has(path)) merged.delete(path);
    return merged;
  }
}
