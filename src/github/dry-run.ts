/**
 * A GitHub that reads for real and writes nothing: each write is told instead, in words for a terminal.
 *
 *   would open issue: Add timeouts (assign lisa; labels action-item)
 */
import type { CommentFacts, GitHub, IssueFacts } from "./port.js";

/** Wraps a GitHub; `say` is given one line a write that did not happen. */
export function dryRun(github: GitHub, say: (line: string) => void): GitHub {
  let invented = 0;
  const comment = (number: number, body: string): CommentFacts => ({
    id: --invented,
    number,
    body,
    author: github.bot,
    byBot: true,
    createdAt: new Date(0).toISOString(),
    updatedAt: new Date(0).toISOString(),
  });
  const firstLine = (body: string) =>
    body.split("\n").find((line) => line.trim() !== "" && !line.startsWith("<!--")) ?? "";
  return {
    ...github,
    async createIssue(draft) {
      const assign = draft.assignees.length > 0 ? `assign ${draft.assignees.join(", ")}; ` : "";
      say(`would open issue: ${draft.title} (${assign}labels ${draft.labels.join(", ")})`);
      const issue: IssueFacts = {
        ...draft,
        id: --invented,
        number: invented,
        open: true,
        createdAt: new Date(0).toISOString(),
        closedAt: null,
        closedAs: null,
        author: github.bot,
        isPull: false,
        locked: false,
        blockedBy: 0,
      };
      return issue;
    },
    async updateIssue(number, patch) {
      say(`would update issue #${number}: ${Object.keys(patch).join(", ")}`);
      const current = number > 0 ? await github.issue(number) : null;
      const { open = current?.open ?? true, closedAs = "completed", ...rest } = patch;
      const base = current ?? {
        ...comment(number, ""),
        labels: [],
        closedAt: null,
        closedAs: null,
        isPull: false,
        locked: false,
        blockedBy: 0,
        title: "",
        assignees: [],
      };
      return { ...base, ...rest, open, closedAs: open ? null : closedAs };
    },
    async ensureLabel() {},
    async createComment(number, body) {
      say(`would comment on #${number}: ${firstLine(body)}`);
      return comment(number, body);
    },
    async updateComment(id, body) {
      say(`would edit comment ${id}: ${firstLine(body)}`);
      return true;
    },
    async deleteComment(id) {
      say(`would delete comment ${id}`);
    },
    async approve(commentId) {
      say(`would put 👍 on comment ${commentId}`);
    },
    async createCheckRun(_commit, externalId, { title, annotations }) {
      say(`would report: ${title}`);
      return { id: --invented, externalId, annotations: annotations.length };
    },
    async updateCheckRun(id, { title, annotations }) {
      say(`would report again: ${title}`);
      return { id, externalId: null, annotations: annotations.length };
    },
  };
}
