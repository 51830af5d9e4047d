/**
 * A whole small world for end-to-end tests: the emulated GitHub, an organisation with people and a repository, and the real
 * service on it over HTTP with signed webhooks. Work runs only when a test says so, and time moves only when a test moves it:
 *
 *   const stage = await Stage.start();
 *   const pull = await stage.merge({ "postmortems/x.md": "…" });
 *   expect(stage.issues()).toHaveLength(2);
 *   await stage.close();   // fails on any request that GitHub's description does not know
 */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DestinationStream } from "pino";
import { Emulator } from "../../emulator/emulator.js";
import type { FileChange } from "../../emulator/git.js";
import type { InstallationHandle, RepositoryHandle } from "../../emulator/handles.js";
import type { Permissions } from "../../emulator/world.js";
import { createLog } from "../../src/log.js";
import type { ReaderOptions } from "../../src/reading/reader.js";
import { type Service, startService } from "../../src/service.js";
import { readSettings, type Settings } from "../../src/settings.js";
import { copyDatabase, emptyDatabase, putDatabase } from "./empty-database.js";
import { BUILT_READING } from "./odd-reading.js";

const EVENTS = ["issue_comment", "issues", "merge_group", "pull_request", "push", "repository"];

export interface StageOptions {
  readonly now?: string;
  /** Files of the repository before the App comes. */
  readonly files?: Record<string, FileChange>;
  readonly databaseUrl?: string;
  /** Whether the service is to start as for the first time, instead of as after a restart. */
  readonly isFirst?: boolean;
  /** Further variables of the environment: channels. */
  readonly environment?: Readonly<Record<string, string>>;
  /** What the owner granted, where it is not all that the App asks for. */
  readonly permissions?: Permissions;
  /** How long the service waits for GitHub's answer. */
  readonly timeoutMs?: number;
  /** How the service reads documents. */
  readonly reading?: ReaderOptions;
  /** Where the service's log goes, whole. */
  readonly log?: DestinationStream;
  /** Whether GitHub's limits go by the clock that tests move. */
  readonly limitsByClock?: boolean;
  /** By how much the clock of the service's machine is ahead of GitHub's (below 0: behind it). */
  readonly aheadMs?: number;
}

/** So long each side waits for an answer of the other where a test says nothing else: no busy machine is to look like an outage. */
const PATIENCE_MS = 300_000;

/**
 * SQLite files as the first start in a world left them. That start is most of what a short test costs, so each world has one, and its tests
 * begin as after a restart.
 */
const KNOWN = new Map<string, Buffer>();

/** All that a first start depends on; null where the test is to have one of its own. */
function worldOf({ now, files, permissions, isFirst, databaseUrl, aheadMs }: StageOptions): string | null {
  return isFirst || databaseUrl || aheadMs ? null : JSON.stringify([now, files, permissions]);
}

export class Stage {
  readonly dataDir = mkdtempSync(join(tmpdir(), "follow-through-"));
  /** By how much the service's clock is ahead of GitHub's; a test may let it jump. */
  aheadMs: number;
  #service: Service | null = null;

  private constructor(
    readonly gh: Emulator,
    readonly repo: RepositoryHandle,
    readonly installation: InstallationHandle,
    readonly options: StageOptions,
  ) {
    this.aheadMs = options.aheadMs ?? 0;
  }

  /** `acme/shop`: ada wrote the postmortems, lisa and dev can be assigned, eve is a stranger. It is Mon 16 Sep 2024, 09:00 UTC. */
  static async start(options: StageOptions = {}): Promise<Stage> {
    const world = worldOf(options);
    if (world === null) return Stage.#start(options, null);
    let known = KNOWN.get(world);
    if (known === undefined) {
      const first = await Stage.#start(options, null);
      known = copyDatabase(first.dataDir);
      KNOWN.set(world, known);
      await first.close();
    }
    return Stage.#start(options, known);
  }

