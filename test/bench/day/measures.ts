/** What a day is measured by: the age of the queue, the size of the database, and what it was asked. */
import pg from "pg";

/** The work list is looked at so often. */
const LOOK_MS = 250;

/** Smallest first; 0 of none. */
export function quantile(numbers: readonly number[], share: number): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

export const median = (numbers: readonly number[]): number => quantile(numbers, 0.5);

export interface TableSize {
  readonly table: string;
  readonly rows: number;
  readonly bytes: number;
}

export interface Statement {
  readonly text: string;
  readonly calls: number;
  readonly ms: number;
}

/** What waits to be worked off: pieces, and the age of the oldest in seconds, of what people wait for and of the schedules'. */
interface Waiting {
  readonly people: number;
  readonly schedules: number;
  readonly left: number;
}

/** Looks at the service's database beside the service, over a connection of its own. */
export class Database {
  /** Ages of the oldest piece that waits, one for each look. */
  readonly ages = { people: [] as number[], schedules: [] as number[] };
  readonly #client: pg.Client;
  #timer: Promise<void> | null = null;
  #closing = false;

  private constructor(client: pg.Client) {
    this.#client = client;
  }

  static async open(databaseUrl: string): Promise<Database> {
    const client = new pg.Client({ connectionString: databaseUrl, application_name: "bench" });
    await client.connect();
    return new Database(client);
  }

  /** Has the ages noted from now on. */
  watch(): void {
    this.#timer ??= this.#watch();
  }

  async #watch(): Promise<void> {
    while (!this.#closing) {
      const { people, schedules } = await this.waiting();
      this.ages.people.push(people);
      this.ages.schedules.push(schedules);
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    }
  }

  /** `left`: pieces that are due or worked on. A piece that waits until later, as what met a limit does, has no age and is not left. */
  async waiting(): Promise<Waiting> {
    // What schedules want has priority 2 and 3 (jobs/work.ts). The work list counts milliseconds by PostgreSQL's clock.
    const { rows } = await this.#client.query(`
      with present as (select (extract(epoch from statement_timestamp()) * 1000)::bigint as now),
        due as (
          select priority, now - greatest(since, not_before) as age, coalesce(lane.until > now, false) as taken
          from present, work left join lane on lane.lane = work.lane
          where dead_at is null and not_before <= now)
      select count(*)::int as left,
        coalesce(max(age) filter (where priority < 2 and not taken), 0)::int as people,
        coalesce(max(age) filter (where priority >= 2 and not taken), 0)::int as schedules
      from due`);
    const [{ left, people, schedules }] = rows;
    return { left, people: people / 1000, schedules: schedules / 1000 };
  }

  /** Pieces of work that are on the list at all, and those that were given up. */
  async listed(): Promise<{ readonly all: number; readonly dead: number; readonly intents: number }> {
    const { rows } = await this.#client.query(
      "select count(*)::int as all, count(dead_at)::int as dead, (select count(*)::int from intent) as intents from work",
    );
    return rows[0];
  }

  /** Tables with their indexes, the largest first. */
  async sizes(): Promise<TableSize[]> {
    const { rows: tables } = await this.#client.query(`
      select relname as table, pg_total_relation_size(relid)::float8 as bytes from pg_stat_user_tables
      where schemaname = current_schema() order by 2 desc`);
    const sizes: TableSize[] = [];
    for (const { table, bytes } of tables) {
      const { rows } = await this.#client.query(`select count(*)::int as rows from ${pg.escapeIdentifier(table)}`);
      sizes.push({ table, bytes, rows: rows[0].rows });
    }
    return sizes;
  }

  /** Forgets the statements so far; false where PostgreSQL does not count them (pg_stat_statements). */
  async countStatements(): Promise<boolean> {
    try {
      await this.#client.query("create extension if not exists pg_stat_statements");
      await this.#client.query("select pg_stat_statements_reset()");
      return true;
    } catch {
      return false;
    }
  }

  /** The service's statements by their time, most first; those of this watcher left out. */
  async statements(): Promise<Statement[]> {
    const { rows } = await this.#client.query(`
      select query as text, calls::int, total_exec_time as ms from pg_stat_statements
      where dbid = (select oid from pg_database where datname = current_database())
        and query not like '%present as (%' and query not like '%pg_stat%' order by 3 desc`);
    return rows;
  }

  async close(): Promise<void> {
    this.#closing = true;
    await this.#timer;
    await this.#client.end();
  }
}
