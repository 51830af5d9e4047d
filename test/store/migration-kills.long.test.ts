/**
 * A process that is killed while it migrates: the next start finds all or nothing done, and every row. At every fourth statement,
 * another in each case; `MIGRATION_KILLS=all npm run test:long -- test/store/migration-kills` for all of them.
 */
import { fileURLToPath } from "node:url";
import { sql } from "kysely";
import { expect, test } from "vitest";
import { MIGRATIONS, migrate } from "../../src/store/migrations.js";
import type { OpenOptions } from "../../src/store/open.js";
import { bareDatabase, describeOnBothEngines } from "../support/databases.js";
import { startProcess } from "../support/processes.js";
import { insertDocument, insertItem, insertRepository } from "./old-rows.js";
import { aDocument, anItem, aRepository } from "./samples.js";

const NOW = new Date("2025-03-01T09:00:00Z");
const child = fileURLToPath(new URL("./migration-child.mjs", import.meta.url));
/** Before this one documents and items were known by their id alone; it moves every row into new tables. */
const MOVES_ROWS = "0004";
const EVERY = process.env.MIGRATION_KILLS === "all" ? 1 : 4;

describeOnBothEngines("killed at each statement of the migrations", (open, engine) => {
  /** What stands in the database, apart from when it was migrated: every row of every table, and what the tables are like. */
  async function contents(options: OpenOptions): Promise<unknown> {
    const db = bareDatabase(options);
    try {
      // Tests share a database of PostgreSQL, each in a schema of its own.
      const found =
        engine === "postgres" ? await sql<{ name: string }>`select current_schema() as name`.execute(db) : null;
      const own = (await db.introspection.getTables()).filter(({ schema }) => !found || schema === found.rows[0]?.name);
      const tables = own.map(({ name, columns }) => ({
        name,
        columns: columns.map((column) => [column.name, column.dataType, column.isNullable]),
      }));
      tables.sort((a, b) => (a.name < b.name ? -1 : 1));
      const rows: unknown[] = [];
      for (const { name } of tables) {
        const all = await sql<object>`select * from ${sql.table(name)}`.execute(db);
        rows.push([name, all.rows.map((row) => JSON.stringify({ ...row, at: null })).sort()]);
      }
      return { tables, rows };
    } finally {
      await db.destroy();
    }
  }

  /** A database as a version before left it, with a row in each table that a migration touches. */
  async function old(): Promise<OpenOptions> {
    const options = await open.address();
    const db = bareDatabase(options);
    const earlier = MIGRATIONS.filter(({ name }) => name < MOVES_ROWS);
    await migrate(db, engine, NOW, earlier);
    const repository = aRepository({ rebuiltAt: NOW.toISOString() });
    const { id } = repository;
    await insertRepository(db, repository);
    for (let n = 0; n < 20; n++) {
      const document = aDocument({ id: `d${n}`, path: `${n}.md` });
      await insertDocument(db, document);
      const item = anItem({ id: `i${n}`, documentId: document.id, ordinal: n });
      await insertItem(db, item, n);
    }
    await db
      .insertInto("intent")
      .values({ repository_id: id, key: "issue:i1", started_at: NOW.toISOString(), looks: 0 })
      .execute();
    await db.destroy();
    return options;
  }

  const first = engine === "sqlite" ? 1 : 3;
  test.each([
    ["an empty database", first, () => open.address()],
    ["one with rows of a version before", first + 1, old],
  ])("%s", async (_, from, make) => {
    const options = await make();
    const untouched = await contents(options);
    let statement = EVERY === 1 ? 1 : from;
    for (; await isKilled(options, statement); statement += EVERY)
      expect(await contents(options), `after statement ${statement}`).toEqual(untouched);
    expect(statement).toBeGreaterThan(15);
    await expectMigrated(options, make);
  });

  async function isKilled(options: OpenOptions, nth: number): Promise<boolean> {
    const migrating = startProcess(child, JSON.stringify(options), String(nth));
    const said = await migrating.line();
    const code = await migrating.end();
    // What a signal ended has no exit code.
    expect(code).toBe(said === "done" ? 0 : null);
    return code === null;
  }

  /** As a database is that was migrated without a kill. */
  async function expectMigrated(options: OpenOptions, make: () => Promise<OpenOptions>): Promise<void> {
    const unharmed = await make();
    const db = bareDatabase(unharmed);
    await migrate(db, engine, NOW);
    await db.destroy();
    expect(await contents(options)).toEqual(await contents(unharmed));
  }
});
