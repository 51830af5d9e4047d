/**
 * What people do on GitHub's pages: commit, open and merge pull requests, comment, close issues, lock, rename, suspend. Each
 * deed is done in somebody's name and tells the webhooks what GitHub would.
 *
 *     const ada = repo.as("ada");
 *     ada.commitFiles({ branch: "pm", files: { "postmortems/x.md": "# ..." } });
 *     const pull = ada.openPull({ head: "pm", title: "Postmortem" });
 *     ada.mergePull(pull.number);
 */
import { commitFiles, markReady, mergePull, openPull, type PullInput, setBase, setLocked } from "./changes/code.js";
import { createComment, deleteComment, editComment } from "./changes/comments.js";
import {
  assignIssue,
  createIssue,
  type IssueEdit,
  type IssueInput,
  labelIssue,
  replaceLabels,
  updateIssue,
} from "./changes/issues.js";
import { mergeQueued, queuePull } from "./changes/merge-queue.js";
import * as repositories from "./changes/repositories.js";
import type { FileChange } from "./git.js";
import type { Account, Comment, Issue, Repository, World } from "./world.js";

/** Text as a browser's form sends it: lines end in CRLF. */
function fromForm(text: string): string {
  return text.replace(/\r?\n/g, "\r\n");
}

export interface CommitInput {
  /** The default branch when not said; a new branch starts there. */
  branch?: string;
  message?: string;
  /** By path: text, bytes, `{ symlink }`, `{ submodule }`, or null to delete. */
  files: Record<string, FileChange>;
}

/** One person in one repository. A story decides who may do what: roles are not asked, GitHub's limits on text are. */
export class Actor {
  readonly #world: World;
  readonly #repository: Repository;
  readonly #me: Account;

  constructor(world: World, repository: Repository, me: Account) {
    this.#world = world;
    this.#repository = repository;
    this.#me = me;
  }

