import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { refusal, SHOP, type Stage, stage } from "./support.js";

let s: Stage;
beforeEach(async () => {
  s = await stage();
});
afterEach(async () => {
  expect(s.gh.violations).toEqual([]);
  await s.gh.close();
});

async function contents(path: string, ref?: string) {
  const { data } = await s.octokit.rest.repos.getContent({ ...SHOP, path, ...(ref && { ref }) });
  return data;
}

describe("contents", () => {
  it("shows a folder, a link, a submodule and a file that is too large to show", async () => {
    s.repo.write({
      "docs/a b.md": "text\n",
      "docs/deep/c.md": "text\n",
      "docs/link.md": { symlink: "a b.md" },
      "docs/nowhere.md": { symlink: "../none.md" },
      "vendor/lib": { submodule: "1".repeat(40) },
      "large.md": "x".repeat(1_048_577),
      "asset.bin": "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n",
    });
    const folder = await contents("docs");
    expect(Array.isArray(folder) && folder.map((f) => [f.name, f.type])).toEqual([
      ["a b.md", "file"],
      ["deep", "dir"],
      ["link.md", "symlink"],
      ["nowhere.md", "symlink"],
    ]);
    // A link to a file shows the file: https://docs.github.com/en/rest/repos/contents#get-repository-content
    expect(await contents("docs/link.md")).toMatchObject({ type: "file", content: "dGV4dAo=" });
    expect(await contents("docs/nowhere.md")).toMatchObject({ type: "symlink", target: "../none.md" });
    expect(await contents("vendor/lib")).toMatchObject({ type: "submodule", sha: "1".repeat(40) });
    const large = await contents("large.md");
    expect(large).toMatchObject({ encoding: "none", content: "", size: 1_048_577 });
    const sha = Array.isArray(large) ? "" : large.sha;
    const { data: blob } = await s.octokit.rest.git.getBlob({ ...SHOP, file_sha: sha });
    expect(Buffer.from(blob.content, "base64")).toHaveLength(1_048_577);
    expect(await contents("asset.bin")).toMatchObject({ type: "file", encoding: "base64" });
  });

  it("reads at a branch or a commit, and answers 404 where nothing is", async () => {
    const before = s.repo.head();
    s.repo.as("ada").commitFiles({ branch: "feature/x", files: { "new.md": "x\n" } });
    expect(await contents("new.md", "feature/x")).toMatchObject({ name: "new.md" });
    expect((await refusal(contents("new.md"))).status).toBe(404);
    expect((await refusal(contents("new.md", before))).status).toBe(404);
    expect((await refusal(contents("README.md", "no-such-branch"))).status).toBe(404);
  });
});

