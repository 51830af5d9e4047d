/** PostgreSQL behind Kysely: its own dialect on pg. */
import { type DatabaseConnection, type Driver, PostgresDialect, PostgresDriver } from "kysely";
import pg from "pg";
import type { Log } from "../jobs/log.js";

/** The type of 64-bit integers, which pg gives as text unless told otherwise; ours stay far below 2^53. */
const INT8 = 20;

/** A pool for `databaseUrl`. It connects when first asked. */
export function openPool(databaseUrl: string, log: Log): pg.Pool {
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    max: 10,
    connectionTimeoutMillis: 10_000,
    // A replica that drops off the network must not hold on to its locks.
    idle_in_transaction_session_timeout: 30_000,
    keepAlive: true,
    application_name: "follow-through",
    types: {
      getTypeParser: ((oid: number, format?: "text" | "binary") =>
        oid === INT8 ? Number : pg.types.getTypeParser(oid, format)) as typeof pg.types.getTypeParser,
    },
  });
  // An idle connection that breaks would end the process otherwise; the next query gets a new one.
  pool.on("error", (error) => log.warn({ err: error }, "an idle database connection broke"));
  return pool;
}

/** The dialect over a pool. `onAcquire` is called before a statement or transaction takes a connection. */
export function postgresDialect(pool: pg.Pool, onAcquire: () => void): PostgresDialect {
  return new (class extends PostgresDialect {
    override createDriver(): Driver {
      return new GuardedDriver(pool, onAcquire);
    }
  })({ pool });
}

class GuardedDriver extends PostgresDriver {
  constructor(
    pool: pg.Pool,
    private readonly onAcquire: () => void,
  ) {
    super({ pool });
  }

  override acquireConnection(): Promise<DatabaseConnection> {
    this.onAcquire();
    return super.acquireConnection();
  }
}

/** Whether PostgreSQL undid a transaction only because of others running beside it: a deadlock or a serialisation failure. */
export function isCollision(error: unknown): boolean {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return code === "40P01" || code === "40001";
}
