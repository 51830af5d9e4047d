/** The port's part that is about issues, their labels, and the people on them. */

import { markedAs } from "./duplicates.js";
import { Refused } from "./errors.js";
import { mayTriage, toAccountKind, toIssue, toMoves } from "./facts.js";
import type { GitHub, IssueFacts } from "./port.js";
import { CREATE, orGone, orMissing, PER_PAGE, pages, READ, type Sender, send, type Where, WRITE } from "./send.js";
import { whole } from "./whole.js";

/** Issues in one repository. `inSight` throws where the repository itself cannot be seen: then nothing in it is gone. */
export function issues(
  sender: Sender,
  where: Where,
  bot: string,
  inSight: () => Promise<unknown>,
): Pick<
  GitHub,
  | "issue"
  | "markedAs"
  | "ownIssues"
  | "ownIssuesSince"
  | "issuesSince"
  | "openIssuesLabelled"
  | "createIssue"
  | "updateIssue"
  | "moves"
  | "canAssign"
  | "account"
  | "someAssignable"
  | "canTriage"
  | "hasLabel"
  | "ensureLabel"
> {
  const read = <T extends object>(request: Parameters<typeof send<T>>[2]) => send(sender, READ, request);
  /** Issues and pull requests of any state, unless the filter names one. */
  const listAll = async ({
    since,
    ...filter
  }: {
    creator?: string;
    labels?: string;
    since?: string;
    state?: "open";
  }): Promise<IssueFacts[]> => {
    const found = await whole(sender, since, (octokit, query) =>
      octokit.rest.issues.listForRepo({ ...where, state: "all", ...filter, ...query }),
    );
    return found.map(toIssue);
  };
  const list = async (filter: Parameters<typeof listAll>[0]): Promise<IssueFacts[]> =>
    (await listAll(filter)).filter((issue) => !issue.isPull);
  /**
   * Those with a label, and with a filter of the list's. There a comma parts labels, and GitHub knows no way to write one that is in a
   * label's name: then all are listed. https://docs.github.com/en/rest/issues/issues#list-repository-issues
   */
  const labelled = async (label: string, filter: { state?: "open" }): Promise<IssueFacts[]> => {
    if (!label.includes(",")) return list({ ...filter, labels: label });
    const wanted = label.toLowerCase();
    return (await list(filter)).filter(({ labels }) => labels.some((one) => one.toLowerCase() === wanted));
  };
  const isOwn = ({ author }: IssueFacts) => author === bot;
  const hasLabel = async (name: string): Promise<boolean> =>
    (await orMissing(read((octokit) => octokit.rest.issues.getLabel({ ...where, name })))) !== null;

  return {
    async issue(number) {
      const request = read((octokit) => octokit.rest.issues.get({ ...where, issue_number: number }));
      // 410: deleted. A transferred issue is led on to (301), and the answer is then another repository's.
      const answer = await orGone(request, inSight, 410);
      return answer && isOf(answer.data.repository_url, where) ? toIssue(answer.data) : null;
    },

    markedAs: (number, other) => markedAs(sender, other ? { owner: other.owner, repo: other.name } : where, number),

    async ownIssues(label) {
      const found = await list({ creator: bot });
      if (found.length > 0) return found;
      // On some GitHub Enterprise Clouds the filter knows no bots: then all are listed, where the label shows that there are some.
      return (await labelled(label, {})).some(isOwn) ? (await list({})).filter(isOwn) : [];
    },

    ownIssuesSince: async (since) => (await list({ since })).filter(isOwn),

    issuesSince: (since) => listAll({ since }),

    openIssuesLabelled: (label) => labelled(label, { state: "open" }),

    async createIssue({ title, body, labels, assignees }) {
      const { data } = await send(sender, CREATE, (octokit) =>
        octokit.rest.issues.create({ ...where, title, body, labels: [...labels], assignees: [...assignees] }),
      );
      return toIssue(data);
    },

    async updateIssue(number, { title, body, assignees, open, closedAs = "completed", duplicateOf }) {
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
          // https://docs.github.com/en/rest/issues/issues#update-an-issue
          ...(duplicateOf === undefined ? {} : { duplicate_issue_id: duplicateOf }),
        }),
      );
      return toIssue(data);
    },

    async moves(number) {
      const entries = await pages(sender, (octokit, page) =>
        octokit.rest.issues.listEventsForTimeline({ ...where, issue_number: number, ...page }),
      );
      return entries.flatMap(toMoves);
    },

    async canAssign(login) {
      const answer = await orMissing(
        read((octokit) => octokit.rest.issues.checkUserCanBeAssigned({ ...where, assignee: login })),
      );
      return answer !== null;
    },

    async account(login) {
      const answer = await orMissing(read((octokit) => octokit.rest.users.getByUsername({ username: login })));
      return answer && toAccountKind(answer.data);
    },

    async someAssignable() {
      const first = { ...where, per_page: PER_PAGE };
      const { data } = await read((octokit) => octokit.rest.issues.listAssignees(first));
      return new Set(data.map(({ login }) => login.toLowerCase()));
    },

    async canTriage(login) {
      const answer = await orMissing(
        read((octokit) => octokit.rest.repos.getCollaboratorPermissionLevel({ ...where, username: login })),
      );
      return answer !== null && mayTriage(answer.data);
    },

    hasLabel,

    async ensureLabel(name, color, description) {
      // Most repositories that are asked have none yet; it may be there all the same.
      await send(sender, CREATE, (octokit) =>
        octokit.rest.issues.createLabel({ ...where, name, color, description }),
      ).catch(async (error: unknown) => {
        if (!(error instanceof Refused)) throw error;
        if (error.kind !== "exists" && !(await hasLabel(name))) throw error;
      });
    },
  };
}

const isOf = (repositoryUrl: string, { owner, repo }: Where): boolean =>
  repositoryUrl.toLowerCase().endsWith(`/repos/${owner}/${repo}`.toLowerCase());
