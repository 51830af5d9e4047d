/** Commits, changed files and pull requests as GitHub's API and its webhooks show them. */
import { differences, type FileDifference } from "../diff.js";
import type { Commit } from "../git.js";
import {
  type Activity,
  type CheckRun,
  fullNameOf,
  type Issue,
  type Pull,
  type Repository,
  type World,
} from "../world.js";
import { simpleUser, simpleUserOrNull } from "./account.js";
import { appJson, checkRunJson, pullsAt } from "./app.js";
import { nodeId, repositoryApi, repositoryHtml, type Schema, stamp, stampOrNull } from "./base.js";
import { association, commentCount, labelJson } from "./issue.js";
import { repositoryJson } from "./repository.js";

export function activityJson(world: World, { id, branch, before, after, at, kind, by }: Activity): Schema<"activity"> {
  return {
    id,
    node_id: nodeId("Activity", id),
    before,
    after,
    ref: `refs/heads/${branch}`,
    timestamp: stamp(at),
    activity_type: kind,
    actor: simpleUser(world, by),
  };
}

export function commitJson(world: World, repository: Repository, commit: Commit): Schema<"commit"> {
  const api = repositoryApi(world, repository);
  const html = repositoryHtml(world, repository);
  const who = { name: commit.author, email: `${commit.author}@users.noreply.github.com`, date: stamp(commit.date) };
  const account = world.account(commit.author);
  const author = account === undefined ? null : simpleUser(world, account);
  return {
    url: `${api}/commits/${commit.sha}`,
    sha: commit.sha,
    node_id: nodeId("Commit", commit.sha),
    html_url: `${html}/commit/${commit.sha}`,
    comments_url: `${api}/commits/${commit.sha}/comments`,
    commit: {
      url: `${api}/git/commits/${commit.sha}`,
      author: who,
      committer: who,
      message: commit.message,
      comment_count: 0,
      tree: { sha: commit.tree, url: `${api}/git/trees/${commit.tree}` },
      verification: { verified: false, reason: "unsigned", payload: null, signature: null, verified_at: null },
    },
    author,
    committer: author,
    parents: commit.parents.map((sha) => ({
      sha,
      url: `${api}/commits/${sha}`,
      html_url: `${html}/commit/${sha}`,
    })),
  };
}

/** What a commit changed against its first parent. */
export function changesOf(world: World, commit: Commit): FileDifference[] {
  const [parent] = commit.parents;
  return differences(world.git, parent === undefined ? new Map() : world.git.need(parent).snapshot, commit.snapshot);
}

export function diffEntry(
  world: World,
  repository: Repository,
  commitSha: string,
  file: FileDifference,
): Schema<"diff-entry"> {
  const path = file.path.split("/").map(encodeURIComponent).join("/");
  return {
    sha: file.sha,
    filename: file.path,
    status: file.status,
    additions: file.additions,
    deletions: file.deletions,
    changes: file.additions + file.deletions,
    blob_url: `${repositoryHtml(world, repository)}/blob/${commitSha}/${path}`,
    raw_url: `${repositoryHtml(world, repository)}/raw/${commitSha}/${path}`,
    contents_url: `${repositoryApi(world, repository)}/contents/${path}?ref=${commitSha}`,
    ...(file.patch === undefined ? {} : { patch: file.patch }),
    ...(file.previousPath === undefined ? {} : { previous_filename: file.previousPath }),
  };
}

/** The files of a pull request: its head against where it branched off. */
export function pullChanges(world: World, pull: Pull): FileDifference[] {
  const base = world.git.mergeBase(pull.base.sha, pull.head.sha);
  return differences(world.git, base.snapshot, world.git.need(pull.head.sha).snapshot);
}

function side(world: World, repository: Repository, ref: string, sha: string) {
  const user = simpleUser(world, repository.owner);
  return { label: `${repository.owner.login}:${ref}`, ref, sha, user, repo: repositoryJson(world, repository) };
}

function pullAddresses(world: World, repository: Repository, number: number, sha: string) {
  const api = repositoryApi(world, repository);
  const html = `${repositoryHtml(world, repository)}/pull/${number}`;
  return {
    url: `${api}/pulls/${number}`,
    html_url: html,
    diff_url: `${html}.diff`,
    patch_url: `${html}.patch`,
    issue_url: `${api}/issues/${number}`,
    commits_url: `${api}/pulls/${number}/commits`,
    review_comments_url: `${api}/pulls/${number}/comments`,
    review_comment_url: `${api}/pulls/comments{/number}`,
    comments_url: `${api}/issues/${number}/comments`,
    statuses_url: `${api}/statuses/${sha}`,
  };
}

