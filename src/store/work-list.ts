/**
 * The work list: a row for each thing wanted, and a lease for each lane being worked on. A row stands from the first
 * trigger until a run that saw the newest trigger is complete, so the table is as small as what is left to do. The
 * primary key of `lane` keeps two workers apart, on either engine and from any process.
 */
import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import { type Work, workKey, workLane } from "../jobs/work.js";
import { atomically, type Db } from "./schema.js";
import type { Claim, DeadLetter, WorkList } from "./types.js";

/** Where many claim at once, a row picked may be taken by the time its lane is asked for; so often another is picked. */
const PICKS = 100;

export function workList(db: Db): WorkList {
  return {
    claim: (owner, now, leaseMs, maxPerInstallation) => claim(db, owner, now, leaseMs, maxPerInstallation),
    async heartbeat(claimed, now, leaseMs) {
      const kept = await db
        .updateTable("lane")
        .set({ until: now.getTime() + leaseMs })
        .where("lane", "=", claimed.lane)
        .where("token", "=", claimed.lease)
        .executeTakeFirst();
      return kept.numUpdatedRows > 0n;
    },
    complete: (claimed, now) => complete(db, claimed, now),
    async retry(claimed, at, error, attempt) {
      await giveBack(db, claimed, (transaction) =>
        transaction
          .updateTable("work")
          .set((row) => ({
            not_before: at.getTime(),
            attempts: row("attempts", "+", attempt ? 1 : 0),
            error: storable(error),
          }))
          .where("key", "=", claimed.key)
          .execute(),
      );
    },
    bury: (claimed, error, now) => bury(db, claimed, error, now),
    deadLetters: () => deadLetters(db),
    async replay(key, now) {
      const dead = db
        .updateTable("work")
        .set({ dead_at: null, attempts: 0, not_before: now.getTime(), since: now.getTime() })
        .where("dead_at", "is not", null);
      const replayed = await (key === "all" ? dead : dead.where("key", "=", key)).executeTakeFirst();
      return Number(replayed.numUpdatedRows);
    },
    claimLane: (work, owner, now, leaseMs) => claimLane(db, work, owner, now, leaseMs),
    async freeLanes(owners) {
      await db.deleteFrom("lane").where("owner", "like", `${owners}%`).execute();
    },
    nextAt: (now) => nextAt(db, now),
    stats: (now) => stats(db, now),
  };
}

async function claim(
  db: Db,
  owner: string,
  now: Date,
  leaseMs: number,
  maxPerInstallation = Number.MAX_SAFE_INTEGER,
): Promise<Claim | null> {
  for (let pick = 0; pick < PICKS; pick++) {
    const next = await pickNext(db, owner, now, maxPerInstallation);
    if (next === undefined) return null;
    const lease = { lane: next.lane, installation_id: next.installation_id, key: next.key, owner };
    const taken = await atomically(db, async (transaction) => {
      const token = await takeLane(transaction, lease, now, leaseMs);
      if (token === null) return null;
      // Read again under the lease: whoever held the lane a moment ago may have done this work.
      const row = await transaction
        .selectFrom("work")
        .selectAll()
        .where("key", "=", next.key)
        .where("not_before", "<=", now.getTime())
        .where("dead_at", "is", null)
        .executeTakeFirst();
      if (row) return { ...row, token };
      await transaction.deleteFrom("lane").where("lane", "=", lease.lane).execute();
      return null;
    });
    if (taken) {
      const { key, lane, wanted, attempts, cause, token } = taken;
      const work = JSON.parse(taken.data) as Work;
      return { key, lane, work, generation: wanted, attempts, cause, lease: token };
    }
  }
  return null;
}

/** The row to take next; nothing is locked yet. */
function pickNext(db: Db, owner: string, now: Date, maxPerInstallation: number) {
  const instant = now.getTime();
  return db
    .with("busy", (cte) =>
      cte
        .selectFrom("lane")
        .select((row) => [
          "installation_id",
          row.fn.countAll<number>().as("leases"),
          sql<number>`count(case when owner = ${owner} then 1 end)`.as("own"),
        ])
        .where("until", ">", instant)
        .groupBy("installation_id"),
    )
    .selectFrom("work")
    .leftJoin("busy", "busy.installation_id", "work.installation_id")
    .select(["work.key", "work.lane", "work.installation_id"])
    .where("work.dead_at", "is", null)
    .where("work.not_before", "<=", instant)
    .where((row) => row(row.fn.coalesce("busy.own", sql<number>`0`), "<", maxPerInstallation))
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom("lane").select("lane.lane").whereRef("lane.lane", "=", "work.lane").where("until", ">", instant),
        ),
      ),
    )
    .orderBy("work.priority")
    .orderBy(sql`coalesce(busy.leases, 0)`)
    .orderBy("work.since")
    .orderBy("work.key")
    .limit(1)
    .executeTakeFirst();
}

