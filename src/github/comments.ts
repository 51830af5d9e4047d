/** The port's part that is about comments on issues and pull requests. */
import { toComment } from "./facts.js";
import type { GitHub } from "./port.js";
import { CREATE, orMissing, pages, type Sender, send, type Where, WRITE } from "./send.js";
import { whole } from "./whole.js";

/** Comments in one repository. */
export function comments(
  sender: Sender,
  where: Where,
): Pick<GitHub, "comments" | "allComments" | "createComment" | "updateComment" | "approve"> {
  return {
    async comments(number, since) {
      const comments = await pages(sender, (octokit, page) =>
        octokit.rest.issues.listComments({
          ...where,
          issue_number: number,
          ...page,
          ...(since ? { since } : {}),
        }),
      );
      return comments.map(toComment);
    },

    async allComments(since) {
      const comments = await whole(sender, since, (octokit, query) =>
        octokit.rest.issues.listCommentsForRepo({ ...where, ...query }),
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
  };
}
