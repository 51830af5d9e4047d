/** What can be done with code: commit to a branch, open a pull request, merge it. */
import type { FileChange } from "../git.js";
import { simpleUser } from "../represent/account.js";
import { checkSuiteJson, pushedCommit } from "../represent/code.js";
import { type Account, fullNameOf, headOf, type Issue, type Pull, type Repository, type World } from "../world.js";
import { type IssueInput, placeIssue, tellIssue } from "./issues.js";
import { tell } from "./tell.js";

const NOTHING = "0".repeat(40);

/** Moves a branch to a commit and tells of the push; pull requests from that branch follow it. */
export function push(
  world: World,
  repository: Repository,
  by: Account,
  branch: string,
  sha: string,
  how: "push" | "pr_merge" = "push",
): void {
  const before = repository.branches.get(branch) ?? NOTHING;
  if (before === sha) return;
  const kind = before === NOTHING ? "branch_creation" : how;
  repository.activities.push({ id: world.nextId(), branch, before, after: sha, at: world.clock.now(), kind, by });
  repository.branches.set(branch, sha);
  repository.pushedAt = world.clock.now();
  tellPush(world, repository, by, branch, before, sha);
  for (const target of [repository, ...[repository.parent ?? []].flat()]) {
    for (const issue of target.issues.values()) {
      const head = issue.pull?.head;
      if (issue.state !== "open" || head?.repository !== repository || head.ref !== branch) continue;
      head.sha = sha;
      issue.updatedAt = world.clock.now();
      tellIssue(world, target, issue, by, "synchronize", { before, after: sha });
    }
  }
  const suite = { id: world.nextId(), branch, before, commit: world.git.need(sha) };
  tell(world, repository, by, "check_suite", "requested", { check_suite: checkSuiteJson(world, repository, suite) });
}

function tellPush(
  world: World,
  repository: Repository,
  by: Account,
  branch: string,
  before: string,
  after: string,
): void {
  const head = world.git.need(after);
  const known = new Set(before === NOTHING ? [] : world.git.history(before).map((c) => c.sha));
  const base = before === NOTHING && branch !== repository.defaultBranch ? headOf(repository) : null;
  for (const commit of base === null ? [] : world.git.history(base)) known.add(commit.sha);
  const fresh = world.git.history(after).filter((c) => !known.has(c.sha));
  const pusher = { name: by.login, email: `${by.login}@users.noreply.github.com` };
  tell(world, repository, by, "push", null, {
    ref: `refs/heads/${branch}`,
    before,
    after,
    created: before === NOTHING,
    deleted: false,
    forced: before !== NOTHING && !world.git.history(after).some((c) => c.sha === before),
    base_ref: null,
    compare: `${world.origin}/${fullNameOf(repository)}/compare/${before.slice(0, 12)}...${after.slice(0, 12)}`,
    commits: fresh
      .slice(0, 2048)
      .reverse()
      .map((c) => pushedCommit(world, repository, c)),
    head_commit: pushedCommit(world, repository, head),
    pusher,
  });
}

