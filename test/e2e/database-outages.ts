/**
 * Ways in which the database goes away, fills up or turns read-only under the running service, while deliveries arrive: it answers
 * 503, waits and goes on by itself. What was acknowledged is done, what was not can be delivered again, and either way everything is
 * done once.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { expect, vi } from "vitest";
import { Emulator } from "../../emulator/emulator.js";
import type { RepositoryHandle } from "../../emulator/handles.js";
import type { Delivery } from "../../emulator/webhooks.js";
import { Child } from "../chaos/child.js";
import { startCluster } from "../support/cluster.js";
import { heldFolder } from "../support/held-folder.js";
import { startProxy } from "../support/proxy.js";
import { smallDisk } from "../support/small-disk.js";

/** Leases run out meanwhile, and beside much other work each step takes several times as long. */
const PATIENCE = { timeout: 240_000, interval: 100 };
/** For one case, in which there are several such waits. */
export const CASE_MS = 900_000;

/** Where the service keeps its data, and how that is brought into trouble and out of it again. */
interface Database {
  readonly env: { readonly DATA_DIR: string; readonly DATABASE_URL?: string };
  begin(): Promise<void> | void;
  end(): Promise<void> | void;
  remove(): Promise<void> | void;
}

export interface Case {
  readonly name: string;
  /** What /readyz says meanwhile. */
  readonly says: string;
  readonly open: () => Promise<Database>;
}

/** A cluster of the test's own, and what to do to it; each gets a way to run statements on it. */
function postgres(
  begin: (cluster: NonNullable<Awaited<ReturnType<typeof startCluster>>>, run: Run) => Promise<void>,
  end: (cluster: NonNullable<Awaited<ReturnType<typeof startCluster>>>, run: Run) => Promise<void>,
): () => Promise<Database> {
  return async () => {
    const cluster = await startCluster();
    if (cluster === null) throw new Error("PostgreSQL does not start here");
    const dataDir = mkdtempSync(join(tmpdir(), "follow-through-outage-"));
    const run: Run = async (...statements) => {
      const client = new pg.Client({ connectionString: cluster.url });
      await client.connect();
      // So that it can take back what it did to itself.
      await client.query("set default_transaction_read_only = off");
      for (const statement of statements) await client.query(statement);
      await client.end();
    };
    return {
      env: { DATA_DIR: dataDir, DATABASE_URL: cluster.url },
      begin: () => begin(cluster, run),
      end: () => end(cluster, run),
      async remove() {
        await cluster.remove();
        rmSync(dataDir, { recursive: true, force: true });
      },
    };
  };
}
type Run = (...statements: string[]) => Promise<void>;

/** PostgreSQL's own word for a full disk, from the real server, for each write to the tables that every piece of work touches. */
const REFUSE = `create function refuse() returns trigger language plpgsql as
  $$ begin raise exception 'could not extend file: No space left on device' using errcode = '53100'; end $$`;
const REFUSED = ["work", "lane", "slot"];

export const POSTGRES: readonly Case[] = [
  {
    name: "PostgreSQL stopped fast",
    says: "The database does not answer.",
    open: postgres(
      (cluster) => cluster.stop("fast"),
      (cluster) => cluster.start(),
    ),
  },
  {
    name: "PostgreSQL stopped immediately",
    says: "The database does not answer.",
    open: postgres(
      (cluster) => cluster.stop("immediate"),
      (cluster) => cluster.start(),
    ),
  },
  {
    name: "PostgreSQL out of reach",
    says: "The database does not answer.",
    async open() {
      const behind = await postgres(
        async () => {},
        async () => {},
      )();
      const proxy = await startProxy(behind.env.DATABASE_URL ?? "");
      return {
        env: { ...behind.env, DATABASE_URL: proxy.url },
        begin: () => proxy.cut("refuse"),
        end: () => proxy.restore(),
        async remove() {
          await proxy.close();
          await behind.remove();
        },
      };
    },
  },
  {
    name: "PostgreSQL read-only",
    says: "The database is read-only.",
    open: postgres(
      (_, run) => run("alter system set default_transaction_read_only = on", "select pg_reload_conf()"),
      (_, run) => run("alter system reset default_transaction_read_only", "select pg_reload_conf()"),
    ),
  },
  {
    name: "PostgreSQL full",
    says: "The database has no room left.",
    open: postgres(
      (_, run) =>
        run(
          REFUSE,
          ...REFUSED.map(
            (table) => `create trigger no_room before insert or update or delete on ${table} execute function refuse()`,
          ),
        ),
      (_, run) => run("drop function refuse cascade"),
    ),
  },
];

/** Well over what SQLite's log takes before it is written back, which is four. */
const DISK_MEGABYTES = 32;

const onSmallDisk = async (): Promise<Database> => {
  const disk = smallDisk(DISK_MEGABYTES);
  if (disk === null) throw new Error("no small disk here");
  return {
    env: { DATA_DIR: disk.folder },
    begin: () => disk.fill(),
    end: () => disk.empty(),
    remove: () => disk.remove(),
  };
};

export const SQLITE_FULL: Case = {
  name: "SQLite on a full disk",
  says: "The database has no room left.",
  open: onSmallDisk,
};

/** As a disk does that met a fault: what is open there can be read, and takes no writes. */
const inHeldFolder = async (): Promise<Database> => {
  const held = heldFolder();
  if (held === null) throw new Error("no folder can be held here");
  return {
    env: { DATA_DIR: held.folder },
    begin: () => held.hold(),
    end: () => held.release(),
    remove: () => held.remove(),
  };
};

