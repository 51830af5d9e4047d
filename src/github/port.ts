/**
 * GitHub in the domain's words. Workflows know this port and nothing of HTTP; the Octokit adapter and the dry-run
 * adapter implement it. Every method may throw the errors of src/errors.ts, and
 * `Refused` (errors.ts) where GitHub refuses what concerns one thing alone; no other.
 */
import type { CheckReport } from "../render/check.js";
import type { Closing, Visibility } from "../tracking/types.js";

export interface RepositoryFacts {
  readonly id: number;
  readonly owner: string;
  readonly name: string;
  readonly defaultBranch: string;
  readonly archived: boolean;
  readonly hasIssues: boolean;
  readonly fork: boolean;
  readonly visibility: Visibility;
  /** ISO instant of the last push to any of its branches; null where there was none. */
  readonly pushedAt: string | null;
}

export interface InstallationFacts {
  readonly id: number;
  readonly account: string;
  readonly suspended: boolean;
  readonly permissions: Readonly<Record<string, string>>;
  readonly events: readonly string[];
}

export interface PullFacts {
  readonly number: number;
  readonly open: boolean;
  readonly merged: boolean;
  readonly mergeCommit: string | null;
  /** The newest commit of its branch; of a fork, too, this repository can read it. */
  readonly head: string;
  readonly base: string;
  readonly author: string | null;
  readonly labels: readonly string[];
  readonly locked: boolean;
  /** How many comments stand on it. */
  readonly comments: number;
  /** The repository that it is into, as it is now. */
  readonly repository: RepositoryFacts;
}

export interface ChangedFile {
  readonly path: string;
  readonly previousPath: string | null;
  readonly change: "added" | "edited" | "renamed" | "removed";
  /** What git has at the path, a link being its own words; null where that is not told, or nothing is left there. */
  readonly blob: string | null;
}

/**
 * A file at a commit. `too-large` and `not-a-file` (folder, submodule, LFS pointer, a link that leads nowhere) have no content to
 * read. GitHub shows a link to a file as the file it leads to, which `blob`, the id of the content, tells apart.
 * https://docs.github.com/en/rest/repos/contents#get-repository-content
 */
export type FileAt =
  | { readonly kind: "file"; readonly bytes: Uint8Array; readonly blob: string }
  | { readonly kind: "too-large"; readonly size: number; readonly blob: string }
  | { readonly kind: "missing" }
  | { readonly kind: "not-a-file" };

export interface IssueFacts {
  /** GitHub's own, over all repositories. */
  readonly id: number;
  readonly number: number;
  readonly title: string;
  readonly body: string;
  readonly open: boolean;
  /** Logins, lower-case, sorted. */
  readonly assignees: readonly string[];
  readonly labels: readonly string[];
  /** ISO instants. */
  readonly createdAt: string;
  readonly closedAt: string | null;
  /** As what it was closed; null while it is open. */
  readonly closedAs: Exclude<Closing, "gone"> | null;
  /** The login of its author; `null` for a deleted account. */
  readonly author: string | null;
  readonly isPull: boolean;
  /** Whether it takes comments of maintainers alone. */
  readonly locked: boolean;
  /** How many open issues block it. */
  readonly blockedBy: number;
}

/** The issue that another one was marked as a duplicate of. `hidden`: the App may not see it; `nothing`: GitHub names none. */
export type Marked = MarkedFacts | "hidden" | "nothing";

export interface MarkedFacts {
  readonly number: number;
  readonly repository: {
    readonly id: number | null;
    readonly owner: string;
    readonly name: string;
    readonly visibility: Visibility;
  };
  readonly open: boolean;
  /** ISO instant. */
  readonly closedAt: string | null;
  readonly closedAs: IssueFacts["closedAs"];
}

/** What somebody did about an issue, as its timeline shows it. */
export interface MoveFacts {
  /** A comment on it; a commit, or a pull request, that names it; that `by` was mentioned, subscribed to it, or ended that. */
  readonly kind: "comment" | "commit" | "pull" | "mentioned" | "subscribed" | "unsubscribed";
  /** A login in lower case; null for a deleted account. */
  readonly by: string | null;
  /** ISO instant. */
  readonly at: string;
  /** Whether it is a pull request that is open. */
  readonly open: boolean;
}