describe("trees, branches and commits", () => {
  it("cuts a recursive tree off past its limit", async () => {
    s.repo.write({ "a/1.md": "1", "a/2.md": "2" });
    s.gh.treeLimit = 3;
    const { data } = await s.octokit.rest.git.getTree({ ...SHOP, tree_sha: "main", recursive: "1" });
    expect([data.truncated, data.tree.length]).toEqual([true, 3]);
    const { data: flat } = await s.octokit.rest.git.getTree({ ...SHOP, tree_sha: "main" });
    expect([flat.truncated, flat.tree.map((t) => t.path)]).toEqual([false, ["README.md", "a"]]);
    const folder = flat.tree.find((t) => t.path === "a")?.sha ?? "";
    const { data: below } = await s.octokit.rest.git.getTree({ ...SHOP, tree_sha: folder });
    expect(below.tree.map((t) => t.path)).toEqual(["1.md", "2.md"]);
  });

  it("names objects as git does", async () => {
    const empty = s.gh.repository("acme/empty", { files: { "hello.txt": "hello\n" } });
    const head = s.gh.world.git.need(empty.head());
    expect(head.snapshot.get("hello.txt")?.sha).toBe("ce013625030ba8dba906f756967f9e9ca394464a");
    expect(head.tree).toBe("aaa96ced2d9a1c8e72c56b253a0e2fe78393feb7");
  });

  it("finds a branch, a reference, a commit and who touched a path", async () => {
    const sha = s.repo.as("ada").pushDirect({ "postmortems/a.md": "a\n" });
    s.repo.as("ben").pushDirect({ "other.md": "b\n" });
    const { data: branch } = await s.octokit.rest.repos.getBranch({ ...SHOP, branch: "main" });
    const { data: ref } = await s.octokit.rest.git.getRef({ ...SHOP, ref: "heads/main" });
    expect([branch.commit.sha, ref.object.sha]).toEqual([s.repo.head(), s.repo.head()]);
    const { data: list } = await s.octokit.rest.repos.listCommits({ ...SHOP, path: "postmortems" });
    expect(list.map((c) => [c.sha, c.author?.login])).toEqual([[sha, "ada"]]);
    const { data: commit } = await s.octokit.rest.repos.getCommit({ ...SHOP, ref: sha });
    expect(commit.files).toMatchObject([{ filename: "postmortems/a.md", status: "added" }]);
    const { data: plain } = await s.octokit.rest.git.getCommit({ ...SHOP, commit_sha: sha });
    expect(plain.tree.sha).toBe(commit.commit.tree.sha);
  });

  it("compares, with files on the first page only and 300 at most", async () => {
    const base = s.repo.head();
    const files = Object.fromEntries(Array.from({ length: 301 }, (_, i) => [`f/${i}.md`, `${i}\n`]));
    s.repo.as("ada").pushDirect(files);
    const basehead = `${base}...main`;
    const { data } = await s.octokit.rest.repos.compareCommitsWithBasehead({ ...SHOP, basehead });
    expect([data.status, data.ahead_by, data.files?.length]).toEqual(["ahead", 1, 300]);
    const second = await s.octokit.rest.repos.compareCommitsWithBasehead({ ...SHOP, basehead, page: 2 });
    expect(second.data.files).toEqual([]);
  });
});

