/** From GitHub's JSON to the port's facts. Types come from GitHub's OpenAPI description; only what is used is named. */
import { createHash } from "node:crypto";
import type { components } from "@octokit/openapi-types";
import type { Annotation } from "../render/annotations.js";
import type {
  AccountKind,
  ChangedFile,
  CheckRunFacts,
  CommentFacts,
  FileAt,
  InstallationFacts,
  IssueFacts,
  MoveFacts,
  OpenPull,
  PullFacts,
  RepositoryFacts,
} from "./port.js";

type Schemas = components["schemas"];

type RepositoryData = Pick<
  Schemas["repository"],
  "name" | "owner" | "default_branch" | "archived" | "fork" | "has_issues" | "private"
> & {
  id: number | bigint;
  visibility?: string;
  pushed_at: string | null;
};

export function toRepository(data: RepositoryData): RepositoryFacts {
  return {
    id: Number(data.id),
    owner: data.owner.login,
    name: data.name,
    defaultBranch: data.default_branch,
    archived: data.archived,
    hasIssues: data.has_issues,
    fork: data.fork,
    pushedAt: data.pushed_at && new Date(data.pushed_at).toISOString(),
    visibility: !data.private ? "public" : data.visibility === "internal" ? "internal" : "private",
  };
}

export function toInstallation(data: Schemas["installation"]): InstallationFacts {
  const account = data.account;
  return {
    id: data.id,
    account: account === null ? "" : "login" in account ? account.login : account.slug,
    suspended: data.suspended_at !== null,
    permissions: data.permissions as Readonly<Record<string, string>>,
    events: data.events,
  };
}

export function toPull(
  data: Pick<Schemas["pull-request"], "number" | "state" | "merge_commit_sha" | "locked" | "comments"> & {
    merged: boolean;
    head: { sha: string };
    base: { ref: string; repo: RepositoryData };
    user: { login: string } | null;
    labels: readonly { name?: string }[];
  },
): PullFacts {
  return {
    number: data.number,
    open: data.state === "open",
    merged: data.merged,
    mergeCommit: data.merge_commit_sha,
    head: data.head.sha,
    base: data.base.ref,
    author: data.user?.login ?? null,
    labels: data.labels.flatMap((label) => (label.name ? [label.name] : [])),
    locked: data.locked,
    comments: data.comments,
    repository: toRepository(data.base.repo),
  };
}

export function toOpenPull(
  data: Pick<Schemas["pull-request-simple"], "number" | "title" | "created_at"> & {
    head: { sha: string };
    user: { login: string } | null;
    labels: readonly { name?: string }[];
  },
): OpenPull {
  return {
    number: data.number,
    title: data.title,
    author: data.user?.login.toLowerCase() ?? null,
    createdAt: data.created_at,
    head: data.head.sha,
    labels: data.labels.flatMap((label) => (label.name ? [label.name] : [])),
  };
}

export function toChange(data: Schemas["diff-entry"]): ChangedFile {
  const change = { added: "added", copied: "added", removed: "removed", renamed: "renamed" } as const;
  return {
    path: data.filename,
    previousPath: data.previous_filename ?? null,
    change: data.status in change ? change[data.status as keyof typeof change] : "edited",
    blob: data.sha ?? null,
  };
}

type IssueData = Pick<Schemas["issue"], "number" | "title" | "state" | "labels" | "created_at" | "closed_at"> & {
  id: number | bigint;
  state_reason?: string | null | undefined;
  body?: string | null | undefined;
  user: { login: string } | null;
  assignees?: readonly { login: string }[] | null | undefined;
  pull_request?: object | undefined;
  locked: boolean;
  issue_dependencies_summary?: { blocked_by: number } | undefined;
};

export function toIssue(data: IssueData): IssueFacts {
  return {
    id: Number(data.id),
    number: data.number,
    title: data.title,
    body: data.body ?? "",
    open: data.state === "open",
    assignees: (data.assignees ?? []).map((user) => user.login.toLowerCase()).sort(),
    labels: data.labels.flatMap((label) => (typeof label === "string" ? [label] : label.name ? [label.name] : [])),
    createdAt: data.created_at,
    closedAt: data.closed_at,
    closedAs: data.state === "open" ? null : closingOf(data.state_reason),
    author: data.user?.login ?? null,
    isPull: data.pull_request !== undefined,
    locked: data.locked,
    // GitHub Enterprise Servers without dependencies say nothing.
    blockedBy: data.issue_dependencies_summary?.blocked_by ?? 0,
  };
}

