/**
 * PostgreSQL behind Kysely: its own dialect, with a driver on pg that tells trouble from a statement's own fault and never
 * uses a connection again that met any. Nothing is asked of a connection when it starts but what PgBouncer's defaults let
 * through, and nothing outlives a transaction, so either of its pool modes will do.
 */
import { Socket } from "node:net";
import {
  type CompiledQuery,
  type DatabaseConnection,
  type Driver,
  PostgresDialect,
  type QueryResult,
  type TransactionSettings,
} from "kysely";
import pg from "pg";
import { DatabaseDown } from "../errors.js";
import type { Log } from "../jobs/log.js";
import type { Trouble, Watch } from "./trouble.js";

/** The type of 64-bit integers, which pg gives as text unless told otherwise; ours stay far below 2^53. */
const INT8 = 20;

/**
 * A connection that says nothing for so long while it is asked is given up: the network may have swallowed it. Idle ones are
 * closed by the pool long before.
 */
const SILENT_MS = 60_000;

/**
 * A replica that drops off the network in the middle of a transaction must not hold on to its locks. Said in each
 * transaction, since PgBouncer refuses it as a parameter of the connection.
 */
const BEGIN_LIMITS = "set local idle_in_transaction_session_timeout = 30000";

/** A pool of at most `max` connections for `databaseUrl`. It connects when first asked. */
export function openPool(databaseUrl: string, log: Log, max: number): pg.Pool {
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    max,
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
    application_name: "follow-through",
    stream: () => {
      const socket = new Socket();
      return socket.setTimeout(SILENT_MS, () => socket.destroy(new Error("PostgreSQL said nothing for a minute")));
    },
    types: {
      getTypeParser: ((oid: number, format?: "text" | "binary") =>
        oid === INT8 ? Number : pg.types.getTypeParser(oid, format)) as typeof pg.types.getTypeParser,
    },
  });
  // A connection that breaks tells so by an event, and one that nobody listens to ends the process. The pool listens to it only while
  // the connection is idle, so each has a listener of its own.
  pool.on("connect", (client) => {
    client.on("error", (error) => log.warn({ detail: error.message }, "a database connection broke"));
  });
  pool.on("error", () => {});
  return pool;
}

/** The dialect over a pool. `onAcquire` is called before a statement or transaction takes a connection. */
export function postgresDialect(pool: pg.Pool, watch: Watch, onAcquire: () => void): PostgresDialect {
  return new (class extends PostgresDialect {
    override createDriver(): Driver {
      return new WatchedDriver(pool, watch, onAcquire);
    }
  })({ pool });
}

class WatchedDriver implements Driver {
  constructor(
    private readonly pool: pg.Pool,
    private readonly watch: Watch,
    private readonly onAcquire: () => void,
  ) {}

  async init(): Promise<void> {}

  async acquireConnection(): Promise<DatabaseConnection> {
    this.onAcquire();
    return new Connection(await this.watch.over(() => this.pool.connect()), this.watch);
  }

  async beginTransaction(connection: DatabaseConnection, { isolationLevel }: TransactionSettings): Promise<void> {
    const begin = isolationLevel ? `begin isolation level ${isolationLevel}` : "begin";
    // One message there and back, not two.
    await own(connection).send(`${begin}; ${BEGIN_LIMITS}`);
  }

  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await own(connection).send("commit");
  }

  /** Never throws: what went wrong before is the error to tell. A server that is left rolls back by itself. */
  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    const { send, leave } = own(connection);
    await send("rollback").catch(leave);
  }

  async releaseConnection(connection: DatabaseConnection): Promise<void> {
    own(connection).release();
  }

  destroy(): Promise<void> {
    return this.pool.end();
  }
}

function own(connection: DatabaseConnection): Connection {
  if (connection instanceof Connection) return connection;
  throw new TypeError("a connection of another driver");
}

/** A client of the pool for as long as it is out of it. */
class Connection implements DatabaseConnection {
  #left = false;

  constructor(
    private readonly client: pg.PoolClient,
    private readonly watch: Watch,
  ) {}

  readonly send = async (text: string, values?: unknown[]): Promise<pg.QueryResult> => {
    try {
      return await this.watch.over(() => this.client.query(text, values));
    } catch (error) {
      if (error instanceof DatabaseDown) this.leave();
      throw error;
    }
  };

  /**
   * It is closed instead of used again: it may be broken, or lead to a server that was the primary once and takes no writes any
   * more, while a new one would lead to the primary of today.
   */
  readonly leave = (): void => {
    this.#left = true;
  };

  release(): void {
    this.client.release(this.#left);
  }

  async executeQuery<R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> {
    const { command, rowCount, rows } = await this.send(sql, [...parameters]);
    return WRITES.has(command) ? { numAffectedRows: BigInt(rowCount ?? 0), rows } : { rows };
  }

  // biome-ignore lint/correctness/useYield: the store reads whole results only, and Kysely wants to be told.
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error("the store does not stream");
  }
}

const WRITES: ReadonlySet<string> = new Set(["INSERT", "UPDATE", "DELETE", "MERGE"]);

/** What PostgreSQL, or a pooler before it, says where it takes nothing for a while, by class or code. */
const TROUBLES: readonly (readonly [RegExp, Trouble])[] = [
  [/^25006$/, "read-only"],
  [/^53100$/, "full"],
  // Connections (08, also all that PgBouncer says itself), resources (53), shutdown and start (57P), its disk (58), a
  // transaction that was ended for idling (25P03), a user or database that is let in no more (28, 3D).
  [/^(08|53|57P|58|25P03|28|3D)/, "silent"],
];

/** Which trouble an error of pg tells of. One that did not come from the server comes from the way to it. */
export function postgresTrouble(error: unknown): Trouble | null {
  if (error instanceof pg.DatabaseError) {
    const { code = "" } = error;
    return TROUBLES.find(([pattern]) => pattern.test(code))?.[1] ?? null;
  }
  const ownFault = error instanceof TypeError || error instanceof RangeError;
  return error instanceof Error && !ownFault ? "silent" : null;
}

/** Whether PostgreSQL undid a transaction only because of others running beside it: a deadlock or a serialisation failure. */
export function isCollision(error: unknown): boolean {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return code === "40P01" || code === "40001";
}
