/** Taking work: the row to run next, under a lease on its lane. The primary key of `lane` keeps two workers apart. */
import { randomUUID } from "node:crypto";
import { type RawBuilder, sql } from "kysely";
import { MOST_UNFINISHED, restMs, TRIED_ALONE_AFTER } from "../jobs/unfinished.js";
import { type Work, workKey, workLane, workSchema } from "../jobs/work.js";
import { type Instant, plus } from "./clock.js";
import { dueAt, waiting } from "./enqueue.js";
import { readJson } from "./rows.js";
import { atomically, type Db } from "./schema.js";
import type { Claim, ClaimOptions, Suspect } from "./types.js";

/** Where many claim at once, a row picked may be taken by the time its lane is asked for; so often another is picked. */
const PICKS = 100;

/** No lease lasts longer. What seems to was taken by a clock that ran ahead: it is cut to this, so that its holder can prolong it. */
const LONGEST_LEASE_MS = 60_000;

const isDue = (instant: Instant): RawBuilder<boolean> => sql<boolean>`${dueAt(instant)} <= ${instant}`;

/** Takes the row to run next, or null where there is none. */
export async function claim(
  db: Db,
  owner: string,
  instant: Instant,
  leaseMs: number,
  options: ClaimOptions = {},
): Promise<Claim | null> {
  for (let pick = 0; pick < PICKS; pick++) {
    const next = await pickNext(db, owner, instant, options);
    if (next === undefined) return null;
    const lease = { lane: next.lane, installation_id: next.installation_id, key: next.key, owner };
    const taken = await atomically(db, (transaction) => take(transaction, lease, instant, leaseMs));
    if (taken) return taken;
  }
  return null;
}

interface Lease {
  readonly lane: string;
  readonly installation_id: number;
  readonly key: string | null;
  readonly owner: string;
}

async function take(
  transaction: Db,
  lease: Lease & { readonly key: string },
  instant: Instant,
  leaseMs: number,
): Promise<Claim | null> {
  const token = await takeLane(transaction, lease, instant, leaseMs);
  if (token === null) return null;
  // Read again under the lease: whoever held the lane a moment ago may have done this work.
  const row = await transaction
    .selectFrom("work")
    .selectAll()
    .where("key", "=", lease.key)
    .where(isDue(instant))
    .where("dead_at", "is", null)
    .executeTakeFirst();
  if (!row) {
    await transaction.deleteFrom("lane").where("lane", "=", lease.lane).execute();
    return null;
  }
  const work = readJson(workSchema, row.data);
  if (work === null || workKey(work) !== row.key) {
    await transaction.deleteFrom("lane").where("lane", "=", lease.lane).execute();
    await transaction.updateTable("work").set(unreadable(instant)).where("key", "=", row.key).execute();
    return null;
  }
  const rest = restMs(row.unfinished, row.burials);
  await transaction
    .updateTable("work")
    .set({ unfinished: row.unfinished + 1, ...(rest > 0 && waiting(instant, rest)) })
    .where("key", "=", row.key)
    .execute();
  const { key, lane, wanted, attempts, unreached, cause } = row;
  return { key, lane, work, generation: wanted, attempts, unreached, cause, lease: token };
}

/** What becomes of a row that cannot be read: a dead letter, which fixes itself once the same thing is wanted again. */
const unreadable = (instant: Instant) => ({ dead_at: instant, error: "what the database says of it cannot be read" });

/** The row to take next; nothing is locked yet. */
function pickNext(db: Db, owner: string, instant: Instant, { maxPerInstallation, suspect }: ClaimOptions) {
  const most = maxPerInstallation ?? Number.MAX_SAFE_INTEGER;
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
    .where((row) =>
      suspect === undefined
        ? row("work.unfinished", "<", TRIED_ALONE_AFTER)
        : row.and([row("work.key", "=", suspect), row("work.unfinished", "<", MOST_UNFINISHED)]),
    )
    .where(isDue(instant))
    .where((row) => row(row.fn.coalesce("busy.own", sql<number>`0`), "<", most))
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
async function takeLane(db: Db, lease: Lease, instant: Instant, leaseMs: number): Promise<string | null> {
  const row = { ...lease, token: randomUUID(), until: plus(instant, leaseMs) };
  const taken = await db
    .insertInto("lane")
    .values(row)
    .onConflict((conflict) => conflict.column("lane").doUpdateSet(row).where("lane.until", "<=", instant))
    .returning("token")
    .executeTakeFirst();
  return taken?.token ?? null;
}

/** Takes a lane without a row of work; null while somebody holds it. */
export async function claimLane(
  db: Db,
  work: Work,
  owner: string,
  instant: Instant,
  leaseMs: number,
): Promise<Claim | null> {
  const lane = workLane(work);
  await cutLeases(db, instant);
  const lease = await takeLane(db, { lane, installation_id: work.installationId, key: null, owner }, instant, leaseMs);
  if (lease === null) return null;
  // Generation 0 is older than any trigger: completing it marks none of them done.
  return { key: workKey(work), lane, work, generation: 0, attempts: 0, unreached: 0, cause: null, lease };
}

async function cutLeases(db: Db, instant: Instant): Promise<void> {
  const longest = plus(instant, LONGEST_LEASE_MS);
  await db.updateTable("lane").set({ until: longest }).where("until", ">", longest).execute();
}

/** See {@link WorkList.suspect}. */
export async function suspect(db: Db, instant: Instant): Promise<Suspect | null> {
  await cutLeases(db, instant);
  const row = await db
    .selectFrom("work")
    .leftJoin("lane", "lane.lane", "work.lane")
    .select(["work.key", "work.unfinished"])
    .where("work.unfinished", ">=", TRIED_ALONE_AFTER)
    .where("work.dead_at", "is", null)
    .where((row) => row.or([row("work.unfinished", ">=", MOST_UNFINISHED), isDue(instant)]))
    .where((row) => row.or([row("lane.until", "is", null), row("lane.until", "<=", instant)]))
    .orderBy("work.unfinished", "desc")
    .orderBy("work.since")
    .orderBy("work.key")
    .limit(1)
    .executeTakeFirst();
  return row ? { key: row.key, isToBeSetAside: row.unfinished >= MOST_UNFINISHED } : null;
}
