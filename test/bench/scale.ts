/**
 * `npm run bench:scale`: what events cost in requests to GitHub (`requests.ts`), and what the schedules cost by how much there is and by
 * how much is due, on SQLite and PostgreSQL.
 *
 *   scale on sqlite: a tick of the schedules (median of 5 alternating rounds of 20)
 *      nothing due over 1000 repositories 0.2 ms, over 100000 0.2 ms: 1.0 times (at most 2)
 *      1000 due of 100000: 412 ms (at most 1000)
 *
 * PostgreSQL is that of TEST_DATABASE_URL, else the one on this machine as the tests find it. Ends with 1 where a bound does not hold.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { openStore } from "../../src/store/open.js";
import type { Store } from "../../src/store/types.js";
import { tick } from "../../src/workflows/schedule.js";
import { anInstallation, aRepository } from "../store/samples.js";
import findPostgres from "../support/postgres.js";
import { emptySchema } from "../support/schema.js";
import { measureMemory } from "./memory.js";
import { measureRequests } from "./requests.js";

const FEW = 1_000;
const MANY = 100_000;
const DUE = 1_000;
const REPOSITORIES_AN_INSTALLATION = 50;
const ROUNDS = 5;
const TICKS_A_ROUND = 20;

const NOW = new Date("2024-09-16T10:10:00Z");
const LAST = "2024-09-16T09:07:00.000Z";
const NEXT = "2024-09-16T11:07:00.000Z";
const present = { now: NOW, wall: NOW };

const AT_MOST_TIMES = 2;
const AT_MOST_MS = 1_000;
let broken = 0;

/** Installations with their repositories, whose schedules are all worked off and come next in an hour. */
async function fill(store: Store, repositories: number): Promise<void> {
  await store.saveSlot(0, "deliveries", "2024-09-16T10:07:00.000Z");
  for (let first = 1; first <= repositories; first += REPOSITORIES_AN_INSTALLATION) {
    await store.transaction(async (tables) => {
      await tables.saveInstallation(anInstallation({ id: first, account: `org-${first}` }));
      for (let id = first; id < first + REPOSITORIES_AN_INSTALLATION; id++) {
        const owner = `org-${first}`;
        await tables.saveRepository(aRepository({ id, installationId: first, owner, name: `r${id}`, seen: {} }));
        for (const kind of ["sweep", "nudges", "digest"] as const) await tables.saveSlot(id, kind, LAST);
        await tables.saveNextTick([id], NEXT);
      }
    });
  }
}

async function milliseconds(body: () => Promise<unknown>): Promise<number> {
  const from = performance.now();
  await body();
  return performance.now() - from;
}

const median = (numbers: readonly number[]): number => [...numbers].sort((a, b) => a - b)[numbers.length >> 1] ?? 0;

/** The median time of a tick for which nothing is due in each of the stores, in alternating rounds. */
async function quietTicks(stores: readonly Store[]): Promise<number[]> {
  const times: number[][] = stores.map(() => []);
  for (let round = 0; round < ROUNDS; round++)
    for (const [index, store] of stores.entries()) {
      const ms = await milliseconds(async () => {
        for (let count = 0; count < TICKS_A_ROUND; count++) await tick(store, present);
      });
      times[index]?.push(ms / TICKS_A_ROUND);
    }
  return times.map(median);
}

function line(holds: boolean, text: string): void {
  if (!holds) broken++;
  console.log(`   ${holds ? "" : "TOO MUCH: "}${text}`);
}

async function measure(engine: string, few: Store, many: Store): Promise<void> {
  const [small = 0, large = 0] = await quietTicks([few, many]);
  console.log(
    `\nscale on ${engine}: a tick of the schedules (median of ${ROUNDS} alternating rounds of ${TICKS_A_ROUND})`,
  );
  line(
    large <= AT_MOST_TIMES * small,
    `nothing due over ${FEW} repositories ${small.toFixed(2)} ms, over ${MANY} ${large.toFixed(2)} ms: ` +
      `${(large / small).toFixed(1)} times (at most ${AT_MOST_TIMES})`,
  );
  await many.saveNextTick(
    Array.from({ length: DUE }, (_, index) => (index + 1) * (MANY / DUE)),
    LAST,
  );
  let added = 0;
  const ms = await milliseconds(async () => {
    added = await tick(many, present);
  });
  line(added === DUE && ms <= AT_MOST_MS, `${added} due of ${MANY}: ${ms.toFixed(0)} ms (at most ${AT_MOST_MS})`);
}

async function onSqlite(): Promise<void> {
  const folders = [0, 1].map(() => mkdtempSync(join(tmpdir(), "follow-through-scale-")));
  const stores = await Promise.all(folders.map((dataDir) => openStore({ dataDir })));
  const [few, many] = stores;
  try {
    if (!few || !many) return;
    await fill(few, FEW);
    await fill(many, MANY);
    await measure("sqlite", few, many);
  } finally {
    for (const store of stores) await store.close();
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  }
}

/** How often PostgreSQL read the whole table of repositories, in the schema of an address. It counts by the end of a connection. */
async function scansOf(databaseUrl: string): Promise<number> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query("analyze repository");
    const { rows } = await client.query(
      "select seq_scan from pg_stat_user_tables where relname = 'repository' and schemaname = current_schema()",
    );
    return Number(rows[0]?.seq_scan ?? 0);
  } finally {
    await client.end();
  }
}

/** Opens stores for as long as a body needs them. */
async function withStores(urls: readonly string[], body: (...stores: Store[]) => Promise<void>): Promise<void> {
  const open = (databaseUrl: string) => openStore({ databaseUrl, dataDir: "", clock: "callers" });
  const stores = await Promise.all(urls.map(open));
  await body(...stores);
  for (const store of stores) await store.close();
}

async function onPostgres(): Promise<void> {
  const stop = await findPostgres();
  if (!process.env.TEST_DATABASE_URL) return console.log("\nscale on postgres: not measured, since there is none");
  const [few, many] = await Promise.all([emptySchema(), emptySchema()]);
  const urls = [few.databaseUrl, many.databaseUrl];
  try {
    await withStores(urls, async (small, large) => {
      if (small) await fill(small, FEW);
      if (large) await fill(large, MANY);
    });
    const before = await scansOf(many.databaseUrl);
    await withStores(urls, async (small, large) => {
      if (small && large) await measure("postgres", small, large);
    });
    const scans = (await scansOf(many.databaseUrl)) - before;
    line(scans === 0, `meanwhile the table of ${MANY} repositories was read whole ${scans} times (never)`);
  } finally {
    for (const place of [few, many]) await place.remove();
    await stop?.();
  }
}

const onlyRequests = process.argv.includes("--requests");
broken += await measureRequests(onlyRequests);
if (!onlyRequests) {
  broken += await measureMemory();
  await onSqlite();
  await onPostgres();
}
process.exit(broken > 0 ? 1 : 0);
