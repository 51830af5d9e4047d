import { fileURLToPath } from "node:url";
import type { Kysely } from "kysely";
import { afterEach, expect, test } from "vitest";
import { CannotStart } from "../../src/errors.js";
import { MIGRATIONS, migrate } from "../../src/store/migrations.js";
import { type OpenOptions, openStore } from "../../src/store/open.js";
import type { Schema } from "../../src/store/schema.js";
import { bareDatabase, describeOnBothEngines } from "../support/databases.js";
import { startProcess } from "../support/processes.js";
import { insertDocument, insertItem, insertRepository } from "./old-rows.js";
import { aDocument, anItem, aRepository, BIG } from "./samples.js";

const NOW = new Date("2025-03-01T09:00:00Z");
/** Processes that start at once. */
const TOGETHER = 2;
const child = fileURLToPath(new URL("./store-child.ts", import.meta.url));

describeOnBothEngines("migrations", (open, engine) => {
  const opened: Kysely<Schema>[] = [];
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((db) => db.destroy()));
  });

  const bare = (options: OpenOptions) => {
    const db = bareDatabase(options);
    opened.push(db);
    return db;
  };
  const names = async (db: Kysely<Schema>) =>
    (await db.selectFrom("migration").select("name").orderBy("name").execute()).map((row) => row.name);
  const future = {
    name: "9999-future",
    up: (db: Kysely<unknown>) => db.schema.alterTable("item").addColumn("mood", "text").execute(),
  };

  test("run once, though several processes start together", async () => {
    const options = await open.address();
    const processes = Array.from({ length: TOGETHER }, () => startProcess(child, "open", JSON.stringify(options)));
    expect(await Promise.all(processes.map((started) => started.line()))).toEqual(Array(TOGETHER).fill("open"));
    expect(await Promise.all(processes.map((started) => started.end()))).toEqual(Array(TOGETHER).fill(0));
    expect(await names(bare(options))).toEqual(MIGRATIONS.map((migration) => migration.name));
  });

  test("an older process refuses a newer schema, and says what to do", async () => {
    const options = await open.address();
    await (await open.again()).close();
    await migrate(bare(options), engine, NOW, [...MIGRATIONS, future]);
    const refusal = await openStore(options).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(CannotStart);
    expect(refusal).toMatchObject({
      message: expect.stringContaining("newer version of Follow-Through (9999-future)"),
      fix: expect.stringContaining("Start that version"),
    });
  });

  test("an older process that already runs goes on while a newer one migrates", async () => {
    const options = await open.address();
    const older = await open.again();
    await older.saveItem(anItem());
    await migrate(bare(options), engine, NOW, [...MIGRATIONS, future]);
    await older.saveItem(anItem({ id: "i2", ordinal: 1 }));
    expect((await older.itemsOf(BIG + 10, "d1")).map((item) => item.id)).toEqual(["i1", "i2"]);
  });

  test("have every repository read again from GitHub, since items of before know of no commands", async () => {
    const options = await open.address();
    const db = bare(options);
    await migrate(db, engine, NOW, MIGRATIONS.slice(0, 1));
    const repository = aRepository({ rebuiltAt: NOW.toISOString() });
    const { id } = repository;
    await insertRepository(db, repository);
    const store = await open.again();
    expect(await store.repository(id)).toEqual({ ...repository, rebuiltAt: null });
    await store.close();
  });

  test("key documents and items by their repository, keep every row, and have what may have been taken over read again", async () => {
    const options = await open.address();
    const db = bare(options);
    await migrate(
      db,
      engine,
      NOW,
      MIGRATIONS.filter(({ name }) => name < "0003"),
    );
    const repository = aRepository({ rebuiltAt: NOW.toISOString() });
    const { id } = repository;
    await insertRepository(db, repository);
    const documents = [aDocument(), aDocument({ id: "d2", path: "z.md", home: null, removedOn: "2025-02-02" })];
    for (const document of documents) await insertDocument(db, document);
    const item = anItem();
    await insertItem(db, item);
    const store = await open.again();
    expect(await store.documentsOf(id)).toEqual(documents);
    expect(await store.itemOfIssue(id, 7)).toEqual(item);
    expect((await store.repository(id))?.rebuiltAt).toBeNull();
    // What has the same id elsewhere stands beside it.
    await store.saveItem(anItem({ repositoryId: 4, ordinal: 9 }));
    await store.saveDocument(aDocument({ repositoryId: 4, title: null }));
    expect(await store.item(id, item.id)).toEqual(item);
    expect(await store.document(id, "d1")).toEqual(aDocument());
    await store.close();
  });

  test("pass over a repository whose row cannot be read, instead of never starting again", async () => {
    const options = await open.address();
    const db = bare(options);
    await migrate(db, engine, NOW, MIGRATIONS.slice(0, 1));
    for (const [id, data] of ["{", "null", "[]", ""].entries())
      await db
        .insertInto("repository")
        .values({ id: id + 1, installation_id: 9, full_name: null, lost_at: null, data })
        .execute();
    const store = await open.again();
    expect(await store.repositories()).toEqual([]);
    expect(await store.dropUnreadable()).toEqual([9]);
    await store.close();
  });

  test("one that fails leaves nothing behind, not even the ones before it", async () => {
    const options = await open.address();
    const db = bare(options);
    const broken = { name: "9999-broken", up: () => Promise.reject(new Error("no")) };
    await expect(migrate(db, engine, NOW, [...MIGRATIONS, future, broken])).rejects.toThrow("no");
    await migrate(db, engine, NOW);
    expect(await names(db)).toEqual(MIGRATIONS.map((migration) => migration.name));
  });
});
