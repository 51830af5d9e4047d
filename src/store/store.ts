/** Puts the store together from its parts, over either engine. */
import { AsyncLocalStorage } from "node:async_hooks";
import { Kysely } from "kysely";
import type pg from "pg";
import { limits } from "./limits.js";
import { migrate } from "./migrations.js";
import { isCollision, postgresDialect, postgresTrouble } from "./postgres.js";
import type { Db, Schema } from "./schema.js";
import { snapshotInto } from "./snapshot.js";
import { openFile, sqliteDialect, sqliteTrouble } from "./sqlite.js";
import { tables } from "./tables.js";
import { heartbeat, Watch } from "./trouble.js";
import type { Limits, Store } from "./types.js";
import { workList } from "./work-list.js";

/** How often a transaction is run anew that PostgreSQL undid for the sake of another. */
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
}

/** `onDamage` is called where a statement finds the file damaged. */
export async function sqliteStore(
  database: ReturnType<typeof openFile>,
  now: Date,
  onDamage: (reason: string) => void,
): Promise<Store> {
  const reentry = new Reentry();
  const watch = new Watch(sqliteTrouble, (trouble, error) => {
    if (trouble === "damaged") onDamage(String(error));
  });
  const db = new Kysely<Schema>({ dialect: sqliteDialect(database, watch, reentry.refuse) });
  return migrated("sqlite", db, watch, reentry, now);
}

export async function postgresStore(pool: pg.Pool, now: Date): Promise<Store> {
  const reentry = new Reentry();
  const watch = new Watch(postgresTrouble);
  const db = new Kysely<Schema>({ dialect: postgresDialect(pool, watch, reentry.refuse) });
  return migrated("postgres", db, watch, reentry, now);
}

async function migrated(engine: Store["engine"], db: Db, watch: Watch, reentry: Reentry, now: Date): Promise<Store> {
  try {
    await migrate(db, engine, now);
    return assemble(engine, db, watch, reentry, limits(db));
  } catch (error) {
    await db.destroy();
    throw error;
  }
}

function assemble(engine: Store["engine"], db: Db, watch: Watch, reentry: Reentry, bookings: Limits): Store {
  return {
    ...tables(db),
    engine,
    work: workList(db),
    limits: bookings,
    async transaction(body) {
      for (let collisions = 0; ; collisions++) {
        try {
          return await db.transaction().execute((transaction) => reentry.guard(() => body(tables(transaction))));
        } catch (error) {
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
      return assemble("sqlite", memory, unharmed, copy, bookings);
    },
    trouble: () => watch.words(() => heartbeat(db)),
    close() {
      watch.forget();
      return db.destroy();
    },
  };
}