/** Commits changes on top of a branch; a branch that is new starts at the default branch. Returns the commit's SHA. */
export function commitFiles(
  world: World,
  repository: Repository,
  by: Account,
  input: { branch: string; message: string; files: Record<string, FileChange> },
): string {
  const parent = repository.branches.get(input.branch) ?? headOf(repository);
  const commit = world.git.commit({
    parents: [parent],
    message: input.message,
    author: by.login,
    date: world.clock.now(),
    snapshot: world.git.change(world.git.need(parent).snapshot, input.files),
  });
  push(world, repository, by, input.branch, commit.sha);
  for (const [, number] of input.message.matchAll(/#(\d+)/g))
    repository.issues
      .get(Number(number))
      ?.references.push({ id: world.nextId(), by, sha: commit.sha, at: world.clock.now() });
  return commit.sha;
}

export interface PullInput extends IssueInput {
  /** A branch, or `login:branch` of a fork. */
  head: string;
  base?: string;
  draft?: boolean;
}

export function openPull(world: World, repository: Repository, by: Account, input: PullInput): Issue {
  const [owner, ref] = input.head.includes(":") ? input.head.split(":", 2) : [repository.owner.login, input.head];
  const source =
    owner === repository.owner.login
      ? repository
      : [...world.repositories.values()].find((r) => r.parent === repository && r.owner.login === owner);
  if (source === undefined || ref === undefined) throw new Error(`no fork of ${repository.name} for ${input.head}`);
  const base = input.base ?? repository.defaultBranch;
  const issue = placeIssue(world, repository, by, input);
  issue.pull = {
    head: { repository: source, ref, sha: headOf(source, ref) },
    base: { ref: base, sha: headOf(repository, base) },
    draft: input.draft ?? false,
    mergedAt: null,
    mergedBy: null,
    mergeCommit: null,
  };
  tellIssue(world, repository, issue, by, "opened");
  return issue;
}

/** Points a pull request at another branch. */
export function setBase(world: World, repository: Repository, issue: Issue, by: Account, ref: string): void {
  const pull = needPull(issue);
  const from = pull.base;
  pull.base = { ref, sha: headOf(repository, ref) };
  issue.updatedAt = world.clock.now();
  const changes = { base: { ref: { from: from.ref }, sha: { from: from.sha } } };
  tellIssue(world, repository, issue, by, "edited", { changes });
}

/** Says that a draft is ready for review. */
export function markReady(world: World, repository: Repository, issue: Issue, by: Account): void {
  needPull(issue).draft = false;
  issue.updatedAt = world.clock.now();
  tellIssue(world, repository, issue, by, "ready_for_review");
}

export function needPull(issue: Issue): Pull {
  if (issue.pull === null) throw new Error(`#${issue.number} is not a pull request`);
  return issue.pull;
}

export type MergeMethod = "merge" | "squash" | "rebase";

/** The commit that a merge of the pull request onto a commit would make. A rebase of the emulator is one commit, as a squash. */
export function mergeCommit(world: World, issue: Issue, by: Account, method: MergeMethod, onto: string): string {
  const pull = needPull(issue);
  if (issue.state !== "open") throw new Error(`#${issue.number} is closed`);
  const base = world.git.mergeBase(onto, pull.head.sha);
  const snapshot = world.git.merge(
    base.snapshot,
    world.git.need(onto).snapshot,
    world.git.need(pull.head.sha).snapshot,
  );
  const title = `${issue.title} (#${issue.number})`;
  const message = method === "merge" ? `Merge pull request #${issue.number}\n\n${issue.title}` : title;
  const parents = method === "merge" ? [onto, pull.head.sha] : [onto];
  return world.git.commit({ parents, message, author: by.login, date: world.clock.now(), snapshot }).sha;
}

/** Merges as GitHub's button does. */
export function mergePull(world: World, repository: Repository, issue: Issue, by: Account, method: MergeMethod): void {
  const onto = headOf(repository, needPull(issue).base.ref);
  finishMerge(world, repository, issue, by, onto, mergeCommit(world, issue, by, method, onto));
}

/** Moves the base to the merge commit, made on `onto`, and closes the pull request as merged. */
export function finishMerge(
  world: World,
  repository: Repository,
  issue: Issue,
  by: Account,
  onto: string,
  sha: string,
): void {
  const pull = needPull(issue);
  const now = world.clock.now();
  pull.base.sha = onto;
  pull.mergeCommit = sha;
  pull.mergedAt = now;
  pull.mergedBy = by;
  issue.state = "closed";
  issue.closedAt = now;
  issue.closedBy = by;
  issue.updatedAt = now;
  push(world, repository, by, pull.base.ref, sha, "pr_merge");
  tellIssue(world, repository, issue, by, "closed");
}

/** Locks or unlocks a conversation. */
export function setLocked(world: World, repository: Repository, issue: Issue, by: Account, locked: boolean): void {
  if (issue.locked === locked) return;
  issue.locked = locked;
  tellIssue(world, repository, issue, by, locked ? "locked" : "unlocked", { sender: simpleUser(world, by) });
}