/** Of an entry of a timeline what counts as a move; none for any other. https://docs.github.com/en/rest/using-the-rest-api/issue-event-types */
export function toMoves(entry: Schemas["timeline-issue-events"]): MoveFacts[] {
  if (!("event" in entry) || !("created_at" in entry) || !entry.created_at) return [];
  const move = (kind: MoveFacts["kind"], open = false): MoveFacts[] => [
    { kind, by: ("actor" in entry && entry.actor?.login.toLowerCase()) || null, at: entry.created_at ?? "", open },
  ];
  const { event } = entry;
  if (event === "commented") return move("comment");
  if (event === "mentioned" || event === "subscribed" || event === "unsubscribed") return move(event);
  if (entry.event === "referenced" && "commit_id" in entry && entry.commit_id) return move("commit");
  if (entry.event !== "cross-referenced" || !("source" in entry)) return [];
  const source = entry.source.issue;
  return source?.pull_request ? move("pull", source.state === "open") : [];
}

/** Issues that were closed before GitHub asked for a reason have none: they count as completed, as GitHub shows them. */
export const closingOf = (reason: string | null | undefined): "completed" | "not_planned" | "duplicate" =>
  reason === "not_planned" || reason === "duplicate" ? reason : "completed";

/**
 * Whether a role takes in triage. The older `permission` calls triage "read"; `role_name` may be a role of the organisation's
 * own making, and then the permissions beside the user tell.
 * https://docs.github.com/en/rest/collaborators/collaborators#get-repository-permissions-for-a-user
 */
export function mayTriage({ permission, role_name, user }: Schemas["repository-collaborator-permission"]): boolean {
  return (
    permission === "admin" || permission === "write" || role_name === "triage" || user?.permissions?.triage === true
  );
}

/** Whoever is neither a bot nor an organisation is a person, also such as GitHub will call otherwise. */
export function toAccountKind({ type }: { type: string }): AccountKind {
  return type === "Bot" ? "bot" : type === "Organization" ? "organisation" : "person";
}

export type CommentData = Pick<Schemas["issue-comment"], "issue_url" | "created_at" | "updated_at"> & {
  id: number | bigint;
  body?: string | undefined;
  user: { login: string; type: string } | null;
};

export function toComment(data: CommentData): CommentFacts {
  return {
    id: Number(data.id),
    number: Number(data.issue_url.split("/").at(-1)),
    body: data.body ?? "",
    author: data.user?.login ?? null,
    byBot: data.user?.type === "Bot",
    createdAt: data.created_at,
    updatedAt: data.updated_at,
  };
}

export function toCheckRun(
  data: Pick<Schemas["check-run"], "external_id" | "output"> & { id: number | bigint },
): CheckRunFacts {
  return { id: Number(data.id), externalId: data.external_id, annotations: data.output.annotations_count };
}

/** An annotation as GitHub takes it. */
export const fromAnnotation = ({ path, startLine, endLine, level, title, message }: Annotation) => ({
  path,
  start_line: startLine,
  end_line: endLine,
  annotation_level: level,
  title,
  message,
});

export type Content =
  | Schemas["content-directory"]
  | Schemas["content-file"]
  | Schemas["content-symlink"]
  | Schemas["content-submodule"];

/** First words of a file that stands for one kept elsewhere: https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md */
const LFS_POINTER = "version https://git-lfs.github.com/spec/";

export function toFile(data: Content): FileAt {
  if (Array.isArray(data) || data.type !== "file") return { kind: "not-a-file" };
  // Over 1 MB the answer has no content: "encoding": "none".
  if (!("content" in data) || data.encoding !== "base64") return { kind: "too-large", size: data.size, blob: data.sha };
  const bytes = Buffer.from(data.content, "base64");
  if (bytes.subarray(0, LFS_POINTER.length).toString("latin1") === LFS_POINTER) return { kind: "not-a-file" };
  return { kind: "file", bytes, blob: blobOf(bytes) };
}

/** The names in a folder; none of what is no folder. */
export const toNames = (data: Content): string[] => (Array.isArray(data) ? data.map(({ name }) => name) : []);

/** The id git gives a content. https://git-scm.com/book/en/v2/Git-Internals-Git-Objects#_object_storage */
const blobOf = (bytes: Buffer): string =>
  createHash("sha1").update(`blob ${bytes.length}\0`).update(bytes).digest("hex");
