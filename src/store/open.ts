/**
 * Opens the store: PostgreSQL where a URL is given, otherwise an SQLite file in the data directory. What can be wrong
 * with either is said in words an operator can act on.
 */
import { existsSync, readdirSync, renameSync, statSync } from "node:fs";
import { join } from "node:path";
import type { DatabaseSyncInstance } from "@photostructure/sqlite";
import { CannotStart } from "../errors.js";
import { type Log, SILENT } from "../jobs/log.js";
import { openPool } from "./postgres.js";
import { keepPrivate, prepareFolder, privately } from "./private.js";
import { postgresRefusal, sqliteRefusal } from "./refusal.js";
import { holdServiceLock } from "./service-lock.js";
import { damage, isDamage, openFile } from "./sqlite.js";
import { postgresStore, sqliteStore } from "./store.js";
import type { Store } from "./types.js";

/** What one person at the command line needs, with room to spare. */
const DEFAULT_POOL = 10;

const DATABASE_FILE = "follow-through.db";

export interface OpenOptions {
  /** A `postgres://` URL; absent or empty: SQLite. */
  readonly databaseUrl?: string | undefined;
  /** The most connections to PostgreSQL; {@link DEFAULT_POOL} where not said. */
  readonly databasePool?: number;
  /** Where SQLite's files live; made where it is missing. Not touched with a `databaseUrl`. */
  readonly dataDir: string;
  readonly log?: Log;
  /**
   * Whose clock counts for the work list, leases and limits on PostgreSQL: the `database`'s (when not said), since those of replicas
   * may differ, or for tests the `callers`'. On SQLite it is always the callers', which all run on one machine.
   */
  readonly clock?: "database" | "callers";
  /** `service`: refuse to be the second service on `dataDir`. `none`: work beside it (the command line). */
  readonly lock?: "service" | "none";
  /** Called where a damaged database file was set aside and the store is therefore empty: rebuild it from GitHub. */
  readonly onDamaged?: (damage: { readonly setAside: string; readonly reason: string }) => void;
  /** Names a file set aside and dates migrations. */
  readonly now?: Date;
}

/** @throws CannotStart with what is wrong and how to fix it. */
export async function openStore(options: OpenOptions): Promise<Store> {
  const log = options.log ?? SILENT;
  const now = options.now ?? new Date();
  return options.databaseUrl
    ? openPostgres({ ...options, databaseUrl: options.databaseUrl }, log, now)
    : openSqlite(options, log, now);
}

/**
 * Whether a database stands there that knows an installation, or a damaged one that was set aside. Makes no SQLite file where
 * there is none.
 * @throws CannotStart where it cannot be opened.
 */
export async function hasInstallations(options: Pick<OpenOptions, "databaseUrl" | "dataDir">): Promise<boolean> {
  const { databaseUrl, dataDir } = options;
  if (!databaseUrl) {
    const files = namesIn(dataDir);
    if (files.some((name) => name.startsWith(`${DATABASE_FILE}.damaged-`))) return true;
    if (!files.includes(DATABASE_FILE)) return false;
  }
  let damaged = false;
  const onDamaged = () => {
    damaged = true;
  };
  const store = await openStore({ databaseUrl, dataDir, lock: "none", onDamaged });
  try {
    return damaged || (await store.installations()).length > 0;
  } finally {
    await store.close();
  }
}

/** What lies in a folder; nothing where there is none. @throws CannotStart where it may not be read. */
function namesIn(dataDir: string): string[] {
  try {
    return statSync(dataDir, { throwIfNoEntry: false })?.isDirectory() ? readdirSync(dataDir) : [];
  } catch (cause) {
    throw sqliteRefusal(dataDir, cause);
  }
}

async function openPostgres(options: OpenOptions & { databaseUrl: string }, log: Log, now: Date): Promise<Store> {
  const { databaseUrl, databasePool = DEFAULT_POOL, clock = "database" } = options;
  try {
    return await postgresStore(openPool(databaseUrl, log, databasePool), log, now, clock);
  } catch (cause) {
    throw cause instanceof CannotStart ? cause : postgresRefusal(databaseUrl, cause);
  }
}

async function openSqlite(options: OpenOptions, log: Log, now: Date): Promise<Store> {
  try {
    return await openFiles(options, log, now);
  } catch (cause) {
    throw cause instanceof CannotStart ? cause : sqliteRefusal(options.dataDir, cause);
  }
}

async function openFiles(options: OpenOptions, log: Log, now: Date): Promise<Store> {
  const { dataDir } = options;
  prepareFolder(dataDir, log);
  const lock = options.lock === "service" ? demandServiceLock(dataDir) : null;
  try {
    const path = join(dataDir, DATABASE_FILE);
    const checked = openChecked(path);
    const database = "database" in checked ? checked.database : openAfresh(path, checked.damage, options, log, now);
    keepPrivate(dataDir, log);
    let damaged = false;
    const store = await sqliteStore(database, log, now, (reason) => {
      if (!damaged) log.error({ path, reason }, "the database is damaged; the next start sets it aside and rebuilds");
      damaged = true;
    });
    return {
      ...store,
      trouble: async () => (existsSync(path) ? store.trouble() : "The database file is gone."),
      async close() {
        await store.close();
        lock?.release();
      },
    };
  } catch (error) {
    lock?.release();
    throw error;
  }
}

function demandServiceLock(dataDir: string): { release(): void } {
  const lock = privately(() => holdServiceLock(dataDir));
  if (lock) return lock;
  throw new CannotStart(
    `Another Follow-Through service is running on DATA_DIR ${dataDir}.`,
    "Stop it first, or give this one a DATA_DIR of its own; for several replicas use PostgreSQL (DATABASE_URL).",
  );
}

/** Opens the file and checks it, or says how it is damaged. */
function openChecked(path: string): { database: DatabaseSyncInstance } | { damage: string } {
  try {
    const database = privately(() => openFile(path));
    const found = damage(database);
    if (found === null) return { database };
    database.close();
    return { damage: found };
  } catch (cause) {
    if (isDamage(cause)) return { damage: said(cause) };
    throw cause;
  }
}

/** Sets a damaged database aside, which only who may be the service does, and opens an empty one. */
function openAfresh(path: string, reason: string, options: OpenOptions, log: Log, now: Date): DatabaseSyncInstance {
  const lock = options.lock === "service" ? null : privately(() => holdServiceLock(options.dataDir));
  if (options.lock !== "service" && lock === null)
    throw new CannotStart(
      `The database ${path} is damaged (${reason}) and in use by the service.`,
      "Restart the service: it sets the file aside and rebuilds from GitHub.",
    );
  try {
    const setAside = `${path}.damaged-${now.toISOString().replaceAll(":", "-")}`;
    for (const suffix of ["", "-wal", "-shm"])
      if (existsSync(path + suffix)) renameSync(path + suffix, setAside + suffix);
    log.error({ setAside, reason }, "the database was damaged and set aside; an empty one takes its place");
    const database = privately(() => openFile(path));
    options.onDamaged?.({ setAside, reason });
    return database;
  } finally {
    lock?.release();
  }
}

function said(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
