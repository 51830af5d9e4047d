/** A working day of so many organisations, on PostgreSQL with three replicas; and what it cost. */
import { setImmediate as breathe, setTimeout as pause } from "node:timers/promises";
import { emptySchema } from "../../support/schema.js";
import { Database, median, quantile, type Statement, type TableSize } from "./measures.js";
import { Replicas } from "./replicas.js";
import { type Found, type Size, Town } from "./town.js";

const REPLICAS = 3;
const MINUTE_MS = 60_000;
const QUARTER = 15;
const DAY_BEGINS = new Date("2024-09-16T09:00:00Z");
/** The night's sweep of each repository of a large organisation is due by then. */
const NIGHT = new Date("2024-09-17T03:15:00Z");
/** In which part of the day a replica is killed, another started, and all of them upgraded. */
const KILLED_AT = 0.3;
const REPLACED_AT = 0.4;
const UPGRADED_AT = 0.7;
/** What is left after so long is stuck. */
const PATIENCE_MS = 10 * MINUTE_MS;

export interface DayFigures {
  readonly installations: number;
  readonly repositories: number;
  readonly hours: number;
  /** Requests an installation in each hour of the working day. */
  readonly requests: { readonly median: number; readonly p99: number; readonly worst: number; readonly all: number };
  /** Requests as the App itself an hour, tokens apart. */
  readonly appRequests: number;
  /** Requests an installation, of the first contact and of the night. */
  readonly first: number;
  readonly night: number;
  readonly deliveries: number;
  readonly failedDeliveries: number;
  readonly lostDeeds: number;
  /** Seconds. */
  readonly age: Readonly<Record<"people" | "schedules" | "merges", { readonly p50: number; readonly p99: number }>>;
  readonly tables: readonly TableSize[];
  /** Null where PostgreSQL does not count them. */
  readonly statements: readonly Statement[] | null;
  readonly cpuSeconds: number;
  readonly peakMiB: number;
  readonly seconds: number;
  readonly findings: readonly Found[];
  readonly said: readonly string[];
}

/** Passes a day, in a schema of its own in the database of TEST_DATABASE_URL. */
export async function runDay(size: Size): Promise<DayFigures> {
  const place = await emptySchema();
  const day = await Day.begin(size, place.databaseUrl);
  try {
    return await day.pass();
  } finally {
    await day.close();
    await place.remove();
  }
}

interface Spent {
  readonly by: ReadonlyMap<string, number>;
  readonly app: number;
}

class Day {
  readonly #started = performance.now();

  private constructor(
    readonly size: Size,
    readonly town: Town,
    readonly replicas: Replicas,
    readonly database: Database,
  ) {}

  static async begin(size: Size, databaseUrl: string): Promise<Day> {
    const town = await Town.build(size);
    const replicas = new Replicas({ ...town.gh.environment, DATABASE_URL: databaseUrl });
    town.gh.webhooks.url = await replicas.start(REPLICAS);
    return new Day(size, town, replicas, await Database.open(databaseUrl));
  }

