/** The port's part that is about comments on issues and pull requests. */
import { holdsCommands } from "../tracking/commands/parse.js";
import { holdsPullCommands } from "../tracking/commands/pull.js";
import { type CommentData, toComment } from "./facts.js";
import type { CommentFacts, GitHub } from "./port.js";
import { CREATE, orMissing, pages, type Sender, send, type Where, WRITE } from "./send.js";
import { whole } from "./whole.js";

/** Comments in one repository. */
export function comments(
  sender: Sender,
  where: Where,
  bot: string,
): Pick<
  GitHub,
  "comments" | "allComments" | "createComment" | "updateComment" | "deleteComment" | "approve" | "isApproved"
> {
  /** A page of a list, and of each comment as much as matters. */
  const spared = <A extends { readonly data: readonly CommentData[] }>(answer: A) => ({
    ...answer,
    data: answer.data.map((data) => ({ id: data.id, updated_at: data.updated_at, facts: spare(toComment(data), bot) })),
  });

  return {
    async comments(number, since) {
      const comments = await pages(sender, async (octokit, page) =>
        spared(
          await octokit.rest.issues.listComments({
            ...where,
            issue_number: number,
            ...page,
            ...(since ? { since } : {}),
          }),
        ),
      );
      return comments.map(({ facts }) => facts);
    },

    async allComments(since) {
      const comments = await whole(sender, since, async (octokit, query) =>
        spared(await octokit.rest.issues.listCommentsForRepo({ ...where, ...query })),
      );
      return comments.map(({ facts }) => facts);
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

    async deleteComment(id) {
      await orMissing(
        send(sender, WRITE, (octokit) => octokit.rest.issues.deleteComment({ ...where, comment_id: id })),
      );
    },

    async isApproved(commentId) {
      const reactions = await orMissing(
        pages(sender, (octokit, page) =>
          octokit.rest.reactions.listForIssueComment({ ...where, comment_id: commentId, content: "+1", ...page }),
        ),
      );
      return (reactions ?? []).some(({ user }) => user?.login === bot);
    },

    async approve(commentId) {
      // 200 instead of 201: it stands there already.
      await send(sender, WRITE, (octokit) =>
        octokit.rest.reactions.createForIssueComment({ ...where, comment_id: commentId, content: "+1" }),
      );
    },
  };
}

/**
 * What strangers write is not held: a busy repository has hundreds of thousands of comments. The App's own carry markers, and
 * in anybody's only commands matter.
 */
const spare = (facts: CommentFacts, bot: string): CommentFacts =>
  facts.author === bot || holdsCommands(facts.body) || holdsPullCommands(facts.body) ? facts : { ...facts, body: "" };
