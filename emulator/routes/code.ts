/** Files, trees, branches and commits. */
import { answer, paged, type RepositoryCall, type Route, repositoryRoute } from "../call.js";
import { differences } from "../diff.js";
import { GitHubError, notFound, refuseUnemulated } from "../errors.js";
import type { Commit, Snapshot } from "../git.js";
import { nodeId, repositoryApi, repositoryHtml, stamp } from "../represent/base.js";
import { activityJson, changesOf, commitJson, diffEntry, pullSimple } from "../represent/code.js";
import { contentsAt } from "../represent/contents.js";
import { type Activity, headOf, type Repository, type World } from "../world.js";

const CONTENTS = [{ contents: "read" }] as const;
/** The files that a comparison or a commit shows at most. */
const MAX_FILES = 300;

const PERIOD_DAYS: Readonly<Record<string, number>> = { day: 1, week: 7, month: 30, quarter: 90, year: 365 };

/** The commit a branch, SHA or short SHA means. */
function resolved(world: World, repository: Repository, ref: string | undefined): Commit | undefined {
  const name = (ref ?? repository.defaultBranch).replace(/^refs\//, "").replace(/^heads\//, "");
  const sha = repository.branches.get(name) ?? name;
  const exact = world.git.commits.get(sha);
  if (exact !== undefined || !/^[0-9a-f]{7,40}$/.test(sha)) return exact;
  return [...world.git.commits.values()].find((c) => c.sha.startsWith(sha));
}

function commitAt(call: { world: World; repository: Repository }, ref: string | undefined): Commit {
  const commit = resolved(call.world, call.repository, ref);
  if (commit === undefined) throw new GitHubError(422, `No commit found for SHA: ${ref ?? ""}`);
  return commit;
}

/** A snapshot by the name of its tree, of its commit, or of a branch. */
function treeAt(call: { world: World; repository: Repository }, name: string): { sha: string; snapshot: Snapshot } {
  const snapshot = call.world.git.trees.get(name);
  if (snapshot !== undefined) return { sha: name, snapshot };
  const commit = resolved(call.world, call.repository, name);
  if (commit === undefined) throw notFound();
  return { sha: commit.tree, snapshot: commit.snapshot };
}

/** Whether a commit changed something at or below a path. */
function touches(world: World, commit: Commit, path: string): boolean {
  const at = (p: string) => p === path || p.startsWith(`${path}/`);
  if (commit.parents.length > 1) return false;
  return changesOf(world, commit).some((f) => at(f.path) || at(f.previousPath ?? ""));
}

function listCommits(call: RepositoryCall<"repos/list-commits">): Commit[] {
  const { sha, path, since, until, author, committer } = call.query;
  refuseUnemulated({ committer });
  const earliest = since === undefined ? 0 : Date.parse(since);
  const latest = until === undefined ? Number.POSITIVE_INFINITY : Date.parse(until);
  return call.world.git
    .history(commitAt(call, sha).sha)
    .filter((c) => c.date.getTime() >= earliest && c.date.getTime() <= latest)
    .filter((c) => author === undefined || c.author === author)
    .filter((c) => path === undefined || path === "" || touches(call.world, c, path));
}

/** GitHub's record of a repository, by cursor. */
function listActivities(call: RepositoryCall<"repos/list-activities">): Activity[] {
  const { world, repository, query } = call;
  refuseUnemulated({ actor: query.actor, activity_type: query.activity_type, before: query.before });
  const from = world.clock.now().getTime() - (PERIOD_DAYS[query.time_period ?? "year"] ?? 0) * 86_400_000;
  const found = repository.activities.filter(
    ({ at, branch }) => at.getTime() >= from && [undefined, branch, `refs/heads/${branch}`].includes(query.ref),
  );
  const ordered = query.direction === "asc" ? found : found.toReversed();
  const start = query.after === undefined ? 0 : ordered.findIndex(({ id }) => `a${id}` === query.after) + 1;
  const page = ordered.slice(start, start + Math.min(100, query.per_page ?? 30));
  const last = page.at(-1);
  if (last !== undefined && last !== ordered.at(-1)) {
    const url = new URL(call.url);
    url.searchParams.set("after", `a${last.id}`);
    call.headers.link = `<${url}>; rel="next"`;
  }
  return page.filter((entry) => !call.lists.hides(entry));
}

/** Base and head of `main...topic`; either may name a fork's branch as `login:branch`. */
function compared(call: RepositoryCall<"repos/compare-commits-with-basehead">) {
  const [base, head] = call.params.basehead.split("...").map((name) => {
    const [owner, ref] = name.includes(":") ? name.split(":", 2) : [undefined, name];
    const fork = [...call.world.repositories.values()].find((r) => r.owner.login === owner);
    return resolved(call.world, fork ?? call.repository, ref);
  });
  if (base === undefined || head === undefined) throw notFound();
  return { base, head };
}

function comparison(call: RepositoryCall<"repos/compare-commits-with-basehead">) {
  const { world, repository } = call;
  const { git } = world;
  const { base, head } = compared(call);
  const from = git.mergeBase(base.sha, head.sha);
  const behind = new Set(git.history(base.sha).map((c) => c.sha));
  const ahead = new Set(git.history(head.sha).map((c) => c.sha));
  const commits = git
    .history(head.sha)
    .filter((c) => !behind.has(c.sha))
    .reverse();
  const behindBy = [...behind].filter((sha) => !ahead.has(sha)).length;
  const files = differences(git, from.snapshot, head.snapshot).slice(0, MAX_FILES);
  const onlyBehind = behindBy > 0 ? "behind" : "identical";
  const onlyAhead = behindBy > 0 ? "diverged" : "ahead";
  const url = `${repositoryApi(world, repository)}/compare/${call.params.basehead}`;
  const html = `${repositoryHtml(world, repository)}/compare/${call.params.basehead}`;
  return {
    url,
    html_url: html,
    permalink_url: html,
    diff_url: `${html}.diff`,
    patch_url: `${html}.patch`,
    base_commit: commitJson(world, repository, base),
    merge_base_commit: commitJson(world, repository, from),
    status: commits.length > 0 ? onlyAhead : onlyBehind,
    ahead_by: commits.length,
    behind_by: behindBy,
    total_commits: commits.length,
    commits: paged({ ...call, query: { per_page: 250, ...call.query } }, commits).map((c) =>
      commitJson(world, repository, c),
    ),
    // GitHub lists files on the first page only.
    files: (call.query.page ?? 1) > 1 ? [] : files.map((f) => diffEntry(world, repository, head.sha, f)),
  } as const;
}

function fullCommit(world: World, repository: Repository, commit: Commit) {
  const files = changesOf(world, commit).slice(0, MAX_FILES);
  const additions = files.reduce((sum, f) => sum + f.additions, 0);
  const deletions = files.reduce((sum, f) => sum + f.deletions, 0);
  return {
    ...commitJson(world, repository, commit),
    stats: { additions, deletions, total: additions + deletions },
    files: files.map((f) => diffEntry(world, repository, commit.sha, f)),
  };
}

const files: Route[] = [
  repositoryRoute("repos/get-content", CONTENTS, (call) => {
    const ref = call.query.ref ?? call.repository.defaultBranch;
    const commit = resolved(call.world, call.repository, ref);
    if (commit === undefined) throw new GitHubError(404, `No commit found for the ref ${ref}`);
    return answer(200, contentsAt(call.world, call.repository, commit, ref, call.params.path));
  }),
  repositoryRoute("git/get-tree", CONTENTS, (call) => {
    const { world, repository } = call;
    const { sha, snapshot } = treeAt(call, call.params.tree_sha);
    const recursive = call.query.recursive !== undefined;
    const all = recursive ? world.git.descendants(snapshot) : world.git.children(snapshot);
    const api = `${repositoryApi(world, repository)}/git`;
    const kind = { blob: "blobs", tree: "trees", commit: "commits" } as const;
    const tree = all
      .slice(0, call.treeLimit)
      .map((line) => ({ ...line, url: `${api}/${kind[line.type]}/${line.sha}` }));
    return answer(200, { sha, url: `${api}/trees/${sha}`, tree, truncated: all.length > tree.length });
  }),
  repositoryRoute("git/get-blob", CONTENTS, ({ world, repository, params }) => {
    const content = world.git.blobs.get(params.file_sha);
    if (content === undefined) throw notFound();
    const url = `${repositoryApi(world, repository)}/git/blobs/${params.file_sha}`;
    const body = { sha: params.file_sha, node_id: nodeId("Blob", params.file_sha), size: content.length, url };
    return answer(200, { ...body, content: content.toString("base64"), encoding: "base64" });
  }),
  repositoryRoute("git/get-commit", CONTENTS, ({ world, repository, params }) => {
    const found = world.git.commits.get(params.commit_sha);
    if (found === undefined) throw notFound();
    const { url, html_url, commit, ...shown } = commitJson(world, repository, found);
    const who = { name: found.author, email: `${found.author}@users.noreply.github.com`, date: stamp(found.date) };
    const verification = { verified: false, reason: "unsigned", payload: null, signature: null, verified_at: null };
    const parents = shown.parents.map((p) => ({ sha: p.sha, url: p.url, html_url: p.html_url ?? p.url }));
    const { message, tree } = commit;
    const own = { url: commit.url, html_url, message, tree, parents, verification, author: who, committer: who };
    return answer(200, { sha: found.sha, node_id: shown.node_id, ...own });
  }),
  repositoryRoute("git/get-ref", CONTENTS, ({ world, repository, params }) => {
    const branch = params.ref.replace(/^heads\//, "");
    const sha = params.ref.startsWith("heads/") ? repository.branches.get(branch) : undefined;
    if (sha === undefined) throw notFound();
    const api = repositoryApi(world, repository);
    const ref = `refs/heads/${branch}`;
    const object = { type: "commit", sha, url: `${api}/git/commits/${sha}` };
    return answer(200, { ref, node_id: nodeId("Ref", ref), url: `${api}/git/${ref}`, object });
  }),
  repositoryRoute("repos/get-branch", CONTENTS, ({ world, repository, params }) => {
    if (!repository.branches.has(params.branch)) throw new GitHubError(404, "Branch not found");
    const commit = commitJson(world, repository, world.git.need(headOf(repository, params.branch)));
    const self = `${repositoryApi(world, repository)}/branches/${params.branch}`;
    const html = `${repositoryHtml(world, repository)}/tree/${params.branch}`;
    const _links = { self, html };
    const shown = { name: params.branch, commit, _links, protected: false, protection: { enabled: false } };
    return answer(200, { ...shown, protection_url: `${self}/protection` });
  }),
];

const history: Route[] = [
  repositoryRoute("repos/list-commits", CONTENTS, (call) => {
    const page = paged(call, listCommits(call));
    return answer(
      200,
      page.map((c) => commitJson(call.world, call.repository, c)),
    );
  }),
  repositoryRoute("repos/list-activities", CONTENTS, (call) => {
    return answer(
      200,
      listActivities(call).map((one) => activityJson(call.world, one)),
    );
  }),
  repositoryRoute("repos/get-commit", CONTENTS, (call) => {
    const commit = commitAt(call, call.params.ref);
    return answer(200, fullCommit(call.world, call.repository, commit));
  }),
  repositoryRoute("repos/list-pull-requests-associated-with-commit", [{ pull_requests: "read" }], (call) => {
    const { world, repository } = call;
    const { sha } = commitAt(call, call.params.commit_sha);
    const found = [...repository.issues.values()].flatMap((issue) => {
      const { pull } = issue;
      if (pull === null) return [];
      const before = new Set(world.git.history(pull.base.sha).map((c) => c.sha));
      const own = world.git.history(pull.head.sha).some((c) => c.sha === sha && !before.has(sha));
      return own || pull.mergeCommit === sha ? [pullSimple(world, repository, issue, pull)] : [];
    });
    return answer(200, paged(call, found));
  }),
  repositoryRoute("repos/compare-commits-with-basehead", CONTENTS, (call) => {
    return answer(200, comparison(call));
  }),
];

export const codeRoutes: readonly Route[] = [...files, ...history];
