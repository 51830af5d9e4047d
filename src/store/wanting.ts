/** Wanting work: a row for each thing, however often it is wanted; and wanting again what was given up. */
import { type RawBuilder, sql } from "kysely";
import { type Work, workKey, workLane, workPriority } from "../jobs/work.js";
import { type Instant, plus } from "./clock.js";
import type { Db } from "./schema.js";
import type { WantOptions } from "./types.js";

const HOUR_MS = 3_600_000;

/**
 * How long work that was given up rests until what comes by itself (a schedule, a sweep) has it tried anew: less than an hour
 * the first time, so that the next hourly sweep does; longer each time it is given up again. Less than a day, so that
 * what comes daily is tried each time.
 */
const RESTS_MS = [HOUR_MS / 4, HOUR_MS, 4 * HOUR_MS, 12 * HOUR_MS] as const;

/** Whether a row that was given up has rested. */
function hasRested(instant: Instant): RawBuilder<boolean> {
  const [first, second, third, longest] = RESTS_MS.map((ms) => sql.lit(ms));
  const rest = sql`case when work.burials < 2 then ${first} when work.burials = 2 then ${second}
    when work.burials = 3 then ${third} else ${longest} end`;
  return sql<boolean>`work.dead_at + (${rest}) <= ${instant}`;
}

/** What a row becomes that is tried anew: a new set of tries, as if it had never been tried. */
export const anew = (instant: Instant) => ({
  dead_at: null,
  attempts: 0,
  unreached: 0,
  unfinished: 0,
  since: instant,
  not_before: instant,
});

/** Adds a trigger; brings a row that waits or was given up forward, and leaves one more run to a row that is running. */
export async function want(db: Db, work: Work, instant: Instant, delayMs: number, options: WantOptions): Promise<void> {
  const notBefore = plus(instant, delayMs);
  const row = { data: JSON.stringify(work), installation_id: work.installationId, cause: options.cause ?? null };
  const fresh = { ...anew(instant), not_before: notBefore };
  const isRevived = options.gently
    ? sql<boolean>`(work.dead_at is not null and ${hasRested(instant)})`
    : sql<boolean>`work.dead_at is not null`;
  const revivedAs = (column: keyof typeof fresh) =>
    sql<number>`case when ${isRevived} then ${fresh[column]} else work.${sql.ref(column)} end`;
  await db
    .insertInto("work")
    .values({
      ...row,
      ...fresh,
      key: workKey(work),
      lane: workLane(work),
      priority: workPriority(work),
      wanted: 1,
      burials: 0,
      error: null,
    })
    .onConflict((conflict) =>
      conflict.column("key").doUpdateSet((old) => ({
        ...row,
        wanted: old("work.wanted", "+", 1),
        dead_at: revivedAs("dead_at"),
        attempts: revivedAs("attempts"),
        unreached: revivedAs("unreached"),
        unfinished: revivedAs("unfinished"),
        since: revivedAs("since"),
        // What ended the process again rests all the same: whoever can make it wanted must not keep the process ending.
        not_before: sql<number>`case when ${isRevived} then ${notBefore}
          when work.not_before > ${notBefore} 
            and (work.unfinished = 0 or work.unfinished + work.burials < 2) then ${notBefore}
          else work.not_before end`,
      })),
    )
    .execute();
}

/** Wants again what was given up in a repository and has rested since. Returns the keys. */
export async function wantRested(db: Db, repositoryId: number, instant: Instant): Promise<string[]> {
  const rows = await db
    .updateTable("work")
    .set((row) => ({ ...anew(instant), wanted: row("wanted", "+", 1) }))
    .where("dead_at", "is not", null)
    .where((row) =>
      row.or([row("lane", "=", `repository:${repositoryId}`), row("lane", "like", `check:${repositoryId}:%`)]),
    )
    .where(hasRested(instant))
    .returning("key")
    .execute();
  return rows.map((row) => row.key).sort();
}
