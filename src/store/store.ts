/** Puts the store together from its parts, over either engine. */
import { AsyncLocalStorage } from "node:async_hooks";
import { Kysely } from "kysely";
import type pg from "pg";
import type { Log } from "../jobs/log.js";
import { callersClock, databasesClock, type StoreClock } from "./clock.js";
import { limits } from "./limits.js";
import { migrate } from "./migrations.js";
import { isCollision, postgresDialect, postgresTrouble } from "./postgres.js";
import { type Unreadable, UnreadableRow } from "./rows.js";
import type { Db, Schema } from "./schema.js";
import { snapshotInto } from "./snapshot.js";
import { openFile, sqliteDialect, sqliteTrouble } from "./sqlite.js";
import { tables } from "./tables.js";
import { heartbeat, Watch } from "./trouble.js";
import type { Limits, Store } from "./types.js";
import { workList } from "./work-list.js";

/** How often a transaction is run again that PostgreSQL undid for the sake of another. */
const COLLISIONS = 5;

/**
 * Refuses the store itself to the body of its own transaction. On SQLite the body would wait for the one connection
 * that it holds, for ever; on PostgreSQL it would write outside of the transaction.
 */
class Reentry {
  readonly #inside = new AsyncLocalStorage<{ open: boolean }>();

  readonly refuse = (): void => {
    if (this.#inside.getStore()?.open)
      throw new Error("The store was used inside its own transaction: use the tables passed to the body.");
  };

  async guard<T>(body: () => Promise<T>): Promise<T> {
    const transaction = { open: true };
    try {
      return await this.#inside.run(transaction, body);
    } finally {
      transaction.open = false;
    }
  }

  /** Nothing follows the promises of the process any more on behalf of this store; it is used no more after that. */
  end(): void {
    this.#inside.disable();
  }
}

/** `onDamage` is called where a statement finds the file damaged. */
export async function sqliteStore(
  database: ReturnType<typeof openFile>,
  log: Log,
  now: Date,
  onDamage: (reason: string) => void,
): Promise<Store> {
  const reentry = new Reentry();
  const watch = new Watch(sqliteTrouble, (trouble, error) => {
    if (trouble === "damaged") onDamage(String(error));
  });
  const db = new Kysely<Schema>({ dialect: sqliteDialect(database, watch, reentry.refuse) });
  return migrated({ engine: "sqlite", db, watch, reentry, clock: callersClock, log }, now);
}

/** `clock`: see {@link OpenOptions}. */
export async function postgresStore(pool: pg.Pool, log: Log, now: Date, clock: "database" | "callers"): Promise<Store> {
  const reentry = new Reentry();
  const watch = new Watch(postgresTrouble);
  const db = new Kysely<Schema>({ dialect: postgresDialect(pool, watch, reentry.refuse) });
  const counts = clock === "database" ? databasesClock : callersClock;
  return migrated({ engine: "postgres", db, watch, reentry, clock: counts, log }, now);
}

async function migrated(parts: Omit<Parts, "bookings">, now: Date): Promise<Store> {
  const { db, engine, clock } = parts;
  try {
    await migrate(db, engine, now);
    return assemble({ ...parts, bookings: limits(db, clock) });
  } catch (error) {
    await db.destroy();
    throw error;
  }
}

/** What is done about rows that cannot be read: said, and the repository marked so that its projection is rebuilt. */
function unreadableRows(db: Db, clock: StoreClock, log: Log): Unreadable {
  const unreadable: Unreadable = {
    async projected({ table, repositoryId }) {
      log.error({ table, repository: repositoryId }, "a row cannot be read; the repository is read again from GitHub");
      await tables(db, unreadable, clock).changeRepository(repositoryId, { rebuiltAt: null });
    },
    other(table, id) {
      if (table === "installation" || table === "repository") unreadable.found[table].add(id);
      log.error({ table, id }, "a row cannot be read; GitHub is asked again");
    },
    found: { installation: new Set(), repository: new Set() },
  };
  return unreadable;
}

interface Parts {
  readonly engine: Store["engine"];
  readonly db: Db;
  readonly watch: Watch;
  readonly reentry: Reentry;
  readonly clock: StoreClock;
  readonly bookings: Limits;
  readonly log: Log;
}

function assemble({ engine, db, watch, reentry, clock, bookings, log }: Parts): Store {
  const unreadable = unreadableRows(db, clock, log);
  // What a transaction that fails would mark is undone with it, so it is marked after.
  const within: Unreadable = { ...unreadable, projected: async () => {} };
  return {
    ...tables(db, unreadable, clock),
    engine,
    work: workList(db, clock),
    limits: bookings,
    async transaction(body) {
      for (let collisions = 0; ; collisions++) {
        try {
          return await db
            .transaction()
            .execute((transaction) => reentry.guard(() => body(tables(transaction, within, clock))));
        } catch (error) {
          if (error instanceof UnreadableRow) await unreadable.projected(error);
          if (!isCollision(error) || collisions === COLLISIONS) throw error;
        }
      }
    },
    async snapshot() {
      const copy = new Reentry();
      const unharmed = new Watch(sqliteTrouble);
      const memory = new Kysely<Schema>({ dialect: sqliteDialect(openFile(":memory:"), unharmed, copy.refuse) });
      await migrate(memory, "sqlite", new Date(0));
      await snapshotInto(memory, db);
      // A dry run still asks GitHub, so it books like everybody else.
      const parts = { db: memory, watch: unharmed, reentry: copy, clock: callersClock, bookings, log };
      return assemble({ engine: "sqlite", ...parts });
    },
    trouble: () => watch.words(() => heartbeat(db)),
    async close() {
      watch.forget();
      await db.destroy();
      reentry.end();
    },
  };
}
