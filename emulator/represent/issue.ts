/** Issues, their comments and labels as GitHub's API and its webhooks show them. */
import type { Account, Comment, Issue, Label, Reaction, Repository, World } from "../world.js";
import { simpleUser, simpleUserOrNull } from "./account.js";
import { appJson } from "./app.js";
import { nodeId, repositoryApi, repositoryHtml, type Schema, stamp, stampOrNull } from "./base.js";

export function labelJson(world: World, repository: Repository, label: Label): Schema<"label"> {
  return {
    id: label.id,
    node_id: nodeId("Label", label.id),
    url: `${repositoryApi(world, repository)}/labels/${encodeURIComponent(label.name)}`,
    name: label.name,
    color: label.color,
    default: false,
    description: label.description,
  };
}

/** How somebody stands to a repository. The App's bot has no standing of its own. */
export function association(world: World, repository: Repository, user: Account): Schema<"author-association"> {
  if (repository.owner === user) return "OWNER";
  if (user.type === "Bot") return "NONE";
  if (repository.owner.members.has(user.login.toLowerCase())) return "MEMBER";
  return world.roleIn(repository, user.login) === null ? "NONE" : "COLLABORATOR";
}

function reactions(url: string, list: readonly Reaction[]): Schema<"reaction-rollup"> {
  const count = (content: Reaction["content"]) => list.filter((r) => r.content === content).length;
  return {
    url: `${url}/reactions`,
    total_count: list.length,
    "+1": count("+1"),
    "-1": count("-1"),
    laugh: count("laugh"),
    hooray: count("hooray"),
    confused: count("confused"),
    heart: count("heart"),
    rocket: count("rocket"),
    eyes: count("eyes"),
  };
}

export function commentCount(repository: Repository, issue: Issue): number {
  return [...repository.comments.values()].filter((c) => c.issue === issue).length;
}

function issueAddresses(world: World, repository: Repository, issue: Issue) {
  const api = repositoryApi(world, repository);
  const url = `${api}/issues/${issue.number}`;
  const kind = issue.pull === null ? "issues" : "pull";
  return {
    url,
    repository_url: api,
    labels_url: `${url}/labels{/name}`,
    comments_url: `${url}/comments`,
    events_url: `${url}/events`,
    timeline_url: `${url}/timeline`,
    html_url: `${repositoryHtml(world, repository)}/${kind}/${issue.number}`,
  };
}

export function issueJson(world: World, repository: Repository, issue: Issue): Schema<"issue"> {
  const where = issueAddresses(world, repository, issue);
  const [assignee] = issue.assignees;
  return {
    ...where,
    id: issue.id,
    node_id: nodeId("Issue", issue.id),
    number: issue.number,
    title: issue.title,
    user: simpleUser(world, issue.user),
    labels: issue.labels.map((label) => labelJson(world, repository, label)),
    state: issue.state,
    state_reason: issue.stateReason,
    locked: issue.locked,
    active_lock_reason: null,
    assignee: simpleUserOrNull(world, assignee ?? null),
    assignees: issue.assignees.map((a) => simpleUser(world, a)),
    milestone: null,
    comments: commentCount(repository, issue),
    created_at: stamp(issue.createdAt),
    updated_at: stamp(issue.updatedAt),
    closed_at: stampOrNull(issue.closedAt),
    closed_by: simpleUserOrNull(world, issue.closedBy),
    author_association: association(world, repository, issue.user),
    body: issue.body,
    reactions: reactions(where.url, []),
    performed_via_github_app: issue.viaApp && appJson(world, issue.viaApp),
    issue_dependencies_summary: {
      blocked_by: [...issue.blockedBy].filter(({ state }) => state === "open").length,
      total_blocked_by: issue.blockedBy.size,
      blocking: 0,
      total_blocking: 0,
    },
    ...(issue.pull === null ? {} : { draft: issue.pull.draft, pull_request: pullOf(world, repository, issue) }),
  };
}

function pullOf(world: World, repository: Repository, issue: Issue): NonNullable<Schema<"issue">["pull_request"]> {
  const html = `${repositoryHtml(world, repository)}/pull/${issue.number}`;
  return {
    url: `${repositoryApi(world, repository)}/pulls/${issue.number}`,
    html_url: html,
    diff_url: `${html}.diff`,
    patch_url: `${html}.patch`,
    merged_at: stampOrNull(issue.pull?.mergedAt ?? null),
  };
}

export function commentJson(world: World, repository: Repository, comment: Comment): Schema<"issue-comment"> {
  const api = repositoryApi(world, repository);
  const url = `${api}/issues/comments/${comment.id}`;
  return {
    id: comment.id,
    node_id: nodeId("IssueComment", comment.id),
    url,
    html_url: `${issueAddresses(world, repository, comment.issue).html_url}#issuecomment-${comment.id}`,
    issue_url: `${api}/issues/${comment.issue.number}`,
    user: simpleUser(world, comment.user),
    created_at: stamp(comment.createdAt),
    updated_at: stamp(comment.updatedAt),
    body: comment.body,
    author_association: association(world, repository, comment.user),
    reactions: reactions(url, comment.reactions),
    performed_via_github_app: comment.viaApp && appJson(world, comment.viaApp),
  };
}

export function reactionJson(world: World, reaction: Reaction): Schema<"reaction"> {
  return {
    id: reaction.id,
    node_id: nodeId("Reaction", reaction.id),
    user: simpleUser(world, reaction.user),
    content: reaction.content,
    created_at: stamp(reaction.createdAt),
  };
}

/** An issue's timeline, oldest first: of its events, comments, commits that name it, and what names it in its text. */
export function timelineJson(world: World, repository: Repository, issue: Issue): Schema<"timeline-issue-events">[] {
  const own = [...repository.comments.values()].filter((comment) => comment.issue === issue);
  const named = new RegExp(`(?:#|/issues/)${issue.number}(?!\\d)`);
  const others = [...repository.issues.values()].filter((other) => other !== issue);
  const texts = (other: Issue) => [
    { user: other.user, body: other.body, createdAt: other.createdAt },
    ...[...repository.comments.values()].filter((comment) => comment.issue === other),
  ];
  const entries = [
    ...own.map((comment) => ({
      at: comment.createdAt,
      event: {
        ...commentJson(world, repository, comment),
        event: "commented",
        actor: simpleUser(world, comment.user),
        user: simpleUser(world, comment.user),
      },
    })),
    ...issue.references.map(({ id, by, sha, at }) => ({
      at,
      event: {
        id,
        node_id: nodeId("ReferencedEvent", id),
        url: `${repositoryApi(world, repository)}/issues/events/${id}`,
        actor: simpleUser(world, by),
        event: "referenced",
        commit_id: sha,
        commit_url: `${repositoryApi(world, repository)}/commits/${sha}`,
        created_at: stamp(at),
        performed_via_github_app: null,
      },
    })),
    ...others.flatMap((other) =>
      texts(other)
        .filter(({ body }) => body !== null && named.test(body))
        .slice(0, 1)
        .map(({ user, createdAt }) => ({
          at: createdAt,
          event: {
            event: "cross-referenced",
            actor: simpleUser(world, user),
            created_at: stamp(createdAt),
            updated_at: stamp(createdAt),
            source: { type: "issue", issue: issueJson(world, repository, other) },
          },
        })),
    ),
  ];
  return entries.sort((a, b) => a.at.getTime() - b.at.getTime()).map(({ event }) => event);
}
