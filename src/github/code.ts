/** The port's part that is about a repository's files, history and pull requests. Nothing of it is ever written. */
import { Retryable } from "../errors.js";
import { Refused } from "./errors.js";
import { type Content, toChange, toFile, toNames, toOpenPull, toPull } from "./facts.js";
import { branchAt } from "./history.js";
import { type GitHub, ORGANISATION_REPOSITORY } from "./port.js";
import { eachPage, orGone, orMissing, pages, READ, type Sender, send, type Where } from "./send.js";
import { treeDifference, treeFiles } from "./trees.js";

/** A postmortem that was changed more often is older than anybody asks for: who introduced it is not looked for any further. */
const MOST_COMMITS = 1000;

/** GitHub lists no more files of a pull request than this. */
const MAX_PULL_FILES = 3000;

/** Code in one repository. `inSight` throws where the repository itself cannot be seen: then nothing in it is gone. */
export function code(
  sender: Sender,
  where: Where,
  inSight: () => Promise<unknown>,
): Pick<
  GitHub,
  | "head"
  | "branchAt"
  | "file"
  | "folder"
  | "organisationFolder"
  | "organisationFile"
  | "seesOrganisation"
  | "pull"
  | "openPulls"
  | "openPullsInto"
  | "pullFiles"
  | "files"
  | "firstCommitOf"
  | "mergedPullOf"
> {
  const organisation = { owner: where.owner, repo: ORGANISATION_REPOSITORY };
  const read = <T extends object>(request: Parameters<typeof send<T>>[2]) => send(sender, READ, request);

  /** What stands at a path of the owner's `.github` repository. */
  const ofOrganisation = async (path: string): Promise<Content | "missing" | "refused"> => {
    try {
      const { data } = await read((octokit) => octokit.rest.repos.getContent({ ...organisation, path }));
      const { url } = Array.isArray(data) ? (data[0] ?? { url: "" }) : data;
      return isIn(url, organisation) ? data : "missing";
    } catch (error) {
      if (error instanceof Retryable) throw error;
      // No such thing; or no such repository, as GitHub says of a private one that the App is not given.
      return isNotFound(error) ? "missing" : "refused";
    }
  };

  return {
    async head(branch) {
      // 409: the repository is empty.
      const request = read((octokit) => octokit.rest.git.getRef({ ...where, ref: `heads/${branch}` }));
      const answer = await orGone(request, inSight, 409);
      return answer?.data.object.sha ?? null;
    },

    branchAt: (branch, instant) => branchAt({ sender, where, now: sender.time.now() }, branch, instant),

    async file(path, ref) {
      const answer = await orMissing(read((octokit) => octokit.rest.repos.getContent({ ...where, path, ref })));
      return answer ? toFile(answer.data) : { kind: "missing" };
    },

    async folder(path, ref) {
      const answer = await orMissing(read((octokit) => octokit.rest.repos.getContent({ ...where, path, ref })));
      return answer ? toNames(answer.data) : [];
    },

    async organisationFolder(path) {
      const data = await ofOrganisation(path);
      if (data === "refused") return data;
      return data === "missing" ? [] : toNames(data);
    },

    async organisationFile(path) {
      const data = await ofOrganisation(path);
      return typeof data === "string" ? { kind: data } : toFile(data);
    },

    async seesOrganisation() {
      try {
        const { data } = await read((octokit) => octokit.rest.repos.get(organisation));
        return isIn(data.url, organisation);
      } catch (error) {
        if (error instanceof Retryable) throw error;
        return !isNotFound(error);
      }
    },

    async pull(number) {
      const answer = await orMissing(read((octokit) => octokit.rest.pulls.get({ ...where, pull_number: number })));
      return answer ? toPull(answer.data) : null;
    },

    async openPulls(most) {
      const newest = { state: "open", sort: "created", direction: "desc", per_page: most } as const;
      const { data } = await read((octokit) => octokit.rest.pulls.list({ ...where, ...newest }));
      return data.map(({ number, base }) => ({ number, base: base.ref }));
    },

    async openPullsInto(base) {
      const asked = { ...where, state: "open", base, sort: "created", direction: "asc" } as const;
      const found = await pages(sender, (octokit, page) => octokit.rest.pulls.list({ ...asked, ...page }));
      return found.map(toOpenPull);
    },

    async pullFiles(pull, keep) {
      const files = await pages(sender, (octokit, page) =>
        octokit.rest.pulls.listFiles({ ...where, pull_number: pull.number, ...page }),
      );
      if (files.length < MAX_PULL_FILES || !pull.mergeCommit) return files.map(toChange);
      return treeDifference(sender, where, pull.mergeCommit, keep);
    },

    files: (commit, keep) => treeFiles(sender, where, commit, keep),

    async firstCommitOf(path, branch) {
      const commits = eachPage(sender, (octokit, page) =>
        octokit.rest.repos.listCommits({ ...where, path, sha: branch, ...page }),
      );
      let [first, seen]: [string | null, number] = [null, 0];
      for await (const page of commits) {
        first = page.at(-1)?.sha ?? first;
        seen += page.length;
        if (seen >= MOST_COMMITS) return null;
      }
      return first;
    },

    async mergedPullOf(commit, branch) {
      const pulls = await pages(sender, (octokit, page) =>
        octokit.rest.repos.listPullRequestsAssociatedWithCommit({
          ...where,
          commit_sha: commit,
          ...page,
        }),
      );
      return pulls.find((pull) => pull.merged_at !== null && pull.base.ref === branch)?.number ?? null;
    },
  };
}

const isNotFound = (error: unknown): boolean => error instanceof Refused && error.status === 404;

/** Whether an API address is in the repository: GitHub leads on from the name of one that was renamed or given away. */
const isIn = (url: string, { owner, repo }: Where): boolean => {
  const [at = ""] = /\/repos\/[^/]+\/[^/?]+/.exec(url) ?? [];
  return at.toLowerCase() === `/repos/${owner}/${repo}`.toLowerCase();
};