/** Takes a lane that is free or whose lease ran out. Returns the proof, or null where somebody holds it. */
async function takeLane(
  db: Db,
  lane: { lane: string; installation_id: number; key: string | null; owner: string },
  now: Date,
  leaseMs: number,
): Promise<string | null> {
  const row = { ...lane, token: randomUUID(), until: now.getTime() + leaseMs };
  const taken = await db
    .insertInto("lane")
    .values(row)
    .onConflict((conflict) => conflict.column("lane").doUpdateSet(row).where("lane.until", "<=", now.getTime()))
    .returning("token")
    .executeTakeFirst();
  return taken?.token ?? null;
}

async function claimLane(db: Db, work: Work, owner: string, now: Date, leaseMs: number): Promise<Claim | null> {
  const lane = workLane(work);
  const lease = await takeLane(db, { lane, installation_id: work.installationId, key: null, owner }, now, leaseMs);
  // Generation 0 is older than any trigger: completing it marks none of them done.
  return lease === null ? null : { key: workKey(work), lane, work, generation: 0, attempts: 0, cause: null, lease };
}

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

function complete(db: Db, claimed: Claim, now: Date): Promise<boolean> {
  return giveBack(db, claimed, async (transaction) => {
    const done = await transaction
      .deleteFrom("work")
      .where("key", "=", claimed.key)
      .where("wanted", "=", claimed.generation)
      .executeTakeFirst();
    if (done.numDeletedRows > 0n) return;
    await transaction
      .updateTable("work")
      .set({ attempts: 0, error: null, since: now.getTime() })
      .where("key", "=", claimed.key)
      .execute();
  });
}

async function bury(db: Db, claimed: Claim, error: string, now: Date): Promise<void> {
  await giveBack(db, claimed, async (transaction) => {
    const dead = await transaction
      .updateTable("work")
      .set((row) => ({ dead_at: now.getTime(), attempts: row("attempts", "+", 1), error: storable(error) }))
      .where("key", "=", claimed.key)
      .where("wanted", "=", claimed.generation)
      .executeTakeFirst();
    if (dead.numUpdatedRows > 0n) return;
    // It was wanted again meanwhile: that trigger has its own tries.
    await transaction
      .updateTable("work")
      .set({ attempts: 0, error: storable(error), since: now.getTime() })
      .where("key", "=", claimed.key)
      .execute();
  });
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
    work: JSON.parse(row.data) as Work,
    error: row.error ?? "",
    attempts: row.attempts,
    at: new Date(row.dead_at ?? 0).toISOString(),
  }));
}

async function nextAt(db: Db, now: Date): Promise<string | null> {
  const row = await db
    .selectFrom("work")
    .leftJoin("lane", "lane.lane", "work.lane")
    .select(
      sql<number | null>`min(case when lane.until > work.not_before then lane.until else work.not_before end)`.as("at"),
    )
    .where("work.dead_at", "is", null)
    .executeTakeFirst();
  return row?.at == null ? null : new Date(Math.max(row.at, now.getTime())).toISOString();
}

async function stats(db: Db, now: Date): ReturnType<WorkList["stats"]> {
  const instant = now.getTime();
  const leased = sql`(lane.until > ${instant} and lane.key = work.key)`;
  const ready = sql`(work.not_before <= ${instant} and (lane.until is null or lane.until <= ${instant}))`;
  const counts = await db
    .selectFrom("work")
    .leftJoin("lane", "lane.lane", "work.lane")
    .select([
      sql<number>`count(case when dead_at is null and ${ready} then 1 end)`.as("ready"),
      sql<number>`count(case when dead_at is null and ${leased} then 1 end)`.as("leased"),
      sql<number>`count(dead_at)`.as("dead"),
      sql<number>`count(*)`.as("all"),
      sql<number | null>`min(case when dead_at is null and ${ready} then
        case when work.since > work.not_before then work.since else work.not_before end end)`.as("oldest"),
    ])
    .executeTakeFirstOrThrow();
  return {
    ready: counts.ready,
    leased: counts.leased,
    dead: counts.dead,
    waiting: counts.all - counts.ready - counts.leased - counts.dead,
    oldestReadySeconds: counts.oldest === null ? 0 : Math.max(0, (instant - counts.oldest) / 1000),
  };
}

/** Error text as PostgreSQL takes it (no NUL) and as an operator wants it (not a page long). */
function storable(error: string): string {
  return error.replaceAll("\0", "").slice(0, 2000);
}
