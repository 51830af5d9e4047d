/** A path's contents as GitHub's API shows them: a file, a folder's list, a symbolic link, a submodule. */
import { posix } from "node:path";
import { notFound } from "../errors.js";
import type { Commit, Entry, TreeLine } from "../git.js";
import type { Repository, World } from "../world.js";
import { repositoryApi, repositoryHtml, type Schema } from "./base.js";

/** Files above one megabyte come without their content; above a hundred, GitHub refuses. */
const MAX_INLINE = 1_048_576;

type Contents =
  | Schema<"content-directory">
  | Schema<"content-file">
  | Schema<"content-symlink">
  | Schema<"content-submodule">;

interface Place {
  world: World;
  repository: Repository;
  ref: string;
}

/** Throws 404 where the commit has nothing at the path. */
export function contentsAt(world: World, repository: Repository, commit: Commit, ref: string, path: string): Contents {
  const place = { world, repository, ref };
  const wanted = path.replace(/\/+$/, "");
  const entry = commit.snapshot.get(wanted);
  if (entry !== undefined) return entryContents(place, wanted, linked(world, commit, wanted, entry) ?? entry);
  const prefix = wanted === "" ? "" : `${wanted}/`;
  const below = [...commit.snapshot]
    .filter(([p]) => p.startsWith(prefix))
    .map(([p, e]) => [p.slice(prefix.length), e] as const);
  if (below.length === 0) throw notFound();
  return world.git.children(new Map(below)).map((line) => listed(place, prefix + line.path, line));
}

/** The file that a link leads to: GitHub shows it in the link's place. Any other link is shown as such. */
function linked(world: World, commit: Commit, path: string, entry: Entry): Entry | null {
  if (entry.mode !== "120000") return null;
  const target = world.git.blobs.get(entry.sha)?.toString("utf8") ?? "";
  const to = posix.join(posix.dirname(path), target);
  const found = commit.snapshot.get(to);
  return found?.mode.startsWith("100") ? found : null;
}

function common({ world, repository, ref }: Place, path: string, sha: string, size: number, kind: string) {
  const encoded = path.split("/").map(encodeURIComponent).join("/");
  const self = `${repositoryApi(world, repository)}/contents/${encoded}?ref=${encodeURIComponent(ref)}`;
  const git = kind === "commit" ? null : `${repositoryApi(world, repository)}/git/${kind}s/${sha}`;
  const html = `${repositoryHtml(world, repository)}/${kind}/${ref}/${encoded}`;
  return {
    name: path.slice(path.lastIndexOf("/") + 1),
    path,
    sha,
    size,
    url: self,
    html_url: html,
    git_url: git,
    download_url: kind === "blob" ? `${repositoryHtml(world, repository)}/raw/${ref}/${encoded}` : null,
    _links: { self, git, html },
  };
}

function entryContents(place: Place, path: string, entry: Entry): Contents {
  if (entry.mode === "160000") {
    const base = common(place, path, entry.sha, 0, "commit");
    return { ...base, type: "submodule", submodule_git_url: `${place.world.origin}/submodule.git` };
  }
  const content = place.world.git.blobs.get(entry.sha) ?? Buffer.alloc(0);
  const base = common(place, path, entry.sha, content.length, "blob");
  if (entry.mode === "120000") return { ...base, type: "symlink", target: content.toString("utf8") };
  if (content.length > MAX_INLINE) return { ...base, type: "file", encoding: "none", content: "" };
  const wrapped = content.toString("base64").replace(/(.{60})/g, "$1\n");
  return { ...base, type: "file", encoding: "base64", content: wrapped };
}

function listed(place: Place, path: string, line: TreeLine): Schema<"content-directory">[number] {
  const base = common(place, path, line.sha, line.size ?? 0, line.type);
  if (line.type === "tree") return { ...base, type: "dir" };
  if (line.mode === "120000") return { ...base, type: "symlink" };
  // A submodule in a folder's list is called a file, "for backwards compatibility" as GitHub's documentation says.
  return { ...base, type: "file" };
}
