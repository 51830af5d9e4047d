/**
 * A local GitHub over HTTP, for end-to-end tests and the demo: stateful, strict, with signed webhooks.
 *
 *     const gh = await Emulator.start({ webhookSecret: "secret" });
 *     gh.organisation("acme", { members: ["ada", "ben"] });
 *     const repo = gh.repository("acme/shop", { members: { ada: "write" } });
 *     gh.installApp({ on: ["acme/shop"] });
 *     gh.webhooks.url = "http://127.0.0.1:3000/api/github/webhooks";
 *     const pull = repo.as("ada").proposeFiles({ "postmortems/2025-03-03.md": "# Outage\n..." }, "Add postmortem");
 *     repo.as("ada").mergePull(pull.number);
 *     await gh.webhooks.settled();
 *     expect(gh.violations).toEqual([]);
 *     await gh.close();
 *
 * The App under test gets `gh.environment`: its id, key, secret and how to reach this GitHub. `gh.clock` is GitHub's: content is stamped
 * with it, answers tell it, JWTs are held against it. Tokens and limits last by wall time, which passes while tests stop the other.
 */
import type { Lists } from "./call.js";
import { deleteUser, renameUser } from "./changes/accounts.js";
import { install } from "./changes/installations.js";
import { Clock } from "./clock.js";
import { Faults } from "./faults.js";
import type { FileChange } from "./git.js";
import { InstallationHandle, RepositoryHandle } from "./handles.js";
import { type LimitBreach, Limits } from "./limits.js";
import { Manifests } from "./manifests.js";
import { GitHubServer, type PhaseHook, type RequestRecord, type Violation } from "./server.js";
import { Tokens } from "./tokens.js";
import { Webhooks } from "./webhooks.js";
import { type Account, type Permissions, type Repository, type Role, World } from "./world.js";

export interface EmulatorOptions {
  /** A free one when not said. */
  port?: number;
  /** GitHub's time; real time when not said. Move it later with `gh.clock`. */
  now?: () => Date;
  /** The time by which tokens last and limits are counted. */
  wallClock?: () => Date;
  /** Whether limits go by `clock` instead. */
  limitsByClock?: boolean;
  webhookUrl?: string;
  webhookSecret?: string;
  slug?: string;
  permissions?: Permissions;
  events?: string[];
}

/** The permissions and events that `app.yml` asks for. */
const PERMISSIONS: Permissions = {
  checks: "write",
  contents: "read",
  issues: "write",
  merge_queues: "read",
  metadata: "read",
  pull_requests: "read",
};
const EVENTS = ["check_run", "issue_comment", "issues", "merge_group", "pull_request", "push", "repository"];

export class Emulator {
  readonly clock: Clock;
  readonly world: World;
  readonly webhooks: Webhooks;
  readonly limits: Limits;
  readonly faults = new Faults();
  readonly tokens: Tokens;
  /** Apps that are being registered from a manifest. */
  readonly manifests: Manifests;
  readonly #server: GitHubServer;
  readonly #services: { treeLimit: number };
  /** How lists are told. */
  readonly lists: Lists = { end: 40_000, cursors: true, endWithoutCursor: 10_000, hides: () => false };

  private constructor(options: EmulatorOptions) {
    const wallClock = options.wallClock ?? (() => new Date());
    const slug = options.slug ?? "follow-through";
    const { permissions = PERMISSIONS, events = EVENTS } = options;
    this.clock = new Clock(options.now ?? (() => new Date()));
    this.world = new World(this.clock, { slug, name: "Follow-Through", permissions, events });
    this.webhooks = new Webhooks(this.world, options.webhookSecret ?? "emulator-secret");
    this.webhooks.url = options.webhookUrl ?? null;
    this.limits = new Limits(options.limitsByClock ? () => this.clock.now() : wallClock);
    this.tokens = new Tokens(this.world, wallClock);
    this.manifests = new Manifests(this.world, this.webhooks, this.tokens, wallClock);
    const { world, webhooks, limits, tokens, manifests, lists } = this;
    const services = { world, webhooks, limits, tokens, manifests, lists, treeLimit: 100_000 };
    this.#services = services;
    this.#server = new GitHubServer(services, this.faults, wallClock);
  }

  static async start(options: EmulatorOptions = {}): Promise<Emulator> {
    const emulator = new Emulator(options);
    emulator.world.origin = await emulator.#server.listen(options.port ?? 0);
    return emulator;
  }

  /** Stops listening and sending; nothing stays open. */
  async close(): Promise<void> {
    await this.webhooks.close();
    await this.#server.close();
  }

  /** Such as `http://127.0.0.1:4000`. */
  get origin(): string {
    return this.world.origin;
  }

  /** Where Octokit finds the API: `baseUrl`. */
  get apiUrl(): string {
    return `${this.origin}/api/v3`;
  }

  /** The environment variables with which Probot finds and trusts this GitHub. */
  get environment() {
    return {
      APP_ID: String(this.world.app.id),
      PRIVATE_KEY: this.tokens.privateKey,
      WEBHOOK_SECRET: this.webhooks.secret,
      GHE_HOST: this.origin.replace("http://", ""),
      GHE_PROTOCOL: "http",
    };
  }

  /** Requests that GitHub's description does not know; a test ends with none. */
  get violations(): readonly Violation[] {
    return this.#server.violations;
  }

  /** For a test that provoked some. */
  forgetViolations(): void {
    this.#server.violations.length = 0;
  }

