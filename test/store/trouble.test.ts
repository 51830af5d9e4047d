/** Which errors of a driver are trouble of the database, and how the store behaves in it and after it. */
import { join } from "node:path";
import pg from "pg";
import { afterEach, describe, expect, test } from "vitest";
import { DatabaseDown } from "../../src/errors.js";
import { SILENT } from "../../src/jobs/log.js";
import { postgresTrouble } from "../../src/store/postgres.js";
import { openFile, sqliteTrouble } from "../../src/store/sqlite.js";
import { sqliteStore } from "../../src/store/store.js";
import { Watch } from "../../src/store/trouble.js";
import type { Store } from "../../src/store/types.js";
import { temporaryFolder } from "../support/folder.js";
import { anItem, aPull } from "./samples.js";

const NOW = new Date("2025-03-01T09:00:00Z");
const folder = temporaryFolder();

const stated = (code: string) => Object.assign(new pg.DatabaseError("said by the server", 0, "error"), { code });

describe("what PostgreSQL or the way to it says", () => {
  // https://www.postgresql.org/docs/current/errcodes-appendix.html
  test.each([
    ["57P01 admin_shutdown", stated("57P01"), "silent"],
    ["57P02 crash_shutdown", stated("57P02"), "silent"],
    ["57P03 cannot_connect_now", stated("57P03"), "silent"],
    ["08006 connection_failure", stated("08006"), "silent"],
    ["08P01, as PgBouncer says all its own", stated("08P01"), "silent"],
    ["53300 too_many_connections", stated("53300"), "silent"],
    ["53200 out_of_memory", stated("53200"), "silent"],
    ["53100 disk_full", stated("53100"), "full"],
    ["25006 read_only_sql_transaction", stated("25006"), "read-only"],
    ["25P03 idle_in_transaction_session_timeout", stated("25P03"), "silent"],
    ["28P01 invalid_password, once it was changed", stated("28P01"), "silent"],
    ["3D000 invalid_catalog_name", stated("3D000"), "silent"],
    ["58030 io_error", stated("58030"), "silent"],
    ["a refused connection", Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" }), "silent"],
    ["a connection that ended", new Error("Connection terminated unexpectedly"), "silent"],
    ["no connection in time", new Error("timeout exceeded when trying to connect"), "silent"],
    ["40001 serialization_failure, which is run again", stated("40001"), null],
    ["40P01 deadlock_detected, which is run again", stated("40P01"), null],
    ["23505 unique_violation", stated("23505"), null],
    ["42P01 undefined_table", stated("42P01"), null],
    ["22P05 untranslatable_character", stated("22P05"), null],
    ["57014 query_canceled", stated("57014"), null],
    ["a fault of our own", new TypeError("x is not a function"), null],
    ["what is no error", "oops", null],
  ])("%s", (_, error, trouble) => {
    expect(postgresTrouble(error)).toBe(trouble);
  });
});

describe("what SQLite says", () => {
  // https://sqlite.org/rescode.html, in the words of sqlite3_errstr
  test.each([
    ["SQLITE_FULL", "database or disk is full", "full"],
    ["SQLITE_READONLY", "attempt to write a readonly database", "read-only"],
    ["SQLITE_IOERR", "disk I/O error", "failing"],
    ["SQLITE_CANTOPEN", "unable to open database file", "failing"],
    ["SQLITE_BUSY, after all patience", "database is locked", "silent"],
    ["SQLITE_CORRUPT", "database disk image is malformed", "damaged"],
    ["SQLITE_NOTADB", "file is not a database", "damaged"],
    ["SQLITE_CONSTRAINT", "UNIQUE constraint failed: item.id", null],
    ["SQLITE_ERROR", "no such table: item", null],
  ])("%s", (_, message, trouble) => {
    expect(sqliteTrouble(new Error(message))).toBe(trouble);
  });
});

describe("an SQLite database", () => {
  let store: Store;
  afterEach(() => store.close());

  test.each([
    ["that is full", "PRAGMA max_page_count = 1", "PRAGMA max_page_count = 1000000", "The database has no room left."],
    ["that is read-only", "PRAGMA query_only = on", "PRAGMA query_only = off", "The database is read-only."],
  ])("%s refuses whatever needs more of it, blames nobody, and goes on by itself", async (_, begin, end, words) => {
    const database = openFile(join(folder(), "follow-through.db"));
    store = await sqliteStore(database, SILENT, NOW, () => {});
    await store.enqueue(aPull(1), NOW);
    const big = anItem({ written: { title: "", assignees: [], open: true, hash: "x".repeat(100_000) } });
    database.exec(begin);
    for (const refused of [
      () => store.saveItem(big),
      () => store.transaction((tables) => tables.saveItem(big)),
      () =>
        store.transaction(async (tables) => {
          await tables.saveItem(big).catch(() => undefined);
          await tables.saveItem(big);
        }),
    ]) {
      const error: unknown = await refused().catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(DatabaseDown);
      expect(error).toMatchObject({ message: words, blameless: true });
    }
    expect(await store.trouble()).toBe(words);
    database.exec(end);
    await store.transaction((tables) => tables.saveItem(big));
    expect(await store.itemsOf(big.repositoryId, big.documentId)).toEqual([big]);
    expect((await store.work.claim("w", NOW, 1000))?.attempts).toBe(0);
    await expect.poll(() => store.trouble(), { timeout: 10_000 }).toBeNull();
  });
});

describe("whether the database is in trouble", () => {
  const trouble = new Error("database or disk is full");

  test("is asked of it once in a while only, however many ask", async () => {
    const watch = new Watch(sqliteTrouble);
    let writes = 0;
    const write = async () => void writes++;
    await Promise.all(Array.from({ length: 100 }, () => watch.words(write)));
    await watch.words(write);
    expect(writes).toBe(1);
  });

  test("is told by the last statement that met any, without asking", async () => {
    const watch = new Watch(sqliteTrouble);
    expect(await watch.words(async () => {})).toBeNull();
    await expect(watch.over(() => Promise.reject(trouble))).rejects.toThrow(DatabaseDown);
    expect(await watch.words(async () => {})).toBe("The database has no room left.");
  });

  test("is told by the small write itself", async () => {
    const watch = new Watch(sqliteTrouble);
    expect(await watch.words(() => watch.over(() => Promise.reject(trouble)))).toBe("The database has no room left.");
    const other = new Watch(sqliteTrouble);
    expect(await other.words(() => Promise.reject(new Error("driver has already been destroyed")))).toBe(
      "The database does not answer.",
    );
  });

  test("a statement's own fault is none", async () => {
    const watch = new Watch(sqliteTrouble);
    const fault = new Error("UNIQUE constraint failed: item.id");
    await expect(watch.over(() => Promise.reject(fault))).rejects.toBe(fault);
    expect(await watch.words(async () => {})).toBeNull();
  });
});