  /** `known`: the database as a first start in the same world left it; null for a first start. */
  static async #start(options: StageOptions, known: Buffer | null): Promise<Stage> {
    const start = new Date(options.now ?? "2024-09-16T09:00:00Z");
    const gh = await Emulator.start({
      now: () => start,
      webhookSecret: "a-secret-of-tests",
      events: EVENTS,
      limitsByClock: options.limitsByClock ?? false,
    });
    gh.webhooks.timeoutMs = PATIENCE_MS;
    gh.organisation("acme", { members: ["ada", "lisa", "dev"], teams: { platform: ["lisa"] } });
    gh.user("eve");
    const files = { "README.md": "# shop\n", ...options.files };
    const repo = gh.repository("acme/shop", { members: { ada: "write", lisa: "write", dev: "triage" }, files });
    // The first start was told of it.
    gh.webhooks.drop = () => known !== null;
    const installation = gh.installApp({
      on: ["acme/shop"],
      by: "ada",
      ...(options.permissions && { permissions: options.permissions }),
    });
    gh.webhooks.drop = () => false;
    const stage = new Stage(gh, repo, installation, options);
    if (known !== null) putDatabase(stage.dataDir, known);
    else if (!options.databaseUrl) await emptyDatabase(stage.dataDir);
    await stage.startService();
    await stage.settle();
    if (known !== null) return stage;
    // Schedules begin with their next slot after the App is first seen.
    await stage.service.tick();
    await stage.settle();
    return stage;
  }

  get service(): Service {
    if (!this.#service) throw new Error("the service is not running");
    return this.#service;
  }

  /** What the service's clock shows. */
  now(): Date {
    return new Date(this.gh.clock.now().getTime() + this.aheadMs);
  }

  settings(): Settings {
    const database = this.options.databaseUrl ? { DATABASE_URL: this.options.databaseUrl } : {};
    return readSettings({
      ...this.gh.environment,
      ...database,
      ...this.options.environment,
      PORT: "0",
      HOST: "127.0.0.1",
      DATA_DIR: this.dataDir,
      LOG_LEVEL: "silent",
    });
  }

  async startService(): Promise<void> {
    const { log: lines } = this.options;
    const log = lines ? createLog("trace", lines) : createLog(process.env.TEST_LOG ?? "silent");
    const { timeoutMs = PATIENCE_MS, reading } = this.options;
    const now = () => this.now();
    this.#service = await startService(this.settings(), {
      log,
      now,
      background: false,
      reading: { ...BUILT_READING, ...reading },
      timeoutMs,
    });
    this.gh.webhooks.url = `http://127.0.0.1:${this.#service.port}/api/github/webhooks`;
  }

  async stopService(): Promise<void> {
    await this.#service?.stop();
    this.#service = null;
  }

  /** Loses all that is kept beside GitHub; the service starts again, and builds it from what GitHub shows. */
  async loseDatabase(): Promise<void> {
    await this.stopService();
    rmSync(this.dataDir, { recursive: true });
    await this.startService();
    await this.settle();
  }

  /** Waits for the webhooks under way and runs the work they brought, until nothing is left to do. */
  async settle(): Promise<void> {
    await this.gh.webhooks.settled();
    await this.service.workers.drain();
    await this.gh.webhooks.settled();
    await this.service.workers.drain();
  }

  /** Lets time pass until nothing is left to be tried again. */
  async recover(): Promise<void> {
    for (let round = 0; round < 30; round++) {
      await this.settle();
      const next = await this.service.context.store.work.nextAt(this.now());
      if (next === null) return;
      this.gh.clock.set(new Date(Date.parse(next) - this.aheadMs));
    }
    throw new Error("it is tried again for ever");
  }

  /** Proposes files in a pull request by `as`, merges it, and lets the service work. Returns the pull request's number. */
  async merge(files: Record<string, FileChange>, as = "ada"): Promise<number> {
    const actor = this.repo.as(as);
    const pull = actor.proposeFiles(files, "Add a postmortem");
    actor.mergePull(pull.number);
    await this.settle();
    return pull.number;
  }

  /** Moves the clock and lets the schedules and the work they bring run. */
  async advanceTo(instant: string): Promise<void> {
    this.gh.clock.set(new Date(instant));
    await this.service.tick();
    await this.settle();
  }

  /** Tracking issues: all but the digest. */
  trackingIssues() {
    return this.repo.issues.filter((issue) => issue.labels.some((label) => label.name === "action-item"));
  }

  /** The one status comment on a pull request. */
  status(pull: number): string {
    const own = this.repo
      .comments(pull)
      .filter((comment) => comment.user.login.endsWith("[bot]") && comment.body.includes("follow-through:status"));
    assert.equal(own.length, 1, "status comments on the pull request");
    return own[0]?.body ?? "";
  }

  /** How many requests (of a method) were sent since `from`, an earlier `gh.requests.length`. */
  spent(from: number, method?: string): number {
    return this.gh.requests.slice(from).filter((request) => !method || request.method === method).length;
  }

  async close(): Promise<void> {
    await this.stopService();
    await this.gh.close();
    rmSync(this.dataDir, { recursive: true, force: true });
    assert.deepEqual(this.gh.violations, []);
    assert.deepEqual(this.gh.limitBreaches, []);
  }
}