export const SQLITE_HELD: Case = {
  name: "SQLite in a folder that turns read-only",
  says: "The files of the database cannot be read or written.",
  open: inHeldFolder,
};

/** The service as a process of its own, on an emulated GitHub with one repository. */
class Scene {
  readonly #merged: number[] = [];

  private constructor(
    readonly gh: Emulator,
    readonly repo: RepositoryHandle,
    readonly service: Child,
    readonly port: number,
  ) {}

  static async start(database: Database): Promise<Scene> {
    const gh = await Emulator.start({ webhookSecret: "a-secret-of-tests" });
    gh.organisation("acme", { members: ["ada"] });
    const repo = gh.repository("acme/shop", { members: { ada: "write" } });
    gh.installApp({ on: ["acme/shop"] });
    const env = { ...gh.environment, ...database.env, HOST: "127.0.0.1", PORT: "0", LOG_LEVEL: "info" };
    const service = new Child("main", [], env);
    const port = await service.listening();
    if (port === null) throw new Error(service.said.join("\n"));
    gh.webhooks.url = `http://127.0.0.1:${port}/api/github/webhooks`;
    return new Scene(gh, repo, service, port);
  }

  async readiness(): Promise<readonly [number, string]> {
    const answer = await fetch(`http://127.0.0.1:${this.port}/readyz`);
    return [answer.status, (await answer.text()).trim()];
  }

  /** Merges so many postmortems more, one item each. */
  async merge(count: number): Promise<void> {
    for (let one = 0; one < count; one++) {
      const number = this.#merged.length;
      this.#merged.push(number);
      const text = `# Outage ${number}\n\n## Action items\n\n- [ ] ${titleOf(number)}\n`;
      const ada = this.repo.as("ada");
      const pull = ada.proposeFiles({ [`postmortems/${number}.md`]: text }, `Outage ${number}`, `outage-${number}`);
      ada.mergePull(pull.number);
      await pause(40);
    }
  }

  get titles(): string[] {
    return this.repo.issues.flatMap((issue) => (issue.viaApp ? issue.title : [])).sort();
  }

  get wanted(): string[] {
    return this.#merged.map(titleOf).sort();
  }

  /**
   * Until every delivery is answered and nothing is left to do, and nothing was given up. The service is asked, not its database: SQLite keeps
   * what this process closed alive for a while, and a bus error where the disk fills up meanwhile would end the tests.
   */
  async quiet(): Promise<void> {
    await this.gh.webhooks.settled();
    await vi.waitFor(async () => {
      const metrics = await (await fetch(`http://127.0.0.1:${this.port}/metrics`)).text();
      const queue = [...metrics.matchAll(/^follow_through_queue\{state="(\w+)"\} (\d+)$/gm)];
      expect(Object.fromEntries(queue.map(([, state, amount]) => [state, Number(amount)]))).toEqual({
        ready: 0,
        waiting: 0,
        leased: 0,
        dead: 0,
      });
    }, PATIENCE);
  }

  async close(): Promise<void> {
    await this.service.kill();
    await this.gh.close();
  }
}

const titleOf = (number: number) => `Fix part number ${number} of the pool`;

/** The number of the postmortem that the pull request of a delivery brings. */
const numberOf = ({ body }: Delivery): number => Number(/"title":"Outage (\d+)"/.exec(body)?.[1]);

/** Plays one case on the real service, from a quiet start to a quiet end. */
export async function outlives({ open, says }: Case): Promise<void> {
  const database = await open();
  try {
    const scene = await Scene.start(database);
    await outlivesIn(scene, database, says).finally(() => scene.close());
  } finally {
    await database.remove();
  }
}

async function outlivesIn(scene: Scene, database: Database, says: string): Promise<void> {
  await scene.quiet();
  const before = scene.gh.webhooks.log.length;
  const during = scene.merge(10);
  await pause(100);
  await database.begin();
  await during;
  await scene.merge(2);
  await scene.gh.webhooks.settled();
  expect(scene.service.gone, scene.service.said.join("\n")).toBe(false);
  await vi.waitFor(async () => expect(await scene.readiness()).toEqual([503, says]), PATIENCE);
  const told = scene.gh.webhooks.log.slice(before);
  const failed = told.filter(({ status }) => status !== "OK");
  expect(failed.length).toBeGreaterThan(0);
  expect(new Set(failed.map(({ statusCode }) => statusCode))).toEqual(new Set([503]));
  expect(failed.at(-1)?.responseBody).toBe(`${says} The delivery is not recorded; deliver it again later.\n`);

  await database.end();
  await vi.waitFor(async () => expect(await scene.readiness()).toEqual([200, "ready"]), PATIENCE);
  await scene.merge(2);
  await scene.quiet();
  const merges = scene.gh.webhooks.log.filter(({ event, action }) => event === "pull_request" && action === "closed");
  const acknowledged = merges.filter(({ status }) => status === "OK").map((one) => titleOf(numberOf(one)));
  expect(scene.titles).toEqual(expect.arrayContaining(acknowledged));

  for (const delivery of failed) scene.gh.webhooks.redeliver(delivery);
  await scene.quiet();
  expect(scene.titles).toEqual(scene.wanted);
  expect((await scene.service.stop()).code).toBe(0);
}
