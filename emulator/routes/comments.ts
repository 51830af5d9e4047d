/** Comments on issues and pull requests, and reactions to them. */
import { answer, issueOf, paged, type Route, repositoryRoute } from "../call.js";
import { createComment, deleteComment, editComment, react } from "../changes/comments.js";
import { notFound } from "../errors.js";
import { commentJson, reactionJson } from "../represent/issue.js";
import type { Comment, Repository } from "../world.js";

const READ = [{ issues: "read" }, { pull_requests: "read" }] as const;
const WRITE = [{ issues: "write" }, { pull_requests: "write" }] as const;

function commentOf(call: { repository: Repository; params: { comment_id: string } }): Comment {
  const comment = call.repository.comments.get(Number(call.params.comment_id));
  if (comment === undefined) throw notFound();
  return comment;
}

/** Those changed at or after an instant, when one is given. */
function since(comments: Comment[], instant: string | undefined): Comment[] {
  const earliest = instant === undefined ? 0 : Date.parse(instant);
  return comments.filter((c) => Math.floor(c.updatedAt.getTime() / 1000) * 1000 >= earliest);
}

export const commentRoutes: readonly Route[] = [
  repositoryRoute("issues/list-comments", READ, (call) => {
    const issue = issueOf(call);
    const all = [...call.repository.comments.values()].filter((c) => c.issue === issue);
    const page = paged(call, since(all, call.query.since));
    return answer(
      200,
      page.map((c) => commentJson(call.world, call.repository, c)),
    );
  }),
  repositoryRoute("issues/list-comments-for-repo", READ, (call) => {
    const { sort = "created", direction } = call.query;
    const time = (c: Comment) => (sort === "updated" ? c.updatedAt : c.createdAt).getTime();
    const all = since([...call.repository.comments.values()], call.query.since);
    const sign = call.query.sort !== undefined && direction !== "asc" ? -1 : 1;
    const page = paged(
      call,
      all.sort((a, b) => sign * (time(a) - time(b) || a.id - b.id)),
    );
    return answer(
      200,
      page.map((c) => commentJson(call.world, call.repository, c)),
    );
  }),
  repositoryRoute("issues/get-comment", READ, (call) => {
    return answer(200, commentJson(call.world, call.repository, commentOf(call)));
  }),
  repositoryRoute("issues/create-comment", WRITE, (call) => {
    const { world, repository, body } = call;
    const comment = createComment(world, repository, issueOf(call), world.app.bot, body.body);
    const shown = commentJson(world, repository, comment);
    call.headers.location = shown.url;
    return answer(201, shown);
  }),
  repositoryRoute("issues/update-comment", WRITE, (call) => {
    const comment = commentOf(call);
    editComment(call.world, call.repository, comment, call.world.app.bot, call.body.body);
    return answer(200, commentJson(call.world, call.repository, comment));
  }),
  repositoryRoute("issues/delete-comment", WRITE, (call) => {
    deleteComment(call.world, call.repository, commentOf(call), call.world.app.bot);
    return answer(204, undefined);
  }),
  repositoryRoute("reactions/list-for-issue-comment", READ, (call) => {
    const { content } = call.query;
    const all = commentOf(call).reactions.filter((r) => content === undefined || r.content === content);
    const page = paged(call, all);
    return answer(
      200,
      page.map((r) => reactionJson(call.world, r)),
    );
  }),
  repositoryRoute("reactions/create-for-issue-comment", WRITE, (call) => {
    const { reaction, isNew } = react(
      call.world,
      call.repository,
      commentOf(call),
      call.world.app.bot,
      call.body.content,
    );
    return answer(isNew ? 201 : 200, reactionJson(call.world, reaction));
  }),
];