describe("pull requests", () => {
  it("show renamed, modified and removed files", async () => {
    s.repo.write({ "old.md": "one\ntwo\nthree\n", "gone.md": "x\n", "kept.md": "a\nb\nc\n" });
    const pull = s.repo
      .as("ada")
      .proposeFiles(
        { "old.md": null, "new.md": "one\ntwo\nTHREE\n", "gone.md": null, "kept.md": "a\nB\nc\n" },
        "Change",
      );
    const { data } = await s.octokit.rest.pulls.listFiles({ ...SHOP, pull_number: pull.number });
    expect(data.map((f) => [f.filename, f.status, f.additions, f.deletions])).toEqual([
      ["gone.md", "removed", 0, 1],
      ["kept.md", "modified", 1, 1],
      ["new.md", "renamed", 1, 1],
    ]);
    expect(data[2]?.previous_filename).toBe("old.md");
  });

  it("pair the files most alike, each once, and none of which less than half is the same", async () => {
    const text = (...lines: string[]) => lines.map((line) => `${line}\n`).join("");
    s.repo.write({
      "a/one.md": text("alpha", "beta", "gamma", "delta"),
      "a/two.md": text("alpha", "beta", "gamma", "omega"),
      "a/three.md": text("first", "second", "third", "fourth"),
    });
    const pull = s.repo.as("ada").proposeFiles(
      {
        "a/one.md": null,
        "a/two.md": null,
        "a/three.md": null,
        // More like the second than the first, which is listed before it.
        "b/1.md": text("alpha", "beta", "GAMMA", "omega"),
        "b/2.md": text("alpha", "beta", "gamma", "delta", "more"),
        "b/3.md": text("first", "2nd", "3rd", "4th and last"),
      },
      "Move",
    );
    const { data } = await s.octokit.rest.pulls.listFiles({ ...SHOP, pull_number: pull.number });
    expect(data.map((f) => [f.filename, f.status, f.previous_filename])).toEqual([
      ["a/three.md", "removed", undefined],
      ["b/1.md", "renamed", "a/two.md"],
      ["b/2.md", "renamed", "a/one.md"],
      ["b/3.md", "added", undefined],
    ]);
  });

  it("stop listing files at 3000", async () => {
    const files = Object.fromEntries(Array.from({ length: 3001 }, (_, i) => [`f/${i}.md`, `${i}\n`]));
    const pull = s.repo.as("ada").proposeFiles(files, "Many");
    const all = await s.octokit.paginate(s.octokit.rest.pulls.listFiles, {
      ...SHOP,
      pull_number: pull.number,
      per_page: 100,
    });
    expect(all).toHaveLength(3000);
  });

  it("merge or squash onto what main has become, and are found by their commits", async () => {
    const pull = s.repo.as("ada").proposeFiles({ "a.md": "a\n" }, "Add");
    s.repo.as("ben").pushDirect({ "b.md": "b\n" });
    s.repo.as("ada").mergePull(pull.number, "squash");
    expect(s.gh.world.git.need(s.repo.head()).parents).toHaveLength(1);
    expect(await contents("b.md")).toMatchObject({ name: "b.md" });
    const found = await s.octokit.rest.repos.listPullRequestsAssociatedWithCommit({
      ...SHOP,
      commit_sha: s.repo.head(),
    });
    expect(found.data.map((p) => [p.number, p.merged_at])).toEqual([[1, "2025-03-03T09:00:00Z"]]);
  });

  it("come from forks too, and are listed as asked", async () => {
    const fork = s.gh.fork("acme/shop", "eve");
    fork.as("eve").commitFiles({ branch: "fix", files: { "x.md": "x\n" } });
    const pull = s.repo.as("eve").openPull({ head: "eve:fix", title: "From outside" });
    const { data: open } = await s.octokit.rest.pulls.list({ ...SHOP, base: "main", sort: "updated" });
    expect(open).toMatchObject([{ number: pull.number, head: { repo: { full_name: "eve/shop", fork: true } } }]);
    s.repo.as("ada").closeIssue(pull.number);
    const { data: closed } = await s.octokit.rest.pulls.list({ ...SHOP, state: "closed" });
    expect(closed).toMatchObject([{ merged_at: null }]);
    const { data: issues } = await s.octokit.rest.issues.listForRepo({ ...SHOP, state: "all" });
    expect(issues[0]?.pull_request).toBeDefined();
  });
});

describe("check runs", () => {
  it("add annotations up over updates, and take fifty at a time", async () => {
    const sha = s.repo.head();
    const note = (line: number) =>
      ({ path: "a.md", start_line: line, end_line: line, annotation_level: "warning", message: "m" }) as const;
    const output = { title: "t", summary: "s", annotations: [note(1)] };
    const { data: run } = await s.octokit.rest.checks.create({ ...SHOP, name: "postmortem", head_sha: sha, output });
    expect(run.status).toBe("queued");
    const update = { ...SHOP, check_run_id: Number(run.id), conclusion: "neutral" } as const;
    await s.octokit.rest.checks.update({ ...update, output: { ...output, annotations: [note(2)] } });
    const { data: list } = await s.octokit.rest.checks.listForRef({ ...SHOP, ref: "main" });
    expect(list).toMatchObject({ total_count: 1, check_runs: [{ status: "completed", conclusion: "neutral" }] });
    const { data: notes } = await s.octokit.rest.checks.listAnnotations({ ...SHOP, check_run_id: Number(run.id) });
    expect(notes.map((n) => n.start_line)).toEqual([1, 2]);
    const many = { ...output, annotations: Array.from({ length: 51 }, (_, i) => note(i)) };
    expect((await refusal(s.octokit.rest.checks.update({ ...update, output: many }))).status).toBe(422);
    expect(s.gh.violations).toHaveLength(1);
    s.gh.forgetViolations();
  });
});
