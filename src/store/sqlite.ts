/**
 * SQLite behind Kysely: its own SQLite dialect on top of node:sqlite's interface, with immediate transactions.
 * The driver is synchronous and there is one connection: statements and transactions of one process queue up.
 */
import { setTimeout } from "node:timers/promises";
import type { DatabaseSyncInstance, StatementSyncInstance } from "@photostructure/sqlite";
import {
  CompiledQuery,
  type DatabaseConnection,
  type Driver,
  type SqliteDatabase as KyselyDatabase,
  type QueryResult,
  SqliteDialect,
  SqliteDriver,
} from "kysely";
import { DatabaseSync } from "./engine.js";
import type { Trouble, Watch } from "./trouble.js";

/** How long opening waits for another process that is opening or closing the file. */
const OPEN_MS = 10_000;

/** The waits for another writer (the CLI beside the service) to finish its transaction: 15 s in all. */
const BUSY_WAIT_MS = 10;
const BUSY_WAITS = 1_500;

/** Statements kept compiled; queries are few, only `in (…)` lists vary. */
const STATEMENTS = 200;

/**
 * Opens a database file, or `:memory:`, as the store wants it: no acknowledged commit is lost by a crash or power cut.
 * https://sqlite.org/pragma.html#pragma_synchronous
 * @throws where the file is no database or cannot be opened.
 */
export function openFile(path: string): DatabaseSyncInstance {
  const database = new DatabaseSync(path, { timeout: OPEN_MS });
  try {
    database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;");
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/**
 * What is wrong with an open database, or null. Reads the whole file, without its indexes' contents.
 * https://sqlite.org/pragma.html#pragma_quick_check
 */
export function damage(database: DatabaseSyncInstance): string | null {
  let found = "quick_check said nothing";
  // By `exec`, not a prepared statement, so that the file can be truly closed after (see `closeForGood`).
  database.function("report", (text: string) => {
    found = text;
    return null;
  });
  database.exec("SELECT report(quick_check) FROM pragma_quick_check LIMIT 1");
  return found === "ok" ? null : found;
}

/** The dialect over an open database. `onAcquire` is called before a statement or transaction takes the connection. */
export function sqliteDialect(database: DatabaseSyncInstance, watch: Watch, onAcquire: () => void): SqliteDialect {
  // SQLite's own waiting would stop the whole process, and for ever where the other writer is in the same process.
  database.exec("PRAGMA busy_timeout = 0");
  const config = { database: asKyselyWants(database) };
  return new (class extends SqliteDialect {
    override createDriver(): Driver {
      return new ImmediateDriver(config, watch, onAcquire);
    }
  })(config);
}

/** Begins every transaction as a writer, so that none fails half way because another process wrote meanwhile. */
class ImmediateDriver extends SqliteDriver {
  #connection: DatabaseConnection | undefined;

  constructor(
    config: { database: KyselyDatabase },
    private readonly watch: Watch,
    private readonly onAcquire: () => void,
  ) {
    super(config);
  }

  override async acquireConnection(): Promise<DatabaseConnection> {
    this.onAcquire();
    const connection = await super.acquireConnection();
    this.#connection ??= new PatientConnection(connection, this.watch);
    return this.#connection;
  }

  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw("begin immediate"));
  }

  /** SQLite has rolled back by itself after some errors, such as a full disk: https://sqlite.org/lang_transaction.html */
  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    await super.rollbackTransaction(connection).catch((error: unknown) => {
      if (!says(error, /no transaction is active/)) throw error;
    });
  }
}

/**
 * Waits, without stopping the process, while another connection writes. Only what begins a write can meet one: a
 * transaction's `begin immediate`, or a statement outside of any; either then did nothing and can be run again.
 */
class PatientConnection implements DatabaseConnection {
  constructor(
    private readonly inner: DatabaseConnection,
    private readonly watch: Watch,
  ) {}

  executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    return this.watch.over(() => this.#patiently<R>(query));
  }

  async #patiently<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    for (let waits = 0; ; waits++) {
      try {
        return await this.inner.executeQuery<R>(query);
      } catch (error) {
        if (!isBusy(error) || waits === BUSY_WAITS) throw error;
      }
      await setTimeout(BUSY_WAIT_MS);
    }
  }

  streamQuery<R>(query: CompiledQuery, chunkSize: number): AsyncIterableIterator<QueryResult<R>> {
    return this.inner.streamQuery<R>(query, chunkSize);
  }
}

/** Whether another connection is writing just now. The driver gives a result code with some errors only, words with all. */
export const isBusy = (error: unknown): boolean => says(error, /database is locked/);

/** Whether the file is damaged, or no database at all. */
export const isDamage = (error: unknown): boolean => says(error, /malformed|file is not a database/);

/** Which trouble an error of the driver tells of. */
export function sqliteTrouble(error: unknown): Trouble | null {
  if (isDamage(error)) return "damaged";
  if (says(error, /database or disk is full/)) return "full";
  if (says(error, /attempt to write a readonly database/)) return "read-only";
  if (says(error, /disk I\/O error|unable to open database file/)) return "failing";
  return says(error, /database is locked/) ? "silent" : null;
}

/** https://sqlite.org/rescode.html, in the words of sqlite3_errstr. */
const says = (error: unknown, words: RegExp): boolean => error instanceof Error && words.test(error.message);

/** node:sqlite's interface in the words Kysely knows (better-sqlite3's). */
function asKyselyWants(database: DatabaseSyncInstance): KyselyDatabase {
  const statements = new Map<string, ReturnType<typeof statement>>();
  return {
    close: () => closeForGood(database),
    prepare(sql) {
      const kept = statements.get(sql);
      if (kept) return kept;
      if (statements.size >= STATEMENTS) statements.clear();
      const made = statement(database.prepare(sql));
      statements.set(sql, made);
      return made;
    },
  };
}

/**
 * The driver has no way to finalise statements, so SQLite keeps a closed connection alive until they are collected, and
 * would then delete the write-ahead log by its name, whosever it is by that time. Leaving WAL mode first takes the log
 * away now. It is refused while another process uses the file, or where the file is gone; then it is not needed.
 */
function closeForGood(database: DatabaseSyncInstance): void {
  try {
    database.exec("PRAGMA journal_mode = DELETE");
  } catch {
    // Everything that was committed is safe in the log.
  } finally {
    database.close();
  }
}

function statement(prepared: StatementSyncInstance) {
  return {
    reader: prepared.columns().length > 0,
    all: (parameters: readonly unknown[]): unknown[] => prepared.all(...parameters.map(bindable)),
    run: (parameters: readonly unknown[]) => prepared.run(...parameters.map(bindable)),
    iterate: (parameters: readonly unknown[]) => prepared.iterate(...parameters.map(bindable)),
  };
}

/** SQLite knows no booleans, dates or undefined. */
function bindable(value: unknown): unknown {
  if (typeof value === "boolean") return value ? 1 : 0;
  if (value instanceof Date) return value.toISOString();
  return value === undefined ? null : value;
}
