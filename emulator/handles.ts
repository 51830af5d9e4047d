/** What a story holds in its hands: a repository and its people, an installation and its owner. */
import { Actor } from "./actors.js";
import { commitFiles } from "./changes/code.js";
import {
  acceptPermissions,
  changeRepositories,
  renameAccount,
  setSuspended,
  uninstall,
} from "./changes/installations.js";
import type { FileChange } from "./git.js";
import {
  type Account,
  type CheckRun,
  type Comment,
  fullNameOf,
  headOf,
  type Installation,
  type Issue,
  type Permissions,
  type Repository,
  type Role,
  type World,
} from "./world.js";

/** A repository of a story, and who acts in it. */
export class RepositoryHandle {
  readonly #world: World;
  /** The live state, to be looked at. */
  readonly state: Repository;

  constructor(world: World, repository: Repository) {
    this.#world = world;
    this.state = repository;
  }

  get fullName(): string {
    return fullNameOf(this.state);
  }

  /** Somebody who does something here. */
  as(login: string): Actor {
    return new Actor(this.#world, this.state, this.#world.needAccount(login));
  }

  /** The issues by number, pull requests left out. */
  get issues(): Issue[] {
    return [...this.state.issues.values()].filter((i) => i.pull === null);
  }

  issue(number: number): Issue {
    const issue = this.state.issues.get(number);
    if (issue === undefined) throw new Error(`${this.fullName} has no #${number}`);
    return issue;
  }

  /** The comments on an issue or pull request, oldest first. */
  comments(number: number): Comment[] {
    return [...this.state.comments.values()].filter((c) => c.issue.number === number);
  }

  /** The check runs on a commit, oldest first. */
  checks(sha: string): CheckRun[] {
    return [...this.state.checkRuns.values()].filter((run) => run.headSha === sha);
  }

  /** The SHA at a branch's head. */
  head(branch?: string): string {
    return headOf(this.state, branch);
  }

  /** Sets what somebody may do here. */
  setRole(login: string, role: Role): void {
    this.state.collaborators.set(this.#world.needAccount(login).login, role);
  }

  /** Puts files on a branch; for setting the scene, where nobody is to be named. */
  write(files: Record<string, FileChange>, branch = this.state.defaultBranch): string {
    const { owner } = this.state;
    return commitFiles(this.#world, this.state, owner, { branch, message: "Set the scene", files });
  }
}

/** An installation of the App, and what its owner does with it. */
export class InstallationHandle {
  readonly #world: World;
  readonly #by: Account;
  readonly state: Installation;

  constructor(world: World, installation: Installation, by: Account) {
    this.#world = world;
    this.state = installation;
    this.#by = by;
  }

  get id(): number {
    return this.state.id;
  }

  suspend(): void {
    setSuspended(this.#world, this.state, this.#by, true);
  }

  unsuspend(): void {
    setSuspended(this.#world, this.state, this.#by, false);
  }

  uninstall(): void {
    uninstall(this.#world, this.state, this.#by);
  }

  /** The owner gets another name; the repositories are found under the old one too. */
  renameAccount(login: string): void {
    renameAccount(this.#world, this.state, this.#by, login);
  }

  addRepository(fullName: string): void {
    changeRepositories(this.#world, this.state, this.#by, this.#world.needRepository(fullName), "added");
  }

  removeRepository(fullName: string): void {
    changeRepositories(this.#world, this.state, this.#by, this.#world.needRepository(fullName), "removed");
  }

  /** Takes a permission away without a word, as for one that was never granted. */
  setPermission(name: keyof Permissions, level: "read" | "write" | null): void {
    const { [name]: _old, ...others } = this.state.permissions;
    this.state.permissions = level === null ? others : { ...others, [name]: level };
  }

  /** The owner accepts what the App asks for now. */
  acceptPermissions(permissions: Permissions): void {
    acceptPermissions(this.#world, this.state, this.#by, permissions);
  }
}
