/**
 * The Octokit adapter: the only place that sends requests to GitHub (docs/github-api.md lists them all). Each request is
 * booked against GitHub's limits first, sent once, and its refusal translated; trying again is the work list's business,
 * because only there is it known whether a write must be looked for before it is repeated.
 */
import type { ProbotOctokit } from "probot";
import { OutOfSight, Retryable } from "../errors.js";
import { checkRuns } from "./check-runs.js";
import { isTokenRefused, Refused, translate } from "./errors.js";
import { mayTriage, toChange, toComment, toFile, toIssue, toPull, toRepository } from "./facts.js";
import { branchAt } from "./history.js";
import type { GitHub, IssueFacts } from "./port.js";
import { treeDifference, treeFiles } from "./trees.js";

type Octokit = InstanceType<typeof ProbotOctokit>;

/** Asked before each request; throws {@link Retryable} where GitHub's limits leave no room. */
export type Gate = (request: { readonly points: number; readonly content: boolean }) => Promise<void>;

/** Told when GitHub itself says to wait. */
export type OnLimit = (until: Date) => Promise<void>;

export interface Sender {
  readonly octokit: Octokit;
  readonly gate: Gate;
  readonly onLimit: OnLimit;
  /** Lets the next request get a new token; the one in use would be used until the hour is over. */
  readonly renew: () => Promise<void>;
  readonly now: () => Date;
}

// https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api#calculating-points-for-the-secondary-rate-limit
export const READ = { points: 1, content: false };
export const WRITE = { points: 5, content: false };
export const CREATE = { points: 5, content: true };

/** Sends one request within the limits; errors come out translated. */
export async function send<T extends object>(
  sender: Sender,
  cost: typeof READ,
  request: (octokit: Octokit) => Promise<T>,
): Promise<T> {
  await sender.gate(cost);
  try {
    const answer = await request(sender.octokit);
    // Octokit takes an answer that broke off for a good one, its data a text; whether a write was done is then unknown.
    if ("status" in answer && answer.status !== 204 && "data" in answer && typeof answer.data === "string") {
      throw new Error("GitHub's answer broke off");
    }
    return answer;
  } catch (error) {
    const translated = translate(error, sender.now());
    if (translated instanceof Retryable && translated.blameless && translated.at) await sender.onLimit(translated.at);
    if (isTokenRefused(error)) await sender.renew();
    throw translated;
  }
}

/** The answer, or null where GitHub says there is no such thing. */
async function orMissing<T>(answer: Promise<T>, ...statuses: number[]): Promise<T | null> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof Refused && (error.status === 404 || statuses.includes(error.status))) return null;
    throw error;
  }
}

export const PER_PAGE = 100;

/** Every page of a list; each page is a request of its own and is booked as one. */
export async function pages<T>(
  sender: Sender,
  fetch: (octokit: Octokit, page: number) => Promise<{ data: T[] }>,
): Promise<T[]> {
  const all: T[] = [];
  for (let page = 1; ; page++) {
    const { data } = await send(sender, READ, (octokit) => fetch(octokit, page));
    all.push(...data);
    if (data.length < PER_PAGE) return all;
  }
}

/** GitHub lists no more files of a pull request than this. */
const MAX_PULL_FILES = 3000;