  async pass(): Promise<DayFigures> {
    const { town, replicas, database } = this;
    const { installations, hours } = this.size;
    await this.#quiet();
    await replicas.tick();
    town.listen();
    town.sunday();
    await this.#settled();
    const counted = await database.countStatements();
    const first = this.#spent(0);
    const cpuBefore = replicas.cpuSeconds;
    database.watch();
    const from = town.gh.requests.length;
    const hourly = await this.#work();
    const requests = hourly.flatMap(({ by }) => [...by.values(), ...Array(installations - by.size).fill(0)]);
    const statements = counted ? await database.statements() : null;
    const cpuSeconds = replicas.cpuSeconds - cpuBefore;
    const ages = database.ages;
    const beforeNight = town.gh.requests.length;
    await this.#at(NIGHT);
    await this.#settled();
    const { dead, all, intents } = await database.listed();
    const deliveries = town.gh.webhooks.log;
    const middle = (numbers: readonly number[]) => ({ p50: median(numbers), p99: quantile(numbers, 0.99) });
    return {
      installations,
      repositories: town.repositories,
      hours,
      requests: {
        median: median(requests),
        p99: quantile(requests, 0.99),
        worst: Math.max(...requests),
        all: beforeNight - from,
      },
      appRequests: median(hourly.map(({ app }) => app)),
      first: median([...first.by.values()]),
      night: median([...this.#spent(beforeNight).by.values()]),
      deliveries: deliveries.length,
      failedDeliveries: deliveries.filter(({ status }) => status !== "OK").length,
      lostDeeds: town.lost,
      age: {
        people: middle(ages.people),
        schedules: middle(ages.schedules),
        merges: middle(town.answered.map((ms) => ms / 1000)),
      },
      tables: await database.sizes(),
      statements,
      cpuSeconds,
      peakMiB: replicas.peakMiB,
      seconds: (performance.now() - this.#started) / 1000,
      findings: [
        ...town.findings(),
        {
          name: "no work is left, none was given up",
          detail: all > 0 ? `${all} are left, ${dead} were given up` : null,
        },
        { name: "no write is left in doubt", detail: intents > 0 ? `${intents} are` : null },
      ],
      said: replicas.said,
    };
  }

  async close(): Promise<void> {
    await this.replicas.close();
    await this.database.close();
    await this.town.gh.close();
  }

  /** The working day, by quarters of an hour; gives what each hour cost. */
  async #work() {
    const { town, replicas } = this;
    const { hours } = this.size;
    const deeds = town.deeds(hours);
    const quarters = hours * (60 / QUARTER);
    const upheavals = new Map<number, () => Promise<void>>([
      [Math.floor(KILLED_AT * quarters), () => replicas.killOne()],
      [Math.floor(REPLACED_AT * quarters), () => replicas.replaceOne()],
      [Math.floor(UPGRADED_AT * quarters), () => replicas.upgrade()],
    ]);
    const hourly: Spent[] = [];
    let from = town.gh.requests.length;
    for (let quarter = 0; quarter < quarters; quarter++) {
      await this.#at(new Date(DAY_BEGINS.getTime() + quarter * QUARTER * MINUTE_MS));
      const now = deeds.filter(({ minute }) => Math.floor(minute / QUARTER) === quarter);
      const upheaval = upheavals.get(quarter)?.();
      for (const deed of now) {
        town.happen(deed);
        // The replicas ask meanwhile, as they do while people work.
        await breathe();
      }
      await upheaval;
      await this.#quiet();
      if ((quarter + 1) % (60 / QUARTER) !== 0) continue;
      hourly.push(this.#spent(from));
      from = town.gh.requests.length;
    }
    return hourly;
  }

  /** GitHub's clock moves on, and the replicas tick. */
  async #at(instant: Date): Promise<void> {
    this.town.gh.clock.set(instant);
    await this.replicas.tick();
  }

  /** Waits until nothing is due; what waits until later is left to the hours that come. */
  async #quiet(): Promise<void> {
    for (const deadline = Date.now() + PATIENCE_MS; Date.now() < deadline; await pause(50)) {
      await this.town.gh.webhooks.settled();
      if ((await this.database.waiting()).left === 0) return;
    }
    throw new Error(`the work list does not become empty: ${this.replicas.said.slice(-5).join("\n")}`);
  }

  /** Waits until nothing is on the list. */
  async #settled(): Promise<void> {
    for (const deadline = Date.now() + PATIENCE_MS; Date.now() < deadline; await pause(200)) {
      await this.#quiet();
      const { all, dead } = await this.database.listed();
      if (all === dead) return;
    }
  }

  /** Requests from a place in the log on, of each installation and of the App itself; tokens, one an hour, apart. */
  #spent(from: number): Spent {
    const by = new Map<string, number>();
    let app = 0;
    for (const { actor, path } of this.town.gh.requests.slice(from)) {
      if (path.endsWith("/access_tokens")) continue;
      if (actor === "app") app++;
      else if (actor !== "") by.set(actor, (by.get(actor) ?? 0) + 1);
    }
    return { by, app };
  }
}
