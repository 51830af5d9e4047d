/**
 * The work list: a row for each thing wanted, and a lease for each lane being worked on. A row stands from the first
 * trigger until a run that saw the newest trigger is complete, so the table is as small as what is left to do.
 */
import { type RawBuilder, sql } from "kysely";
import { MOST_UNFINISHED } from "../jobs/unfinished.js";
import { workSchema } from "../jobs/work.js";
import { claim, claimLane, suspect } from "./claims.js";
import { type Instant, plus, type StoreClock } from "./clock.js";
import { dueAt, freshTries, retryRested, waiting } from "./enqueue.js";
import { readJson } from "./rows.js";
import { atomically, type Db } from "./schema.js";
import type { Claim, DeadLetter, Returned, WorkList } from "./types.js";

export function workList(db: Db, clock: StoreClock): WorkList {
  return {
    claim: (owner, now, leaseMs, options) => claim(db, owner, clock(now), leaseMs, options),
    suspect: (now) => suspect(db, clock(now)),
    setAside: (key, now) => setAside(db, key, clock(now)),
    async heartbeat(claimed, now, leaseMs) {
      const kept = await db
        .updateTable("lane")
        .set({ until: plus(clock(now), leaseMs) })
        .where("lane", "=", claimed.lane)
        .where("token", "=", claimed.lease)
        .executeTakeFirst();
      return kept.numUpdatedRows > 0n;
    },
    async spare(claimed) {
      const spared = db.updateTable("work").set({ unfinished: oneLess }).where("key", "=", claimed.key);
      if (claimed.generation > 0) await spared.execute();
    },
    complete: (claimed, now) => complete(db, claimed, clock(now)),
    retry: (claimed, returned) => retry(db, claimed, clock(returned.now), returned),
    bury: (claimed, error, now) => bury(db, claimed, error, clock(now)),
    deadLetters: () => deadLetters(db),
    async replay(key, now) {
      const dead = db
        .updateTable("work")
        .set({ ...freshTries(clock(now)), burials: 0 })
        .where("dead_at", "is not", null);
      const replayed = await (key === "all" ? dead : dead.where("key", "=", key)).executeTakeFirst();
      return Number(replayed.numUpdatedRows);
    },
    retryRested: (repositoryId, now) => retryRested(db, repositoryId, clock(now)),
    claimLane: (work, owner, now, leaseMs) => claimLane(db, work, owner, clock(now), leaseMs),
    async freeLanes(owners) {
      await db.deleteFrom("lane").where("owner", "like", `${owners}%`).execute();
    },
    nextAt: (now) => nextAt(db, now, clock(now)),
    stats: (now) => stats(db, clock(now)),
  };
}

const oneLess = sql<number>`case when unfinished > 0 then unfinished - 1 else 0 end`;

/** Frees the lane, and in the same transaction does `then` to the row. False, and nothing done, where the lease was lost. */
function giveBack(db: Db, claimed: Claim, then: (transaction: Db) => Promise<unknown>): Promise<boolean> {
  return atomically(db, async (transaction) => {
    const freed = await transaction
      .deleteFrom("lane")
      .where("lane", "=", claimed.lane)
      .where("token", "=", claimed.lease)
      .executeTakeFirst();
    if (freed.numDeletedRows === 0n) return false;
    if (claimed.generation > 0) await then(transaction);
    return true;
  });
}

function complete(db: Db, claimed: Claim, instant: Instant): Promise<boolean> {
  return giveBack(db, claimed, async (transaction) => {
    const done = await transaction
      .deleteFrom("work")
      .where("key", "=", claimed.key)
      .where("wanted", "=", claimed.generation)
      .executeTakeFirst();
    if (done.numDeletedRows > 0n) return;
    await transaction
      .updateTable("work")
      .set({ ...freshTries(instant), burials: 0, error: null })
      .where("key", "=", claimed.key)
      .execute();
  });
}

async function retry(db: Db, claimed: Claim, instant: Instant, { waitMs, error, because }: Returned): Promise<void> {
  await giveBack(db, claimed, (transaction) =>
    transaction
      .updateTable("work")
      .set({
        ...waiting(instant, waitMs),
        error: storable(error),
        ...COUNTED[because],
      })
      .where("key", "=", claimed.key)
      .execute(),
  );
}