export interface CommentFacts {
  readonly id: number;
  /** The issue or pull request it stands on. */
  readonly number: number;
  readonly body: string;
  readonly author: string | null;
  /** Whether its author is no person. */
  readonly byBot: boolean;
  /** ISO instants; the same unless it was edited. */
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** What stands behind a login. */
export type AccountKind = "person" | "bot" | "organisation";

export interface IssueDraft {
  readonly title: string;
  readonly body: string;
  readonly labels: readonly string[];
  readonly assignees: readonly string[];
}

export interface IssuePatch {
  readonly title?: string;
  readonly body?: string;
  readonly assignees?: readonly string[];
  readonly open?: boolean;
  /** Said with `open: false`; without it, `completed`. */
  readonly closedAs?: Exclude<Closing, "gone">;
  /** Said with `closedAs: "duplicate"`: the id, not the number, of the issue that goes on. */
  readonly duplicateOf?: number;
}

/** A check run of the App, under its one name. */
export interface CheckRunFacts {
  readonly id: number;
  /** What the App called it; null where it did not. */
  readonly externalId: string | null;
  /** How many annotations it has so far. */
  readonly annotations: number;
}

/** The repository in which an account keeps what holds for all of its repositories. */
export const ORGANISATION_REPOSITORY = ".github";

/** A pull request that is open, as lists of them tell. */
export interface OpenPull {
  readonly number: number;
  readonly title: string;
  /** A login in lower case; null for a deleted account. */
  readonly author: string | null;
  /** ISO instant. */
  readonly createdAt: string;
  readonly head: string;
  readonly labels: readonly string[];
}

/** One repository, seen through its installation. */
export interface GitHub {
  /** The login under which the App writes, `follow-through[bot]`: only its things carry markers that count. */
  readonly bot: string;
  /** How many requests were sent through this. */
  sent(): number;
  repository(): Promise<RepositoryFacts>;
  /** The newest commit of a branch; null where there is none (an empty repository). */
  head(branch: string): Promise<string | null>;
  /** The commit a branch stood at, at an ISO instant; null where it has not moved since, or GitHub has no record of it. */
  branchAt(branch: string, instant: string): Promise<string | null>;
  file(path: string, ref: string): Promise<FileAt>;
  /** The names in a folder at a branch, 1,000 at most; empty where there is none. */
  folder(path: string, ref: string): Promise<readonly string[]>;
  /** The same of the owner's `.github` repository; `refused` where GitHub has it and does not let the App read it. */
  organisationFolder(path: string): Promise<readonly string[] | "refused">;
  /** A file of the owner's `.github` repository; `refused` where GitHub has it and does not let the App read it. */
  organisationFile(path: string): Promise<FileAt | { readonly kind: "refused" }>;
  /** Whether the App sees that repository: what it does not see may be there all the same. */
  seesOrganisation(): Promise<boolean>;
  pull(number: number): Promise<PullFacts | null>;
  /** The newest open pull requests, newest first, 100 at most: number and the branch each is into. */
  openPulls(most: number): Promise<{ readonly number: number; readonly base: string }[]>;
  /** Every open pull request into a branch, oldest first. */
  openPullsInto(base: string): Promise<OpenPull[]>;
  /**
   * Every file a pull request changes; once it is merged (its merge commit given), beyond the 3,000 that GitHub lists also
   * those of the others that are asked for, by path.
   */
  pullFiles(pull: Pick<PullFacts, "number" | "mergeCommit">, keep: (path: string) => boolean): Promise<ChangedFile[]>;
  /** Those files of a commit that are asked for, by path: path and blob. */
  files(commit: string, keep: (path: string) => boolean): Promise<ReadonlyMap<string, string>>;
  /** The oldest commit on the branch that touched the path; null where there is none, or so many that it is not looked for. */
  firstCommitOf(path: string, branch: string): Promise<string | null>;
  /** The pull request that brought a commit to the branch; null for a direct push. */
  mergedPullOf(commit: string, branch: string): Promise<number | null>;

