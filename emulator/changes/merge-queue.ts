/**
 * A merge queue: it makes the commit it is about to merge on a branch of its own, asks for checks of it, and merges once the required one
 * is there. https://docs.github.com/en/webhooks/webhook-events-and-payloads#merge_group
 */
import { pushedCommit } from "../represent/code.js";
import { type Account, headOf, type Issue, type Repository, type World } from "../world.js";
import { finishMerge, mergeCommit, needPull, push } from "./code.js";
import { tell } from "./tell.js";

/** The queue acts in its own name. */
const QUEUE = "github-merge-queue[bot]";

const queueOf = (world: World): Account => world.account(QUEUE) ?? world.addAccount(QUEUE, "Bot");

/** The conclusions with which GitHub takes a required check for passed. */
const PASSED: ReadonlySet<string> = new Set(["success", "neutral", "skipped"]);

function groupBranch(repository: Repository, issue: Issue): { base: string; branch: string } {
  const base = headOf(repository, needPull(issue).base.ref);
  return { base, branch: `gh-readonly-queue/${needPull(issue).base.ref}/pr-${issue.number}-${base}` };
}

/** Puts a pull request into the queue and asks for checks of its merge; gives the commit to be checked. */
export function queuePull(world: World, repository: Repository, issue: Issue): string {
  const queue = queueOf(world);
  const { base, branch } = groupBranch(repository, issue);
  const sha = mergeCommit(world, issue, queue, "merge", base);
  push(world, repository, queue, branch, sha);
  tellGroup(world, repository, issue, "checks_requested", { branch, base, sha });
  return sha;
}

/**
 * Merges what the queue checked, as the queue does by itself once the check of that name is there.
 * @throws where the check is missing or did not pass: then the queue waits.
 */
export function mergeQueued(world: World, repository: Repository, issue: Issue, required: string): void {
  const { base, branch } = groupBranch(repository, issue);
  const sha = headOf(repository, branch);
  const check = [...repository.checkRuns.values()].findLast((run) => run.headSha === sha && run.name === required);
  if (!PASSED.has(check?.conclusion ?? "")) throw new Error(`the queue waits for the check ${required}`);
  repository.branches.delete(branch);
  tellGroup(world, repository, issue, "destroyed", { branch, base, sha }, { reason: "merged" });
  finishMerge(world, repository, issue, queueOf(world), base, sha);
}

function tellGroup(
  world: World,
  repository: Repository,
  issue: Issue,
  action: "checks_requested" | "destroyed",
  { branch, base, sha }: { branch: string; base: string; sha: string },
  more: object = {},
): void {
  const { id, tree_id, message, timestamp, author, committer } = pushedCommit(world, repository, world.git.need(sha));
  tell(world, repository, queueOf(world), "merge_group", action, {
    merge_group: {
      head_sha: sha,
      head_ref: `refs/heads/${branch}`,
      base_sha: base,
      base_ref: `refs/heads/${needPull(issue).base.ref}`,
      head_commit: { id, tree_id, message, timestamp, author, committer },
    },
    ...more,
  });
}
