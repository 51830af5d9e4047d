/**
 * Whose clock the work list and the bookings go by. Replicas' clocks may differ by a day, and then the one ahead would take
 * every lease of the others: so on PostgreSQL each statement asks the database for its time. SQLite serves one machine,
 * whose clock is its callers' too; and tests on either engine bring a clock of their own.
 */
import { type RawBuilder, sql } from "kysely";

/** Milliseconds since 1970: as a number, or as what the database works out when the statement runs. */
export type Instant = number | RawBuilder<number>;

/** Gives the present of a statement whose caller's clock shows `now`. */
export type StoreClock = (now: Date) => Instant;

const STATEMENT_TIME = sql<number>`(extract(epoch from statement_timestamp()) * 1000)::bigint`;

export const callersClock: StoreClock = (now) => now.getTime();

/** PostgreSQL's own; of what callers say only the differences between two instants count. */
export const databasesClock: StoreClock = () => STATEMENT_TIME;

/** So many milliseconds after an instant, or before it. */
export function plus(instant: Instant, ms: number): Instant {
  return typeof instant === "number" ? instant + ms : sql<number>`(${instant} + ${Math.round(ms)})`;
}

/**
 * What was recorded for an instant so far ahead of the present was recorded before the clock was put back. What is nearer
 * may be of two callers of which the one that read its clock first came second.
 */
export const CROSSED_MS = 5_000;

/** Whether the clock was put back since it recorded this instant as its present. */
export const wasPutBackSince = (recorded: RawBuilder<number>, present: Instant): RawBuilder<boolean> =>
  sql<boolean>`${recorded} > ${plus(present, CROSSED_MS)}`;