  issue(number: number): Promise<IssueFacts | null>;
  /** What an issue was marked as a duplicate of, of this repository or of another one by its name; null where GitHub does not tell. */
  markedAs(number: number, repository?: { readonly owner: string; readonly name: string }): Promise<Marked | null>;
  /** Every issue that the App opened, oldest first. `label`: one that its tracking issues have. */
  ownIssues(label: string): Promise<IssueFacts[]>;
  /** Those of them that changed since an ISO instant. */
  ownIssuesSince(since: string): Promise<IssueFacts[]>;
  /** Issues and pull requests of anybody that changed since an ISO instant. */
  issuesSince(since: string): Promise<IssueFacts[]>;
  /** Open issues of anybody that have the label. */
  openIssuesLabelled(label: string): Promise<IssueFacts[]>;
  createIssue(draft: IssueDraft): Promise<IssueFacts>;
  updateIssue(number: number, patch: IssuePatch): Promise<IssueFacts>;
  /** What people did about an issue, oldest first. */
  moves(number: number): Promise<MoveFacts[]>;
  /** Whether GitHub would take the login as an assignee in this repository. */
  canAssign(login: string): Promise<boolean>;
  /** What stands behind a login; null where GitHub shows no such account, or none any more. */
  account(login: string): Promise<AccountKind | null>;
  /** The first hundred of those whom GitHub would take, in lower case. */
  someAssignable(): Promise<ReadonlySet<string>>;
  /** Whether somebody has triage, write, maintain or admin access to the repository. */
  canTriage(login: string): Promise<boolean>;
  hasLabel(name: string): Promise<boolean>;
  ensureLabel(name: string, color: string, description: string): Promise<void>;

  /** Comments on an issue or pull request, oldest first. */
  comments(number: number, since?: string): Promise<CommentFacts[]>;
  /** Comments on anything in the repository. */
  allComments(since?: string): Promise<CommentFacts[]>;
  createComment(number: number, body: string): Promise<CommentFacts>;
  /** False where the comment is gone. */
  updateComment(id: number, body: string): Promise<boolean>;
  /** Deletes a comment of the App's own; one that is gone already stays gone. */
  deleteComment(id: number): Promise<void>;
  /** Puts a 👍 of the App on a comment; one, however often it is asked for. */
  approve(commentId: number): Promise<void>;
  /** Whether the App's 👍 is on a comment; not where the comment is gone. */
  isApproved(commentId: number): Promise<boolean>;

  /** The App's check runs on a commit, oldest first. */
  checkRuns(commit: string): Promise<CheckRunFacts[]>;
  /** A check run that is complete at once; with at most {@link ANNOTATIONS_PER_REQUEST} annotations. */
  createCheckRun(commit: string, externalId: string, report: CheckReport): Promise<CheckRunFacts>;
  /** Says it again; its annotations are added to those that are there, at most {@link ANNOTATIONS_PER_REQUEST}. */
  updateCheckRun(id: number, report: CheckReport): Promise<CheckRunFacts>;
}

/** https://docs.github.com/en/rest/checks/runs#create-a-check-run */
export const ANNOTATIONS_PER_REQUEST = 50;

/** One attempt at a delivery. */
export interface DeliveryFacts {
  readonly id: number;
  readonly guid: string;
  readonly ok: boolean;
}

/** What is left of the requests that GitHub allows an installation in an hour. */
export interface Budget {
  readonly limit: number;
  readonly left: number;
  /** In how many milliseconds the next hour begins. */
  readonly resetsInMs: number;
}

/** A repository by its number, which stays, and the name it is asked for by. */
export interface Named {
  readonly id: number;
  readonly owner: string;
  readonly name: string;
}

/** The App itself. */
export interface GitHubApp {
  /** The login under which the App writes. */
  bot(): Promise<string>;
  /** Has GitHub tell its time, by the smallest request there is. */
  askTime(): Promise<void>;
  /** Null where the installation is gone. */
  installation(id: number): Promise<InstallationFacts | null>;
  installations(): Promise<InstallationFacts[]>;
  /** The installation that covers a repository, by its name now or before; null where none does. */
  installationOf(repository: { readonly owner: string; readonly name: string }): Promise<number | null>;
  repositories(installationId: number): Promise<RepositoryFacts[]>;
  /** Attempts at deliveries since an ISO instant, newest first. */
  deliveriesSince(since: string): Promise<DeliveryFacts[]>;
  redeliver(deliveryId: number): Promise<void>;
  /** As GitHub last told this process; null where it has not this hour, or sets no limit. */
  budget(installationId: number): Budget | null;
  in(installationId: number, repository: Named): Promise<GitHub>;
}
