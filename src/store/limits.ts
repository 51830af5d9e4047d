/**
 * GitHub's secondary limits, kept by booking each request before it is sent, one row an installation, so that every
 * replica and the command line count together.
 * https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api#about-secondary-rate-limits
 */
import { sql } from "kysely";
import { z } from "zod";
import { CROSSED_MS, type Instant, type StoreClock } from "./clock.js";
import { readJson } from "./rows.js";
import { atomically, type Db } from "./schema.js";
import type { Limits } from "./types.js";

/**
 * What GitHub allows is 80 requests that create content and 900 points a minute, and 500 that create content an hour.
 * Ours stay a little below: a request arrives some time after it was booked, and GitHub's clock is not ours.
 */
export const CONTENT_PER_MINUTE = 76;
export const CONTENT_PER_HOUR = 490;

export const WINDOWS = [
  { counts: "content", ms: 62_000, most: CONTENT_PER_MINUTE },
  { counts: "content", ms: 3_610_000, most: CONTENT_PER_HOUR },
  { counts: "points", ms: 62_000, most: 860 },
] as const;

const count = z.int().min(0);
const bucketSchema = z.object({ second: count, points: count, content: count });
const bucketsSchema = z.array(bucketSchema);

/** Requests booked within one second (since 1970), together. */
type Bucket = Readonly<z.output<typeof bucketSchema>>;

/** Milliseconds to wait at `now` until one window has room for `more`; 0 where it has. */
function waitFor(window: (typeof WINDOWS)[number], buckets: readonly Bucket[], more: number, now: number): number {
  const live = buckets.filter((bucket) => leaves(bucket, window.ms) > now);
  let over = live.reduce((sum, bucket) => sum + bucket[window.counts], more) - window.most;
  if (over <= 0 || more === 0) return 0;
  for (const bucket of live) {
    over -= bucket[window.counts];
    if (over <= 0) return leaves(bucket, window.ms) - now;
  }
  return window.ms; // More than a whole window allows: no caller asks for that.
}

/** The instant from which a bucket no longer counts in a window: counted from its end, so never too early. */
const leaves = (bucket: Bucket, windowMs: number): number => (bucket.second + 1) * 1000 + windowMs;

/** Drops what no window counts any more, and adds one request at `now`. Buckets stay in time order. */
function add(buckets: readonly Bucket[], request: { points: number; content: number }, now: number): Bucket[] {
  const kept = buckets.filter((bucket) =>
    WINDOWS.some((window) => bucket[window.counts] > 0 && leaves(bucket, window.ms) > now),
  );
  const second = Math.floor(now / 1000);
  const same = kept.find((bucket) => bucket.second === second);
  const merged = {
    second,
    points: (same?.points ?? 0) + request.points,
    content: (same?.content ?? 0) + request.content,
  };
  return [...kept.filter((bucket) => bucket !== same), merged].sort((a, b) => a.second - b.second);
}

/** GitHub's longest limit is an hour. */
const LONGEST_BLOCK_MS = 3_610_000;

export function limits(db: Db, clock: StoreClock): Limits {
  const queues = new Map<number, Asked[]>();
  return {
    book: (installationId, { points, content }, now) =>
      new Promise((resolve, reject) => {
        const asked: Asked = { request: { points, content: content ? 1 : 0 }, now, resolve, reject };
        const queue = queues.get(installationId);
        if (queue) return void queue.push(asked);
        queues.set(installationId, [asked]);
        void bookInTurn(installationId);
      }),
    block: (installationId, ms, now) =>
      atomically(db, async (transaction) => {
        const booked = await lock(transaction, installationId, clock(now));
        const end = booked.now + Math.min(ms, LONGEST_BLOCK_MS);
        await save(transaction, installationId, { ...booked, blockedUntil: Math.max(end, booked.blockedUntil) });
      }),
  };

  /**
   * Books what is asked for an installation, and then together what was asked meanwhile: all its requests want one row, and each that
   * waited for it by itself would keep a connection that other installations' work needs.
   */
  async function bookInTurn(installationId: number): Promise<void> {
    for (;;) {
      const together = queues.get(installationId) ?? [];
      if (together.length === 0) return void queues.delete(installationId);
      queues.set(installationId, []);
      try {
        const waits = await bookTogether(installationId, together);
        for (const [index, { resolve }] of together.entries()) resolve(waits[index] ?? 0);
      } catch (error) {
        for (const { reject } of together) reject(error);
      }
    }
  }

  /** Gives how long each is to wait; those who need not are booked. */
  function bookTogether(installationId: number, together: readonly Asked[]): Promise<number[]> {
    const latest = new Date(Math.max(...together.map(({ now }) => now.getTime())));
    return atomically(db, async (transaction) => {
      const booked = await lock(transaction, installationId, clock(latest));
      let { buckets } = booked;
      const waits: number[] = [];
      for (const { request } of together) {
        const ofWindows = WINDOWS.map((window) => waitFor(window, buckets, request[window.counts], booked.now));
        const wait = Math.max(0, booked.blockedUntil - booked.now, ...ofWindows);
        if (wait === 0) buckets = add(buckets, request, booked.now);
        waits.push(wait);
      }
      await save(transaction, installationId, { ...booked, buckets });
      return waits;
    });
  }
}

/** A request that waits to be booked. */
interface Asked {
  readonly request: { readonly points: number; readonly content: number };
  readonly now: Date;
  readonly resolve: (waitMs: number) => void;
  readonly reject: (error: unknown) => void;
}

/** What is booked for an installation, as the present clock counts. */
interface Booked {
  readonly now: number;
  readonly blockedUntil: number;
  readonly buckets: readonly Bucket[];
}

/**
 * The installation's row, held until the transaction ends. (An update that changes nothing: SQLite has no `for update`.) Where
 * the clock was put back since it was written, all of it is brought back by as much: waits stay as long as they were.
 */
async function lock(transaction: Db, installationId: number, instant: Instant): Promise<Booked> {
  const row = await transaction
    .insertInto("booking")
    .values({ installation_id: installationId, blocked_until: 0, data: "[]", at: instant })
    .onConflict((conflict) =>
      conflict.column("installation_id").doUpdateSet((old) => ({ data: old.ref("booking.data") })),
    )
    .returning(["blocked_until", "data", "at", sql<number>`cast(${instant} as bigint)`.as("now")])
    .executeTakeFirstOrThrow();
  // What was booked lately and cannot be read is forgotten: GitHub tells where it is too much.
  const buckets = readJson(bucketsSchema, row.data) ?? [];
  const backMs = row.at - row.now > CROSSED_MS ? row.at - row.now : 0;
  const backSeconds = Math.floor(backMs / 1000);
  return {
    now: Math.max(row.now, row.at - backMs),
    blockedUntil: row.blocked_until - backMs,
    buckets: buckets.map((bucket) => ({ ...bucket, second: bucket.second - backSeconds })),
  };
}

async function save(transaction: Db, installationId: number, booked: Booked): Promise<void> {
  await transaction
    .updateTable("booking")
    .set({ data: JSON.stringify(booked.buckets), blocked_until: booked.blockedUntil, at: booked.now })
    .where("installation_id", "=", installationId)
    .execute();
}