  /** Commits to a branch by pushing it there. Returns the commit's SHA. */
  commitFiles({ branch = this.#repository.defaultBranch, message = "Change files", files }: CommitInput): string {
    return commitFiles(this.#world, this.#repository, this.#me, { branch, message, files });
  }

  /** Commits straight to the default branch, without a pull request. */
  pushDirect(files: Record<string, FileChange>, message = "Change files"): string {
    return this.commitFiles({ files, message });
  }

  openPull(input: PullInput): Issue {
    const body = input.body == null ? {} : { body: fromForm(input.body) };
    return openPull(this.#world, this.#repository, this.#me, { ...input, ...body });
  }

  /** A branch with these files, and a pull request of it. */
  proposeFiles(
    files: Record<string, FileChange>,
    title: string,
    branch = `topic-${this.#repository.lastNumber + 1}`,
  ): Issue {
    this.commitFiles({ branch, files, message: title });
    return this.openPull({ head: branch, title });
  }

  mergePull(number: number, method: "merge" | "squash" | "rebase" = "merge"): void {
    mergePull(this.#world, this.#repository, this.#issue(number), this.#me, method);
  }

  /** Puts a pull request into the merge queue; gives the commit of which checks are asked for. */
  queuePull(number: number): string {
    return queuePull(this.#world, this.#repository, this.#issue(number));
  }

  /** Lets the queue merge it, as it does once the check that is required is there. */
  mergeQueued(number: number, required: string): void {
    mergeQueued(this.#world, this.#repository, this.#issue(number), required);
  }

  /** Points a pull request at another branch. */
  changeBase(number: number, branch: string): void {
    setBase(this.#world, this.#repository, this.#issue(number), this.#me, branch);
  }

  /** Says that a draft is ready for review. */
  markReady(number: number): void {
    markReady(this.#world, this.#repository, this.#issue(number), this.#me);
  }

  openIssue(input: IssueInput): Issue {
    const body = input.body == null ? {} : { body: fromForm(input.body) };
    return createIssue(this.#world, this.#repository, this.#me, { ...input, ...body });
  }

  /** Closes an issue, or a pull request without merging it. */
  closeIssue(number: number, reason: "completed" | "not_planned" | "duplicate" = "completed"): void {
    this.#update(number, { state: "closed", stateReason: reason });
  }

  /** Closes an issue as a duplicate of another, which may be of another repository. */
  closeAsDuplicate(number: number, other: Issue): void {
    this.#update(number, { state: "closed", stateReason: "duplicate", duplicateOf: other.id });
  }

  reopenIssue(number: number): void {
    this.#update(number, { state: "open" });
  }

  editIssueTitle(number: number, title: string): void {
    this.#update(number, { title });
  }

  editIssueBody(number: number, body: string): void {
    this.#update(number, { body: fromForm(body) });
  }

  comment(number: number, body: string): Comment {
    return createComment(this.#world, this.#repository, this.#issue(number), this.#me, fromForm(body));
  }

  editComment(id: number, body: string): void {
    editComment(this.#world, this.#repository, this.#comment(id), this.#me, fromForm(body));
  }

  deleteComment(id: number): void {
    deleteComment(this.#world, this.#repository, this.#comment(id), this.#me);
  }

  assign(number: number, ...logins: string[]): void {
    assignIssue(this.#world, this.#repository, this.#issue(number), this.#me, logins, "add");
  }

  unassign(number: number, ...logins: string[]): void {
    assignIssue(this.#world, this.#repository, this.#issue(number), this.#me, logins, "remove");
  }

  label(number: number, ...names: string[]): void {
    labelIssue(this.#world, this.#repository, this.#issue(number), this.#me, names, "add");
  }

  unlabel(number: number, name: string): void {
    const issue = this.#issue(number);
    const kept = issue.labels.filter((l) => l.name !== name);
    replaceLabels(this.#world, this.#repository, issue, this.#me, kept);
  }

  /** Locks the conversation of an issue or pull request. */
  lock(number: number): void {
    setLocked(this.#world, this.#repository, this.#issue(number), this.#me, true);
  }

  unlock(number: number): void {
    setLocked(this.#world, this.#repository, this.#issue(number), this.#me, false);
  }

  /** Blocks somebody, such as an App's bot. */
  block(login: string): void {
    this.#me.blocks.add(login.toLowerCase());
  }

  unblock(login: string): void {
    this.#me.blocks.delete(login.toLowerCase());
  }

  /** Marks an issue as blocked by another. */
  markBlocked(number: number, by: number): void {
    this.#issue(number).blockedBy.add(this.#issue(by));
  }

  deleteIssue(number: number): void {
    repositories.deleteIssue(this.#world, this.#repository, this.#issue(number), this.#me);
  }

  /** Moves an issue to another repository of the same owner, as `acme/shop`. Returns it there. */
  transferIssue(number: number, to: string): Issue {
    const target = this.#world.needRepository(to);
    return repositories.transferIssue(this.#world, this.#repository, this.#issue(number), this.#me, target);
  }

  renameRepository(name: string): void {
    repositories.rename(this.#world, this.#repository, this.#me, name);
  }

  /** Gives the repository to another account. */
  transferRepository(to: string): void {
    repositories.transfer(this.#world, this.#repository, this.#me, this.#world.needAccount(to));
  }

  archive(): void {
    repositories.setArchived(this.#world, this.#repository, this.#me, true);
  }

  unarchive(): void {
    repositories.setArchived(this.#world, this.#repository, this.#me, false);
  }

  setPrivate(isPrivate: boolean): void {
    repositories.setPrivate(this.#world, this.#repository, this.#me, isPrivate);
  }

  /** Renames the default branch; open pull requests follow. */
  renameDefaultBranch(name: string): void {
    repositories.renameDefaultBranch(this.#world, this.#repository, this.#me, name);
  }

  disableIssues(): void {
    this.#repository.hasIssues = false;
  }

  enableIssues(): void {
    this.#repository.hasIssues = true;
  }

  deleteRepository(): void {
    repositories.remove(this.#world, this.#repository, this.#me);
  }

  /** Presses "Re-run" on a check run. */
  rerunCheck(id: number): void {
    repositories.rerunCheck(this.#world, this.#repository, this.#me, id);
  }

  #update(number: number, edit: IssueEdit): void {
    updateIssue(this.#world, this.#repository, this.#issue(number), this.#me, edit);
  }

  #issue(number: number): Issue {
    const issue = this.#repository.issues.get(number);
    if (issue === undefined) throw new Error(`${this.#repository.name} has no issue ${number}`);
    return issue;
  }

  #comment(id: number): Comment {
    const comment = this.#repository.comments.get(id);
    if (comment === undefined) throw new Error(`${this.#repository.name} has no comment ${id}`);
    return comment;
  }
}