  /** Limits that were exceeded; a test ends with none. */
  get limitBreaches(): readonly LimitBreach[] {
    return this.limits.breaches;
  }

  /** Every request so far, in order. */
  get requests(): readonly RequestRecord[] {
    return this.#server.requests;
  }

  /** Called at each boundary of each request: before it, after it took effect, after its answer is out. */
  set onRequest(hook: PhaseHook) {
    this.#server.onRequest = hook;
  }

  /** Entries after which `?recursive=1` is cut off; GitHub's is 100,000. */
  set treeLimit(entries: number) {
    this.#services.treeLimit = entries;
  }

  /** Requests spent so far, by operation: `{ "POST /repos/{owner}/{repo}/issues": 9, ... }`. */
  spent(since = 0): Record<string, number> {
    const counts: Record<string, number> = {};
    for (const { method, template, path } of this.requests.slice(since)) {
      const key = `${method} ${template || path}`;
      counts[key] = (counts[key] ?? 0) + 1;
    }
    return counts;
  }

  /** Registers the App again, under another id and slug: a new bot, no installations. `environment` is for the new one. */
  registerAppAnew(slug: string): void {
    this.world.register({ ...this.world.app, slug });
  }

  user(login: string, options: { plan?: Account["plan"] } = {}): Account {
    const type = login.endsWith("[bot]") ? "Bot" : "User";
    return this.world.account(login) ?? this.world.addAccount(login, type, options.plan);
  }

  /** Somebody deletes their account. */
  deleteUser(login: string): void {
    deleteUser(this.world, this.world.needAccount(login));
  }

  /** Somebody changes their login. */
  renameUser(login: string, to: string): void {
    renameUser(this.world, this.world.needAccount(login), to);
  }

  /** Members that do not exist yet come into being; teams are given as `{ slug: [logins] }`. */
  organisation(
    login: string,
    options: { members?: string[]; teams?: Record<string, string[]>; plan?: Account["plan"] } = {},
  ): Account {
    const account = this.world.account(login) ?? this.world.addAccount(login, "Organization", options.plan);
    const teams = Object.entries(options.teams ?? {});
    for (const member of [...(options.members ?? []), ...teams.flatMap(([, members]) => members)]) {
      account.members.add(this.user(member).login.toLowerCase());
    }
    for (const [slug, members] of teams) {
      account.teams.set(slug, { id: this.world.nextId(), slug, name: slug, members: new Set(members) });
    }
    return account;
  }

  /** A repository with a first commit on `main`. Its owner is an organisation unless a user of that name is there. */
  repository(
    fullName: string,
    options: {
      private?: boolean;
      members?: Record<string, Role>;
      defaultBranch?: string;
      files?: Record<string, FileChange>;
    } = {},
  ): RepositoryHandle {
    const [ownerLogin = "", name = ""] = fullName.split("/");
    const owner = this.world.account(ownerLogin) ?? this.organisation(ownerLogin);
    for (const login of Object.keys(options.members ?? {})) this.user(login);
    const repository = this.#place(owner, name, options.defaultBranch ?? "main", options.private ?? false);
    repository.collaborators = new Map(Object.entries(options.members ?? {}));
    const files = options.files ?? { "README.md": `# ${name}\n` };
    const snapshot = this.world.git.change(new Map(), files);
    const date = this.clock.now();
    const commit = this.world.git.commit({
      parents: [],
      message: "Initial commit",
      author: ownerLogin,
      date,
      snapshot,
    });
    repository.branches.set(repository.defaultBranch, commit.sha);
    return new RepositoryHandle(this.world, repository);
  }

  /** A fork of a repository in somebody's account, with the branches as they are now. */
  fork(fullName: string, login: string): RepositoryHandle {
    const parent = this.world.needRepository(fullName);
    const fork = this.#place(this.user(login), parent.name, parent.defaultBranch, parent.private);
    fork.parent = parent;
    fork.branches = new Map(parent.branches);
    return new RepositoryHandle(this.world, fork);
  }

  #place(owner: Account, name: string, defaultBranch: string, isPrivate: boolean): Repository {
    const now = this.clock.now();
    const repository: Repository = {
      id: this.world.nextId(),
      owner,
      name,
      private: isPrivate,
      archived: false,
      hasIssues: true,
      parent: null,
      defaultBranch,
      branches: new Map(),
      collaborators: new Map(),
      labels: new Map(),
      issues: new Map(),
      comments: new Map(),
      checkRuns: new Map(),
      activities: [],
      gone: new Map(),
      lastNumber: 0,
      createdAt: now,
      pushedAt: now,
    };
    this.world.repositories.set(repository.id, repository);
    return repository;
  }

  /** Installs the App on the owner of some repositories, for those alone, or (`account`) for all it has and will have. */
  installApp(
    options: ({ on: string[] } | { account: string }) & { by?: string; permissions?: Permissions; events?: string[] },
  ): InstallationHandle {
    const { by, ...rest } = options;
    const repositories = "on" in options ? options.on.map((name) => this.world.needRepository(name)) : undefined;
    const account = "account" in options ? this.world.needAccount(options.account) : repositories?.[0]?.owner;
    if (account === undefined) throw new Error("installApp needs a repository or an account");
    const doer = by === undefined ? account : this.user(by);
    const installation = install(this.world, account, doer, { ...rest, ...(repositories && { repositories }) });
    return new InstallationHandle(this.world, installation, doer);
  }
}
