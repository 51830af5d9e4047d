/** What can be done to a comment on an issue or pull request: write, edit, delete, react. */
import { GitHubError, tooLong, validationFailed } from "../errors.js";
import { commentJson, issueJson } from "../represent/issue.js";
import {
  type Account,
  type Comment,
  type Issue,
  isBlocked,
  type Reaction,
  type ReactionContent,
  type Repository,
  type World,
} from "../world.js";
import { MAX_BODY } from "./issues.js";
import { tell } from "./tell.js";

function checkBody(body: string): void {
  if (body.trim() === "") throw validationFailed({ resource: "IssueComment", code: "missing_field", field: "body" });
  if (body.length > MAX_BODY) throw tooLong("IssueComment", "body", MAX_BODY);
}

function tellComment(
  world: World,
  repository: Repository,
  comment: Comment,
  by: Account,
  action: string,
  more: object = {},
): void {
  const issue = issueJson(world, repository, comment.issue);
  tell(world, repository, by, "issue_comment", action, {
    issue,
    comment: commentJson(world, repository, comment),
    ...more,
  });
}

/**
 * A locked conversation takes comments only from people who can write, and no App is one of them, whatever its permissions:
 * https://github.com/renovatebot/renovate/issues/6215, https://github.com/Expensify/App/issues/14862. Edits are held to the same
 * (`LOCKED` of https://docs.github.com/en/graphql/reference/enums#commentcannotupdatereason).
 */
function refuseWhenLocked(world: World, repository: Repository, issue: Issue, by: Account): void {
  const role = world.roleIn(repository, by.login);
  if (!issue.locked || role === "write" || role === "maintain" || role === "admin") return;
  throw new GitHubError(403, "Unable to create comment because issue is locked.");
}

/**
 * Nobody comments where somebody who blocked them began, or in what such a one owns; said as of https://github.com/odoo/runbot/issues/127.
 * https://docs.github.com/en/communities/maintaining-your-safety-on-github/blocking-a-user-from-your-personal-account
 */
function refuseWhenBlocked(repository: Repository, issue: Issue, by: Account): void {
  if (!isBlocked(by, issue.user, repository.owner)) return;
  throw validationFailed({
    resource: "IssueComment",
    code: "unprocessable",
    field: "data",
    message: "User is blocked",
  });
}

export function createComment(world: World, repository: Repository, issue: Issue, by: Account, body: string): Comment {
  refuseWhenLocked(world, repository, issue, by);
  refuseWhenBlocked(repository, issue, by);
  checkBody(body);
  const now = world.clock.now();
  const comment: Comment = {
    id: world.nextId(),
    issue,
    user: by,
    viaApp: by === world.app.bot ? world.app : null,
    body,
    createdAt: now,
    updatedAt: now,
    reactions: [],
  };
  repository.comments.set(comment.id, comment);
  issue.updatedAt = now;
  tellComment(world, repository, comment, by, "created");
  return comment;
}

export function editComment(world: World, repository: Repository, comment: Comment, by: Account, body: string): void {
  refuseWhenLocked(world, repository, comment.issue, by);
  checkBody(body);
  if (body === comment.body) return;
  const changes = { body: { from: comment.body } };
  comment.body = body;
  comment.updatedAt = world.clock.now();
  comment.issue.updatedAt = comment.updatedAt;
  tellComment(world, repository, comment, by, "edited", { changes });
}

export function deleteComment(world: World, repository: Repository, comment: Comment, by: Account): void {
  repository.comments.delete(comment.id);
  tellComment(world, repository, comment, by, "deleted");
}

/**
 * Reacts, once a content and person: a second time answers the first reaction. In a locked conversation nobody can, not even who may
 * write there: https://github.com/GitHawkApp/GitHawk/issues/2297, of an App https://github.com/github/gh-aw/issues/15966
 */
export function react(
  world: World,
  repository: Repository,
  comment: Comment,
  by: Account,
  content: ReactionContent,
): { reaction: Reaction; isNew: boolean } {
  if (comment.issue.locked) throw new GitHubError(403, "Unable to create reaction because issue is locked.");
  if (isBlocked(by, comment.user, comment.issue.user, repository.owner)) throw new GitHubError(403, "User is blocked");
  const existing = comment.reactions.find((r) => r.user === by && r.content === content);
  if (existing !== undefined) return { reaction: existing, isNew: false };
  const reaction = { id: world.nextId(), user: by, content, createdAt: world.clock.now() };
  comment.reactions.push(reaction);
  return { reaction, isNew: true };
}
