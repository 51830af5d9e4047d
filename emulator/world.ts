/**
 * What exists on the emulated GitHub: accounts, the App and its installations, repositories with their branches, issues,
 * pull requests and comments. Only state and look-ups; what changes it stands in `changes/`.
 */
import type { components } from "@octokit/openapi-types";
import type { Clock } from "./clock.js";
import { ObjectStore } from "./git.js";

export type Permissions = components["schemas"]["app-permissions"];
export type Role = "read" | "triage" | "write" | "maintain" | "admin";
export type ReactionContent = components["schemas"]["reaction"]["content"];

export interface Team {
  id: number;
  slug: string;
  name: string;
  members: Set<string>;
}

export interface Account {
  id: number;
  login: string;
  type: "User" | "Organization" | "Bot";
  /** On the free plan, issues of private repositories take one assignee. */
  plan: "free" | "team";
  /** Of an organisation: the logins that belong to it. */
  members: Set<string>;
  teams: Map<string, Team>;
  /** Who they have blocked, by lower-case login. */
  blocks: Set<string>;
  createdAt: Date;
}

export interface Label {
  id: number;
  name: string;
  color: string;
  description: string | null;
}

export interface Pull {
  head: { repository: Repository; ref: string; sha: string };
  base: { ref: string; sha: string };
  draft: boolean;
  mergedAt: Date | null;
  mergedBy: Account | null;
  mergeCommit: string | null;
}

/** An issue, or a pull request, which on GitHub is an issue too. */
export interface Issue {
  id: number;
  number: number;
  title: string;
  body: string | null;
  user: Account;
  /** The App that wrote it, if one did. */
  viaApp: App | null;
  state: "open" | "closed";
  stateReason: "completed" | "reopened" | "not_planned" | "duplicate" | null;
  labels: Label[];
  assignees: Account[];
  locked: boolean;
  createdAt: Date;
  updatedAt: Date;
  closedAt: Date | null;
  closedBy: Account | null;
  pull: Pull | null;
  /** The issue that it was said to be a duplicate of when it was closed. */
  duplicateOf: Issue | null;
  /** What blocks it, by GitHub's issue dependencies. */
  blockedBy: Set<Issue>;
  /** Commits whose messages name it. */
  references: { id: number; by: Account; sha: string; at: Date }[];
}

export interface Reaction {
  id: number;
  user: Account;
  content: ReactionContent;
  createdAt: Date;
}

export interface Comment {
  id: number;
  issue: Issue;
  user: Account;
  viaApp: App | null;
  body: string;
  createdAt: Date;
  updatedAt: Date;
  reactions: Reaction[];
}

export interface CheckRun {
  id: number;
  suiteId: number;
  name: string;
  headSha: string;
  externalId: string | null;
  detailsUrl: string | null;
  status: "queued" | "in_progress" | "completed";
  conclusion: components["schemas"]["check-run"]["conclusion"];
  startedAt: string | null;
  completedAt: string | null;
  title: string | null;
  summary: string | null;
  text: string | null;
  annotations: components["schemas"]["check-annotation"][];
}

/** One move of a branch; zeros stand for a branch that was not there. */
export interface Activity {
  id: number;
  branch: string;
  before: string;
  after: string;
  at: Date;
  kind: "push" | "force_push" | "branch_creation" | "pr_merge";
  by: Account;
}

export interface Repository {
  id: number;
  owner: Account;
  name: string;
  private: boolean;
  archived: boolean;
  hasIssues: boolean;
  parent: Repository | null;
  defaultBranch: string;
  branches: Map<string, string>;
  collaborators: Map<string, Role>;
  /** By lower-case name: GitHub's labels know no case. */
  labels: Map<string, Label>;
  issues: Map<number, Issue>;
  comments: Map<number, Comment>;
  checkRuns: Map<number, CheckRun>;
  /** Where its branches moved, oldest first. */
  activities: Activity[];
  /** Issues that left: deleted, or transferred to where. */
  gone: Map<number, { repository: Repository; number: number } | "deleted">;
  lastNumber: number;
  createdAt: Date;
  pushedAt: Date;
}

export interface Installation {
  id: number;
  account: Account;
  selection: "all" | "selected";
  repositories: Set<number>;
  permissions: Permissions;
  events: string[];
  suspendedAt: Date | null;
  createdAt: Date;
}

/** What an App's maker says of it. */
export interface Registration {
  slug: string;
  name: string;
  permissions: Permissions;
  events: string[];
  /** Who registers it; makers of Apps when not said. */
  owner?: Account;
}

export interface App extends Registration {
  id: number;
  owner: Account;
  bot: Account;
  createdAt: Date;
}

/** Something that happened and that GitHub tells Apps about. */
export interface Happening {
  event: string;
  action: string | null;
  repository: Repository | null;
  installation: Installation | null;
  sender: Account;
  /** What the payload holds beside action, repository, organization, installation and sender. */
  payload: object;
}

