/**
 * One run through everything the App creates, with the real built service and command line on an emulated GitHub: the
 * service starts, a postmortem with twelve items is proposed and merged, two people write commands, all items fall
 * overdue, a digest is due. In each stage the process at work may be killed once, at a boundary of a request; then it is
 * started again on the same data, and goes on.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { Emulator } from "../../emulator/emulator.js";
import type { InstallationHandle, RepositoryHandle } from "../../emulator/handles.js";
import type { RequestRecord } from "../../emulator/server.js";
import { openStore } from "../../src/store/open.js";
import type { Store } from "../../src/store/types.js";
import { emptySchema } from "../support/schema.js";
import { Child } from "./child.js";
import { type Finding, invariants } from "./invariants.js";
import { nameOf, type Phase, type Plan, type Point, requestName, type Stage } from "./points.js";

const DAY_MS = 86_400_000;
const PATH = "postmortems/cache.md";
/** Some can be assigned, some cannot, some are known by name only, some nobody owns. */
const OWNERS = ["@lisa", "@dev", "@ada", "@eve", "@acme/platform", "Web Team", ""];
/** The lease of either process, and some more. */
const LEASE_MS = 16_000;
const LIMIT_MS = 60_000;
/** Where the clock jumps while work runs. */
const JUMP = "merge after-response 3 POST /repos/acme/shop/issues";
const SHIFTED_CLOCK = new URL("../support/shifted-clock.mjs", import.meta.url).href;

export interface Outcome {
  readonly findings: readonly Finding[];
  /** Every boundary that was passed. */
  readonly passed: readonly Point[];
  /** Which of the planned kills happened. */
  readonly killed: readonly Point[];
  /** What the processes said last, for a failure. */
  readonly said: readonly string[];
}

export type Engine = Store["engine"];

/** How the clock of the processes' machine is wrong. */
export interface WrongClock {
  /** By how much it is ahead of GitHub's, in milliseconds. */
  readonly aheadMs: number;
  /** By how much it jumps at each kill, and once in the middle of the merge. */
  readonly jumpMs?: number;
}

/** Runs one world on a database of its own; without a plan nothing is killed, which shows where it could be. */
export async function run(engine: Engine, plan: Plan = {}, clock?: WrongClock): Promise<Outcome> {
  const world = await World.build(engine, plan, clock);
  try {
    await world.tell();
    return { findings: await invariants(world), ...world.outcome() };
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    return { findings: [{ name: "the story ends", detail }], ...world.outcome() };
  } finally {
    await world.close();
  }
}

export class World {
  readonly started = new Date();
  /** The pull request that brings the postmortem. */
  pull = 0;
  /** How the service ended when it was asked to stop at the end. */
  exitCode: number | null = null;
  readonly #passed: Point[] = [];
  readonly #killed: Point[] = [];
  readonly #counts = new Map<string, number>();
  /** Each request's own point, at its first boundary. */
  readonly #requests = new WeakMap<RequestRecord, Point>();
  #stage: Stage = "start";
  #service: Child | null = null;
  #atWork: Child | null = null;
  /** By how much the processes' clock is ahead right now. */
  #aheadMs = 0;

  private constructor(
    readonly gh: Emulator,
    readonly repo: RepositoryHandle,
    readonly installation: InstallationHandle,
    readonly plan: Plan,
    readonly database: Database,
    readonly store: Store,
    readonly clock: WrongClock | undefined,
  ) {
    this.#setClock(clock?.aheadMs ?? 0);
    gh.onRequest = (phase, record) => this.#boundary(phase, record);
  }

  static async build(engine: Engine, plan: Plan, clock?: WrongClock): Promise<World> {
    const gh = await Emulator.start({ webhookSecret: "a-secret-of-tests" });
    gh.organisation("acme", { members: ["ada", "lisa", "dev"], teams: { platform: ["lisa"] } });
    gh.user("eve");
    const repo = gh.repository("acme/shop", { members: { ada: "write", lisa: "write", dev: "triage" } });
    const installation = gh.installApp({ on: ["acme/shop"] });
    const database = await emptyDatabase(engine);
    return new World(gh, repo, installation, plan, database, await openStore(database), clock);
  }