/** A pull request as lists carry it. */
export function pullSimple(
  world: World,
  repository: Repository,
  issue: Issue,
  pull: Pull,
): Schema<"pull-request-simple"> {
  const where = pullAddresses(world, repository, issue.number, pull.head.sha);
  const [assignee] = issue.assignees;
  const link = (href: string) => ({ href });
  return {
    ...where,
    id: issue.id,
    node_id: nodeId("PullRequest", issue.id),
    number: issue.number,
    state: issue.state,
    locked: issue.locked,
    title: issue.title,
    user: simpleUser(world, issue.user),
    body: issue.body,
    labels: issue.labels.map((label) => ({
      ...labelJson(world, repository, label),
      description: label.description ?? "",
    })),
    milestone: null,
    active_lock_reason: null,
    created_at: stamp(issue.createdAt),
    updated_at: stamp(issue.updatedAt),
    closed_at: stampOrNull(issue.closedAt),
    merged_at: stampOrNull(pull.mergedAt),
    merge_commit_sha: pull.mergeCommit,
    assignee: simpleUserOrNull(world, assignee ?? null),
    assignees: issue.assignees.map((a) => simpleUser(world, a)),
    requested_reviewers: [],
    requested_teams: [],
    head: side(world, pull.head.repository, pull.head.ref, pull.head.sha),
    base: side(world, repository, pull.base.ref, pull.base.sha),
    _links: {
      self: link(where.url),
      html: link(where.html_url),
      issue: link(where.issue_url),
      comments: link(where.comments_url),
      review_comments: link(where.review_comments_url),
      review_comment: link(where.review_comment_url),
      commits: link(where.commits_url),
      statuses: link(where.statuses_url),
    },
    author_association: association(world, repository, issue.user),
    auto_merge: null,
    draft: pull.draft,
  };
}

/** A pull request as its own address and the webhooks carry it. */
export function pullFull(world: World, repository: Repository, issue: Issue, pull: Pull): Schema<"pull-request"> {
  const files = pullChanges(world, pull);
  const sum = (pick: (file: FileDifference) => number) => files.reduce((total, file) => total + pick(file), 0);
  const behind = new Set(world.git.history(pull.base.sha).map((c) => c.sha));
  return {
    ...pullSimple(world, repository, issue, pull),
    state: issue.state,
    user: simpleUser(world, issue.user),
    head: side(world, pull.head.repository, pull.head.ref, pull.head.sha),
    base: side(world, repository, pull.base.ref, pull.base.sha),
    requested_teams: [],
    merged: pull.mergedAt !== null,
    mergeable: issue.state === "open" ? true : null,
    rebaseable: issue.state === "open" ? true : null,
    mergeable_state: issue.state === "open" ? "clean" : "unknown",
    merged_by: simpleUserOrNull(world, pull.mergedBy),
    comments: commentCount(repository, issue),
    review_comments: 0,
    maintainer_can_modify: false,
    commits: world.git.history(pull.head.sha).filter((c) => !behind.has(c.sha)).length,
    additions: sum((f) => f.additions),
    deletions: sum((f) => f.deletions),
    changed_files: files.length,
  };
}

/** The check suite that GitHub asks the App to run for a pushed commit. */
export function checkSuiteJson(
  world: World,
  repository: Repository,
  suite: { id: number; branch: string | null; before: string | null; commit: Commit },
): Omit<Schema<"check-suite">, "repository" | "head_commit"> & { head_commit: object } {
  const url = `${repositoryApi(world, repository)}/check-suites/${suite.id}`;
  const { sha, date } = suite.commit;
  return {
    id: suite.id,
    node_id: nodeId("CheckSuite", suite.id),
    head_branch: suite.branch,
    head_sha: sha,
    status: "queued",
    conclusion: null,
    url,
    before: suite.before,
    after: sha,
    pull_requests: pullsAt(world, repository, sha),
    app: appJson(world),
    created_at: stamp(date),
    updated_at: stamp(date),
    rerequestable: true,
    runs_rerequestable: true,
    latest_check_runs_count: 0,
    check_runs_url: `${url}/check-runs`,
    head_commit: pushedCommit(world, repository, suite.commit),
  };
}

/** A check run as webhooks carry it: with its suite spelled out. */
export function checkRunTold(world: World, repository: Repository, run: CheckRun): object {
  const commit = world.git.need(run.headSha);
  const branch = [...repository.branches].find(([, sha]) => sha === run.headSha)?.[0] ?? null;
  const suite = { id: run.suiteId, branch, before: commit.parents[0] ?? null, commit };
  const check_suite = checkSuiteJson(world, repository, suite);
  return { ...checkRunJson(world, repository, run), check_suite };
}

/** A commit as the push event lists it. */
export function pushedCommit(world: World, repository: Repository, commit: Commit) {
  const files = changesOf(world, commit);
  const paths = (...kinds: FileDifference["status"][]) =>
    files.filter((f) => kinds.includes(f.status)).map((f) => f.path);
  const renamedFrom = files.flatMap((f) => (f.previousPath === undefined ? [] : [f.previousPath]));
  const who = {
    name: commit.author,
    email: `${commit.author}@users.noreply.github.com`,
    username: commit.author,
  };
  return {
    id: commit.sha,
    tree_id: commit.tree,
    distinct: true,
    message: commit.message,
    timestamp: stamp(commit.date),
    url: `${world.origin}/${fullNameOf(repository)}/commit/${commit.sha}`,
    author: who,
    committer: who,
    added: paths("added", "renamed"),
    removed: [...paths("removed"), ...renamedFrom],
    modified: paths("modified"),
  };
}
