/** Putting work on the list: one row for each thing, however often it is asked for; and trying again what was given up. */
import { type RawBuilder, sql } from "kysely";
import { type Work, wantedAgain, workKey, workLane, workPriority } from "../jobs/work.js";
import { type Instant, plus, wasPutBackSince } from "./clock.js";
import type { Db } from "./schema.js";
import type { EnqueueOptions, Scheduled } from "./types.js";

const HOUR_MS = 3_600_000;

/**
 * How long work that was given up rests until what comes by itself (a schedule, a sweep) has it tried again: less than an hour
 * the first time, so that the next hourly sweep does; longer each time it is given up again. Less than a day, so that
 * what comes daily is tried each time.
 */
const RESTS_MS = [HOUR_MS / 4, HOUR_MS, 4 * HOUR_MS, 12 * HOUR_MS] as const;

/** Whether a row that was given up has rested; so it has where the clock was put back meanwhile, since nobody knows for how long. */
function hasRested(instant: Instant): RawBuilder<boolean> {
  const [first, second, third, longest] = RESTS_MS.map((ms) => sql.lit(ms));
  const rest = sql`case when work.burials < 2 then ${first} when work.burials = 2 then ${second}
    when work.burials = 3 then ${third} else ${longest} end`;
  return sql<boolean>`(work.dead_at + (${rest}) <= ${instant} or ${wasPutBackSince(sql`work.dead_at`, instant)})`;
}

/** Nothing waits longer, whatever GitHub or a caller says. */
const LONGEST_WAIT_MS = 75 * 60_000;

/** What a row becomes that waits so many milliseconds from now on. */
export const waiting = (instant: Instant, ms: number) => ({
  waits_from: instant,
  not_before: plus(instant, Math.min(ms, LONGEST_WAIT_MS)),
});

/** From when on a row may be taken. */
export const dueAt = (instant: Instant): RawBuilder<number> =>
  sql<number>`(case when ${wasPutBackSince(sql`work.waits_from`, instant)} then 0 else work.not_before end)`;

/** What a row becomes that is tried again: a new set of tries, as if it had never been tried. */
export const freshTries = (instant: Instant) => ({
  dead_at: null,
  attempts: 0,
  unreached: 0,
  unfinished: 0,
  since: instant,
  ...waiting(instant, 0),
});

/** Adds a trigger; brings a row that waits or was given up forward, and leaves one more run to a row that is running. */
export function enqueue(db: Db, work: Work, instant: Instant, options: EnqueueOptions): Promise<void> {
  const again = JSON.stringify(wantedAgain(work));
  return put(db, [{ work, cause: options.cause ?? null }], instant, { ...options, again });
}

/** Adds what schedules want in one statement, each thing once. */
export async function enqueueScheduled(db: Db, wanted: readonly Scheduled[], instant: Instant): Promise<void> {
  // What a schedule wants is the same where it is wanted once more.
  if (wanted.length > 0) await put(db, wanted, instant, { gently: true, again: sql.ref("excluded.data") });
}

interface Wanted {
  readonly work: Work;
  readonly cause: string | null;
}

interface PutOptions extends Pick<EnqueueOptions, "waitMs" | "gently"> {
  /** What is to be done where a row is there already. */
  readonly again: string | RawBuilder<string>;
}

async function put(db: Db, wanted: readonly Wanted[], instant: Instant, options: PutOptions): Promise<void> {
  const fresh = { ...freshTries(instant), ...waiting(instant, options.waitMs ?? 0) };
  const rows = wanted.map(({ work, cause }) => ({
    ...fresh,
    cause,
    key: workKey(work),
    lane: workLane(work),
    priority: workPriority(work),
    installation_id: work.installationId,
    data: JSON.stringify(work),
    wanted: 1,
    burials: 0,
    error: null,
  }));
  const isRevived = options.gently
    ? sql<boolean>`(work.dead_at is not null and ${hasRested(instant)})`
    : sql<boolean>`work.dead_at is not null`;
  // What ended the process again rests all the same: whoever can make it wanted must not keep the process ending.
  const isBroughtForward = sql<boolean>`(${isRevived} or (${dueAt(instant)} > ${fresh.not_before}
    and (work.unfinished = 0 or work.unfinished + work.burials < 2)))`;
  const broughtForward = (column: "not_before" | "waits_from") =>
    sql<number>`case when ${isBroughtForward} then ${fresh[column]} else work.${sql.ref(column)} end`;
  const revivedAs = (column: keyof typeof fresh) =>
    sql<number>`case when ${isRevived} then ${fresh[column]} else work.${sql.ref(column)} end`;
  await db
    .insertInto("work")
    .values(rows)
    .onConflict((conflict) =>
      conflict.column("key").doUpdateSet((old) => ({
        installation_id: old.ref("excluded.installation_id"),
        cause: old.ref("excluded.cause"),
        data: options.again,
        wanted: old("work.wanted", "+", 1),
        dead_at: revivedAs("dead_at"),
        attempts: revivedAs("attempts"),
        unreached: revivedAs("unreached"),
        unfinished: revivedAs("unfinished"),
        since: revivedAs("since"),
        not_before: broughtForward("not_before"),
        waits_from: broughtForward("waits_from"),
      })),
    )
    .execute();
}

/** Puts on the list again what was given up in a repository and has rested since. Returns the keys. */
export async function retryRested(db: Db, repositoryId: number, instant: Instant): Promise<string[]> {
  const rows = await db
    .updateTable("work")
    .set((row) => ({ ...freshTries(instant), wanted: row("wanted", "+", 1) }))
    .where("dead_at", "is not", null)
    .where((row) =>
      row.or([row("lane", "=", `repository:${repositoryId}`), row("lane", "like", `check:${repositoryId}:%`)]),
    )
    .where(hasRested(instant))
    .returning("key")
    .execute();
  return rows.map((row) => row.key).sort();
}