/** What a claim that came back counts as. Whoever came back is alive; but one that met no GitHub may not have come far. */
const COUNTED = {
  failed: { attempts: sql<number>`attempts + 1`, unreached: 0, unfinished: 0 },
  unreached: { unreached: sql<number>`unreached + 1`, unfinished: oneLess },
  limited: { unreached: 0, unfinished: 0 },
  doubtful: { unfinished: 0 },
  stopped: {},
};

async function bury(db: Db, claimed: Claim, error: string, instant: Instant): Promise<void> {
  await giveBack(db, claimed, async (transaction) => {
    const dead = await transaction
      .updateTable("work")
      .set((row) => ({
        dead_at: instant,
        attempts: sql<number>`attempts + unreached + 1`,
        unreached: 0,
        unfinished: 0,
        burials: row("burials", "+", 1),
        error: storable(error),
      }))
      .where("key", "=", claimed.key)
      .where("wanted", "=", claimed.generation)
      .executeTakeFirst();
    if (dead.numUpdatedRows > 0n) return;
    // It was wanted again meanwhile: that trigger has its own tries.
    await transaction
      .updateTable("work")
      .set({ ...freshTries(instant), error: storable(error) })
      .where("key", "=", claimed.key)
      .execute();
  });
}

async function setAside(db: Db, key: string, instant: Instant): Promise<boolean> {
  const aside = await db
    .updateTable("work")
    .set((row) => ({
      dead_at: instant,
      attempts: row("attempts", "+", row.ref("unfinished")),
      burials: row("burials", "+", 1),
      error: `it ended the process ${MOST_UNFINISHED} times`,
    }))
    .where("key", "=", key)
    .where("unfinished", ">=", MOST_UNFINISHED)
    .where("dead_at", "is", null)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom("lane").select("lane.lane").whereRef("lane.lane", "=", "work.lane").where("until", ">", instant),
        ),
      ),
    )
    .executeTakeFirst();
  return aside.numUpdatedRows > 0n;
}

async function deadLetters(db: Db): Promise<DeadLetter[]> {
  const rows = await db
    .selectFrom("work")
    .select(["key", "data", "error", "attempts", "dead_at"])
    .where("dead_at", "is not", null)
    .orderBy("dead_at")
    .orderBy("key")
    .execute();
  return rows.map((row) => ({
    key: row.key,
    work: readJson(workSchema, row.data),
    error: row.error ?? "",
    attempts: row.attempts,
    at: new Date(row.dead_at ?? 0).toISOString(),
  }));
}

async function nextAt(db: Db, now: Date, instant: Instant): Promise<string | null> {
  const due = dueAt(instant);
  const row = await db
    .selectFrom("work")
    .leftJoin("lane", "lane.lane", "work.lane")
    .select(
      sql<number | null>`min(case when lane.until > ${due} then lane.until else ${due} end) - ${instant}`.as("wait"),
    )
    .where("work.dead_at", "is", null)
    .executeTakeFirst();
  return row?.wait == null ? null : new Date(now.getTime() + Math.max(0, row.wait)).toISOString();
}

async function stats(db: Db, instant: Instant): ReturnType<WorkList["stats"]> {
  const leased = sql`(lane.until > ${instant} and lane.key = work.key)`;
  const ready = sql`(${dueAt(instant)} <= ${instant} and (lane.until is null or lane.until <= ${instant}))`;
  const oldest: RawBuilder<number | null> = sql`min(case when dead_at is null and ${ready} then
    case when work.since > work.not_before then work.since else work.not_before end end)`;
  const counts = await db
    .selectFrom("work")
    .leftJoin("lane", "lane.lane", "work.lane")
    .select([
      sql<number>`count(case when dead_at is null and ${ready} then 1 end)`.as("ready"),
      sql<number>`count(case when dead_at is null and ${leased} then 1 end)`.as("leased"),
      sql<number>`count(dead_at)`.as("dead"),
      sql<number>`count(*)`.as("all"),
      sql<number | null>`${instant} - ${oldest}`.as("waited"),
    ])
    .executeTakeFirstOrThrow();
  return {
    ready: counts.ready,
    leased: counts.leased,
    dead: counts.dead,
    waiting: counts.all - counts.ready - counts.leased - counts.dead,
    oldestReadySeconds: Math.max(0, (counts.waited ?? 0) / 1000),
  };
}

/** Error text as PostgreSQL takes it (no NUL) and as an operator wants it (not a page long). */
function storable(error: string): string {
  return error.replaceAll("\0", "").slice(0, 2000);
}