/** The adapter for one repository. */
export function octokitGitHub(sender: Sender, at: { owner: string; name: string }, bot: string): GitHub {
  const where = { owner: at.owner, repo: at.name };
  const read = <T extends object>(request: (octokit: Octokit) => Promise<T>) => send(sender, READ, request);

  /** Issues (no pull requests) of any state. By creation: an issue updated between two pages must not push another past both. */
  const issues = async (filter: {
    creator?: string;
    labels?: string;
    since?: string;
    state?: "open";
  }): Promise<IssueFacts[]> => {
    const found = await pages(sender, (octokit, page) =>
      octokit.rest.issues.listForRepo({
        ...where,
        state: "all",
        sort: "created",
        direction: "asc",
        per_page: PER_PAGE,
        page,
        ...filter,
      }),
    );
    return found.map(toIssue).filter((issue) => !issue.isPull);
  };
  const isOwn = ({ author }: IssueFacts) => author === bot;

  const repository = async () => {
    try {
      const { data } = await read((octokit) => octokit.rest.repos.get(where));
      return toRepository(data);
    } catch (error) {
      if (!(error instanceof Refused && (error.status === 403 || error.status === 404))) throw error;
      throw new OutOfSight("The repository cannot be seen", { cause: error });
    }
  };
  /** As {@link orMissing}, but a 404 counts only while the repository is in sight: what cannot be seen is not gone. */
  const orGone = async <T>(answer: Promise<T>, ...statuses: number[]): Promise<T | null> => {
    try {
      return await answer;
    } catch (error) {
      if (!(error instanceof Refused && (error.status === 404 || statuses.includes(error.status)))) throw error;
      if (error.status === 404) await repository();
      return null;
    }
  };

  return {
    bot,
    repository,

    async head(branch) {
      // 409: the repository is empty.
      const answer = await orGone(
        read((octokit) => octokit.rest.git.getRef({ ...where, ref: `heads/${branch}` })),
        409,
      );
      return answer?.data.object.sha ?? null;
    },

    branchAt: (branch, instant) => branchAt({ sender, where, now: sender.now() }, branch, instant),

    async file(path, ref) {
      const answer = await orMissing(read((octokit) => octokit.rest.repos.getContent({ ...where, path, ref })));
      return answer ? toFile(answer.data) : { kind: "missing" };
    },

    async organisationFile(path) {
      try {
        const { data } = await read((octokit) =>
          octokit.rest.repos.getContent({ owner: at.owner, repo: ".github", path }),
        );
        const file = toFile(data);
        return file.kind === "file" ? Buffer.from(file.bytes).toString("utf8") : null;
      } catch (error) {
        if (error instanceof Retryable) throw error;
        return null; // No such repository, or the App is not installed there: the organisation states no policy.
      }
    },

    async pull(number) {
      const answer = await orMissing(read((octokit) => octokit.rest.pulls.get({ ...where, pull_number: number })));
      return answer ? toPull(answer.data) : null;
    },

    async pullFiles(pull) {
      const files = await pages(sender, (octokit, page) =>
        octokit.rest.pulls.listFiles({ ...where, pull_number: pull.number, per_page: PER_PAGE, page }),
      );
      if (files.length < MAX_PULL_FILES || !pull.mergeCommit) return files.map(toChange);
      return treeDifference(sender, where, pull.mergeCommit);
    },

    files: (commit) => treeFiles(sender, where, commit),

    async firstCommitOf(path, branch) {
      const commits = await pages(sender, (octokit, page) =>
        octokit.rest.repos.listCommits({ ...where, path, sha: branch, per_page: PER_PAGE, page }),
      );
      return commits.at(-1)?.sha ?? null;
    },

    async mergedPullOf(commit, branch) {
      const pulls = await pages(sender, (octokit, page) =>
        octokit.rest.repos.listPullRequestsAssociatedWithCommit({
          ...where,
          commit_sha: commit,
          per_page: PER_PAGE,
          page,
        }),
      );
      return pulls.find((pull) => pull.merged_at !== null && pull.base.ref === branch)?.number ?? null;
    },

    async issue(number) {
      // 410: deleted. A transferred issue is led on to (301), and the answer is then another repository's.
      const answer = await orGone(
        read((octokit) => octokit.rest.issues.get({ ...where, issue_number: number })),
        410,
      );
      if (!answer || !isOf(answer.data.repository_url, at)) return null;
      return toIssue(answer.data);
    },

    async ownIssues(label) {
      const found = await issues({ creator: bot });
      if (found.length > 0) return found;
      // On some GitHub Enterprise Clouds the filter knows no bots: then all are listed, where the label shows that there are some.
      return (await issues({ labels: label })).some(isOwn) ? (await issues({})).filter(isOwn) : [];
    },

    ownIssuesSince: async (since) => (await issues({ since })).filter(isOwn),

    issuesSince: (since) => issues({ since }),

    openIssuesLabelled: (label) => issues({ labels: label, state: "open" }),

    async createIssue({ title, body, labels, assignees }) {
      const { data } = await send(sender, CREATE, (octokit) =>
        octokit.rest.issues.create({ ...where, title, body, labels: [...labels], assignees: [...assignees] }),
      );
      return toIssue(data);
    },

    async updateIssue(number, { title, body, assignees, open, closedAs = "completed" }) {
      const { data } = await send(sender, WRITE, (octokit) =>
        octokit.rest.issues.update({
          ...where,
          issue_number: number,
          ...(title === undefined ? {} : { title }),
          ...(body === undefined ? {} : { body }),
          ...(assignees === undefined ? {} : { assignees: [...assignees] }),
          ...(open === undefined
            ? {}
            : open
              ? { state: "open" as const }
              : { state: "closed" as const, state_reason: closedAs }),
        }),
      );
      return toIssue(data);
    },

    async canAssign(login) {
      const answer = await orMissing(
        read((octokit) => octokit.rest.issues.checkUserCanBeAssigned({ ...where, assignee: login })),
      );
      return answer !== null;
    },

    async canTriage(login) {
      const answer = await orMissing(
        read((octokit) => octokit.rest.repos.getCollaboratorPermissionLevel({ ...where, username: login })),
      );
      return answer !== null && mayTriage(answer.data);
    },

    async ensureLabel(name, color, description) {
      if (await orMissing(read((octokit) => octokit.rest.issues.getLabel({ ...where, name })))) return;
      // 422: somebody made it in the meantime.
      await send(sender, CREATE, (octokit) =>
        octokit.rest.issues.createLabel({ ...where, name, color, description }),
      ).catch(ignore(422));
    },

    async comments(number, since) {
      const comments = await pages(sender, (octokit, page) =>
        octokit.rest.issues.listComments({
          ...where,
          issue_number: number,
          per_page: PER_PAGE,
          page,
          ...(since ? { since } : {}),
        }),
      );
      return comments.map(toComment);
    },

    async allComments(since) {
      const comments = await pages(sender, (octokit, page) =>
        octokit.rest.issues.listCommentsForRepo({
          ...where,
          sort: "created",
          direction: "asc",
          per_page: PER_PAGE,
          page,
          ...(since ? { since } : {}),
        }),
      );
      return comments.map(toComment);
    },

    async createComment(number, body) {
      const { data } = await send(sender, CREATE, (octokit) =>
        octokit.rest.issues.createComment({ ...where, issue_number: number, body }),
      );
      return toComment(data);
    },

    async updateComment(id, body) {
      const answer = await orMissing(
        send(sender, WRITE, (octokit) => octokit.rest.issues.updateComment({ ...where, comment_id: id, body })),
      );
      return answer !== null;
    },

    async approve(commentId) {
      // 200 instead of 201: it stands there already.
      await send(sender, WRITE, (octokit) =>
        octokit.rest.reactions.createForIssueComment({ ...where, comment_id: commentId, content: "+1" }),
      );
    },

    ...checkRuns(sender, where, bot),
  };
}

const isOf = (repositoryUrl: string, { owner, name }: { owner: string; name: string }): boolean =>
  repositoryUrl.toLowerCase().endsWith(`/repos/${owner}/${name}`.toLowerCase());

const ignore = (status: number) => (error: unknown) => {
  if (!(error instanceof Refused && error.status === status)) throw error;
};
