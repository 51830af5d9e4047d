/**
 * Runs a suite on both engines, each test on empty databases of its own that are gone afterwards.
 *
 *   describeOnBothEngines("the work list", (open) => {
 *     test("…", async () => {
 *       const store = await open();
 *       const replica = await open.again();
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Kysely } from "kysely";
import { afterEach, describe } from "vitest";
import { SILENT } from "../../src/jobs/log.js";
import { type OpenOptions, openStore } from "../../src/store/open.js";
import { openPool, postgresDialect, postgresTrouble } from "../../src/store/postgres.js";
import type { Schema } from "../../src/store/schema.js";
import { openFile, sqliteDialect, sqliteTrouble } from "../../src/store/sqlite.js";
import { Watch } from "../../src/store/trouble.js";
import type { Store } from "../../src/store/types.js";
import { emptyDatabase, emptySchema } from "./schema.js";

export type Engine = Store["engine"];

export interface Open {
  /** An empty database, opened. */
  (): Promise<Store>;
  /** One more handle on the database that was opened last: another replica, or the command line beside the service. */
  again(): Promise<Store>;
  /** The address of an empty database, not opened yet; it becomes the one that `again` opens. */
  address(): Promise<OpenOptions>;
}

/**
 * Has every suite that is imported after this run on PostgreSQL only, and through a pooler: to see that nothing depends on more
 * than a pooler lets through.
 */
export function useOnlyPooler(server: string, pooler: string): void {
  process.env.TEST_DATABASE_URL = server;
  process.env.TEST_POOLER_URL = pooler;
}

/** `body` declares the tests; on PostgreSQL they are skipped, and counted so, where there is none (see `postgres.ts`). */
export function describeOnBothEngines(name: string, body: (open: Open, engine: Engine) => void): void {
  if (!process.env.TEST_POOLER_URL) describeOnSqlite(name, (open) => body(open, "sqlite"));
  describeOnPostgres(name, (open) => body(open, "postgres"));
}

/** For what is seen well enough on one engine. */
function describeOnSqlite(name: string, body: (open: Open) => void): void {
  describe(`${name} on SQLite`, () => body(opener(sqliteAddress)));
}

/** For what only PostgreSQL can do; skipped, and counted so, where there is none. */
export function describeOnPostgres(name: string, body: (open: Open) => void): void {
  describe.skipIf(!process.env.TEST_DATABASE_URL)(`${name} on PostgreSQL`, () => body(opener(postgresAddress)));
}

/** The database without the store around it; to be destroyed after. */
export function bareDatabase(options: OpenOptions): Kysely<Schema> {
  const dialect = options.databaseUrl
    ? postgresDialect(openPool(options.databaseUrl, SILENT, 2), new Watch(postgresTrouble), () => {})
    : sqliteDialect(openFile(join(options.dataDir, "follow-through.db")), new Watch(sqliteTrouble), () => {});
  return new Kysely<Schema>({ dialect });
}

interface Address {
  readonly options: OpenOptions;
  remove(): Promise<void> | void;
}

function opener(address: () => Promise<Address>): Open {
  const stores: Store[] = [];
  const addresses: Address[] = [];
  afterEach(async () => {
    await Promise.all(stores.splice(0).map((store) => store.close()));
    await Promise.all(addresses.splice(0).map((made) => made.remove()));
  });
  const again = async () => {
    const last = addresses.at(-1);
    if (!last) throw new Error("open() a database first");
    const store = await openStore(last.options);
    stores.push(store);
    return store;
  };
  const fresh = async () => {
    const made = await address();
    addresses.push(made);
    return made.options;
  };
  return Object.assign(async () => fresh().then(again), { again, address: fresh });
}

/** A folder of its own for SQLite, without the `afterEach` of {@link describeOnBothEngines}. */
async function sqliteAddress(): Promise<Address> {
  const dataDir = mkdtempSync(join(tmpdir(), "follow-through-store-"));
  return { options: { dataDir }, remove: () => rmSync(dataDir, { recursive: true, force: true }) };
}

async function postgresAddress(): Promise<Address> {
  const { TEST_DATABASE_URL: server = "", TEST_POOLER_URL: pooler } = process.env;
  const { databaseUrl, remove } = await (pooler ? emptyDatabase(server, pooler) : emptySchema());
  return { options: { databaseUrl, dataDir: "", clock: "callers" }, remove };
}