  async tell(): Promise<void> {
    await this.#serve();
    this.#begin("check");
    const ada = this.repo.as("ada");
    this.pull = ada.proposeFiles({ [PATH]: postmortem(this.#day(3)) }, "Add a postmortem").number;
    await this.#quiet();
    this.#begin("merge");
    ada.mergePull(this.pull);
    await this.#quiet();
    this.#begin("commands");
    const [first = 0, second = 0] = this.repo.issues.flatMap((issue) => (issue.viaApp ? issue.number : []));
    this.repo.as("dev").comment(first, `/due ${this.#day(4)} the part is late\n/due some day`);
    ada.comment(second, "/snooze 1 day\n/assign @dev\n/help");
    await this.#quiet();
    this.#begin("nudges");
    // On the first days each who has something overdue is told, and ada with them, who reads along; then she is asked of what nobody has.
    for (const days of [5, 6, 7]) await this.#twice("nudges", `${this.#day(days)}T09:00:00Z`);
    this.#begin("digest");
    await this.#twice("digest", `${this.#day(5)}T09:00:00Z`);
    this.exitCode = (await this.#service?.stop())?.code ?? null;
  }

  /** As somebody would after a crash; a second pass has nothing left to say. */
  async #twice(kind: "nudges" | "digest", now: string): Promise<void> {
    for (let times = 0; times < 2; times++) await this.#command("run", kind, "--now", now);
  }

  outcome() {
    const said = [...(this.#service?.said ?? []), ...(this.#atWork?.said ?? [])].slice(-40);
    return { passed: this.#passed, killed: this.#killed, said };
  }

  async close(): Promise<void> {
    this.gh.onRequest = () => {};
    await Promise.all([this.#service?.kill(), this.#atWork?.kill()]);
    await this.store.close();
    await this.gh.close();
    await this.database.remove();
  }

  /** A day so many after today, as real time has it: the service asks the machine's clock. */
  #day(after: number): string {
    return new Date(this.started.getTime() + after * DAY_MS).toISOString().slice(0, 10);
  }

  /** What the processes' clock shows. */
  #now(): Date {
    return new Date(Date.now() + this.#aheadMs);
  }

  #setClock(aheadMs: number): void {
    this.#aheadMs = aheadMs;
    if (this.clock) writeFileSync(this.#clockFile(), String(aheadMs));
  }

  #clockFile(): string {
    return join(this.database.dataDir, "clock");
  }

  #begin(stage: Stage): void {
    this.#stage = stage;
    this.#counts.clear();
  }

  /** Notes the boundary, and kills where the plan says so. */
  async #boundary(phase: Phase, record: RequestRecord): Promise<void> {
    const point: Point = { ...this.#pointOf(record), phase };
    this.#passed.push(point);
    if (nameOf(point) === JUMP) this.#setClock(this.#aheadMs + (this.clock?.jumpMs ?? 0));
    const planned = this.plan[point.stage];
    if (!planned || nameOf(planned) !== nameOf(point) || this.#killed.includes(planned)) return;
    this.#killed.push(planned);
    await this.#atWork?.kill();
    this.#setClock(this.#aheadMs + (this.clock?.jumpMs ?? 0));
    // What was killed before it sent this never sent it.
    if (phase === "before") this.gh.faults.add({ method: record.method, fault: { kind: "reset-before" } });
  }

  #pointOf(record: RequestRecord): Point {
    const known = this.#requests.get(record);
    if (known) return known;
    const request = requestName(record);
    const nth = (this.#counts.get(request) ?? 0) + 1;
    this.#counts.set(request, nth);
    const point: Point = { stage: this.#stage, phase: "before", nth, request };
    this.#requests.set(record, point);
    return point;
  }

  /** Runs the service until there is nothing left to do, starting it again where it was killed. */
  async #quiet(): Promise<void> {
    const deadline = Date.now() + LIMIT_MS;
    for (;;) {
      await this.gh.webhooks.settled();
      if (this.#service?.gone) await this.#serveAgain();
      const { ready, waiting, leased, dead } = await this.store.work.stats(this.#now());
      if (dead > 0) throw new Error("work was given up");
      if (ready + waiting + leased === 0) return;
      if (Date.now() > deadline) throw new Error("the work list does not become empty");
      await pause(50);
    }
  }

  /** Starts the service, again where it is killed while it starts, and waits until it is idle. */
  async #serve(): Promise<void> {
    for (;;) {
      // On SQLite a service that starts frees the leases of the one before it; replicas cannot know who is dead.
      if (this.store.engine === "postgres") await this.#leasesRunOut();
      const service = new Child("main", [], this.#environment());
      this.#service = service;
      this.#atWork = service;
      const port = await service.listening();
      if (port !== null) {
        this.gh.webhooks.url = `http://127.0.0.1:${port}/api/github/webhooks`;
        return this.#quiet();
      }
      if (!service.killed) throw new Error("the service does not start");
    }
  }

  async #serveAgain(): Promise<void> {
    if (!this.#service?.killed) throw new Error("the service ended by itself");
    await this.#serve();
  }

  /** Runs a command beside the service, and again where it was killed. */
  async #command(...args: string[]): Promise<void> {
    const command = new Child("cli", args, this.#environment());
    this.#atWork = command;
    const { code } = await command.exited;
    if (command.killed) return this.#leasesRunOut();
    if (code !== 0) throw new Error(`${args.join(" ")} ended with ${code}`);
  }

  /** Lets the time pass in which the leases of who was killed run out: they are taken over as of later, and given back. */
  async #leasesRunOut(): Promise<void> {
    const later = new Date(this.#now().getTime() + LEASE_MS);
    const at = { installationId: this.installation.id, repositoryId: this.repo.state.id };
    for (const work of [
      { kind: "installation", ...at },
      { kind: "sweep", ...at },
    ] as const) {
      const claim = await this.store.work.claimLane(work, "chaos", later, 1);
      if (claim) await this.store.work.complete(claim, later);
    }
  }

  #environment(): Record<string, string> {
    const { dataDir, databaseUrl } = this.database;
    return {
      ...this.gh.environment,
      ...(databaseUrl && { DATABASE_URL: databaseUrl }),
      DATA_DIR: dataDir,
      HOST: "127.0.0.1",
      PORT: "0",
      LOG_LEVEL: "info",
      ...(this.clock && { CLOCK_FILE: this.#clockFile(), NODE_OPTIONS: `--import=${SHIFTED_CLOCK}` }),
    };
  }
}

interface Database {
  readonly databaseUrl?: string;
  /** Where the processes run, with SQLite's files. */
  readonly dataDir: string;
  remove(): Promise<void>;
}

async function emptyDatabase(engine: Engine): Promise<Database> {
  const dataDir = mkdtempSync(join(tmpdir(), "follow-through-chaos-"));
  const schema = engine === "postgres" ? await emptySchema() : null;
  return {
    ...(schema && { databaseUrl: schema.databaseUrl }),
    dataDir,
    async remove() {
      await schema?.remove();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

export const ITEMS = Array.from(
  { length: 12 },
  (_, index) => `Fix part ${String.fromCharCode(65 + index)} of the cache`,
);

function postmortem(due: string): string {
  const rows = ITEMS.map((item, index) => `| ${item} | ${OWNERS[index % OWNERS.length]} | ${due} |`);
  return ["# Cache outage", "", "## Action items", "", "| Action | Owner | Due |", "|---|---|---|", ...rows, ""].join(
    "\n",
  );
}