export class World {
  /** False on some GitHub Enterprise Clouds: there lists of issues filtered by a bot as their creator are empty. */
  creatorFilterKnowsBots = true;
  /** Whether GitHub leaves out, without a word, whom it cannot assign on creation, in the place of refusing it all. */
  dropsUnassignable = false;
  readonly git = new ObjectStore();
  readonly accounts = new Map<string, Account>();
  readonly repositories = new Map<number, Repository>();
  readonly installations = new Map<number, Installation>();
  /** Full names that repositories had before they were renamed or transferred. */
  readonly formerNames = new Map<string, number>();
  readonly clock: Clock;
  /** Where the emulator answers, such as `http://127.0.0.1:4000`; known once it listens. */
  origin = "";
  /** Who is told of what happens: the webhooks. */
  announce: (happening: Happening) => void = () => {};
  /** The App as it is registered now. */
  app: App;
  #lastId = 1000;
  /** Where a name was found last: of thousands, a look through all of them at each request would be what is measured. */
  readonly #foundAs = new Map<string, Repository>();

  constructor(clock: Clock, app: Registration) {
    this.clock = clock;
    this.app = this.register(app);
  }

  /** A new App with a bot of its own, which nobody has installed yet; the one before is no more. */
  register(app: Registration): App {
    const owner = app.owner ?? this.account("app-makers") ?? this.addAccount("app-makers", "Organization");
    const bot = this.addAccount(`${app.slug}[bot]`, "Bot");
    this.installations.clear();
    this.app = { ...app, id: this.nextId(), owner, bot, createdAt: this.clock.now() };
    return this.app;
  }

  nextId(): number {
    this.#lastId += 1;
    return this.#lastId;
  }

  addAccount(login: string, type: Account["type"], plan: Account["plan"] = "team"): Account {
    const account: Account = {
      id: this.nextId(),
      login,
      type,
      plan,
      members: new Set(),
      teams: new Map(),
      blocks: new Set(),
      createdAt: this.clock.now(),
    };
    this.accounts.set(login.toLowerCase(), account);
    return account;
  }

  account(login: string): Account | undefined {
    return this.accounts.get(login.toLowerCase());
  }

  needAccount(login: string): Account {
    const account = this.account(login);
    if (account === undefined)
      throw new Error(`nobody is called ${login}: add them with gh.user() or gh.organisation()`);
    return account;
  }

  /** The repository of that name as it is called today. */
  repository(fullName: string): Repository | undefined {
    const wanted = fullName.toLowerCase();
    const isWanted = (one: Repository) => fullNameOf(one).toLowerCase() === wanted;
    const last = this.#foundAs.get(wanted);
    if (last && this.repositories.get(last.id) === last && isWanted(last)) return last;
    const found = [...this.repositories.values()].find(isWanted);
    if (found) this.#foundAs.set(wanted, found);
    return found;
  }

  needRepository(fullName: string): Repository {
    const repository = this.repository(fullName);
    if (repository === undefined) throw new Error(`no repository ${fullName}: add it with gh.repository()`);
    return repository;
  }

  installationOn(account: Account): Installation | undefined {
    return [...this.installations.values()].find((i) => i.account === account);
  }

  /** The installation that covers a repository, suspended or not. */
  installationFor(repository: Repository): Installation | undefined {
    const installation = this.installationOn(repository.owner);
    return installation !== undefined && this.covers(installation, repository) ? installation : undefined;
  }

  covers(installation: Installation, repository: Repository): boolean {
    if (installation.account !== repository.owner) return false;
    return installation.selection === "all" || installation.repositories.has(repository.id);
  }

  /** What somebody may do there: their role, the owner's and organisation members' included, or null. */
  roleIn(repository: Repository, login: string): Role | null {
    const named = [...repository.collaborators].find(([name]) => name.toLowerCase() === login.toLowerCase());
    if (named !== undefined) return named[1];
    if (repository.owner.login.toLowerCase() === login.toLowerCase()) return "admin";
    return repository.owner.members.has(login.toLowerCase()) ? "read" : null;
  }
}

/** Whether any of these has blocked somebody. */
export function isBlocked({ login }: Account, ...by: readonly Account[]): boolean {
  return by.some(({ blocks }) => blocks.has(login.toLowerCase()));
}

export function fullNameOf(repository: Repository): string {
  return `${repository.owner.login}/${repository.name}`;
}

/** The commit at a branch's head; a repository of a story always has its default branch. */
export function headOf(repository: Repository, branch = repository.defaultBranch): string {
  const sha = repository.branches.get(branch);
  if (sha === undefined) throw new Error(`${fullNameOf(repository)} has no branch ${branch}`);
  return sha;
}
