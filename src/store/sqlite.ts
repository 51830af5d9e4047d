/**
 * SQLite behind Kysely: its own SQLite dialect on top of node:sqlite's interface, with immediate transactions.
 * The driver is synchronous and there is one connection: statements and transactions of one process queue up.
 */
import { DatabaseSync, type DatabaseSyncInstance, type StatementSyncInstance } from "@photostructure/sqlite";
import {
  CompiledQuery,
  type DatabaseConnection,
  type Driver,
  type SqliteDatabase as KyselyDatabase,
  SqliteDialect,
  SqliteDriver,
} from "kysely";

/** How long a statement waits for another process (the CLI beside the service) to finish its transaction. */
const BUSY_MS = 10_000;

/** Statements kept compiled; queries are few, only `in (…)` lists vary. */
const STATEMENTS = 200;

/**
 * Opens a database file, or `:memory:`, as the store wants it: no acknowledged commit is lost by a crash or power cut.
 * https://sqlite.org/pragma.html#pragma_synchronous
 * @throws where the file is no database or cannot be opened.
 */
export function openFile(path: string): DatabaseSyncInstance {
  const database = new DatabaseSync(path, { timeout: BUSY_MS });
  try {
    database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;");
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** The dialect over an open database. `onAcquire` is called before a statement or transaction takes the connection. */
export function sqliteDialect(database: DatabaseSyncInstance, onAcquire: () => void): SqliteDialect {
  const config = { database: asKyselyWants(database) };
  return new (class extends SqliteDialect {
    override createDriver(): Driver {
      return new ImmediateDriver(config, onAcquire);
    }
  })(config);
}

/** Begins every transaction as a writer, so that none fails half way because another process wrote meanwhile. */
class ImmediateDriver extends SqliteDriver {
  constructor(
    config: { database: KyselyDatabase },
    private readonly onAcquire: () => void,
  ) {
    super(config);
  }

  override acquireConnection(): Promise<DatabaseConnection> {
    this.onAcquire();
    return super.acquireConnection();
  }

  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw("begin immediate"));
  }
}

/** node:sqlite's interface in the words Kysely knows (better-sqlite3's). */
function asKyselyWants(database: DatabaseSyncInstance): KyselyDatabase {
  const statements = new Map<string, ReturnType<typeof statement>>();
  return {
    close: () => database.close(),
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
