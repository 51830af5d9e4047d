/**
 * The machine's clock jumps while something waits: it waits no longer than it had to in the first place, and what is alive keeps its
 * lease (docs/adr/0013). Every instant that the store keeps, by every jump.
 */
import { expect, test } from "vitest";
import { TRIED_ALONE_AFTER } from "../../src/jobs/unfinished.js";
import type { Claim, Store } from "../../src/store/types.js";
import { describeOnBothEngines } from "../support/databases.js";
import { sampled } from "../support/long.js";
import { aPull } from "./samples.js";

const NOW = new Date("2025-03-01T09:00:00Z");
const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const LEASE_MS = 15 * SECOND_MS;
const READ = { points: 1, content: false };
const CREATE = { points: 5, content: true };

const JUMPS: readonly [string, number][] = [
  ["back by a minute", -MINUTE_MS],
  ["back by an hour", -HOUR_MS],
  ["back by a day", -24 * HOUR_MS],
  ["forward by an hour", HOUR_MS],
  ["forward by a day", 24 * HOUR_MS],
];

const REPOSITORY = 1;
const work = aPull(1, REPOSITORY);
const at = (ms: number) => new Date(NOW.getTime() + ms);

const claim = (store: Store, now: Date) => store.work.claim("w", now, LEASE_MS);
async function take(store: Store, now = NOW): Promise<Claim> {
  const claimed = await claim(store, now);
  if (claimed === null) throw new Error("nothing to claim");
  return claimed;
}

interface Waiting {
  /** Begins the wait, at {@link NOW}. */
  readonly begin: (store: Store) => Promise<void>;
  /** Whether it is over at an instant. */
  readonly isOver: (store: Store, now: Date) => Promise<boolean>;
  /** How long it has to last. */
  readonly ms: number;
}

const isClaimed = async (store: Store, now: Date) => (await claim(store, now)) !== null;
const retried = (because: "failed" | "limited", waitMs: number): Waiting => ({
  begin: async (store) => {
    await store.enqueue(work, NOW);
    await store.work.retry(await take(store), { now: NOW, waitMs, error: "x", because });
  },
  isOver: isClaimed,
  ms: waitMs,
});
/** Work left unfinished so often: by a process that was killed each time, and another that takes over. */
const left = async (store: Store, times: number) => {
  await store.enqueue(work, at(-HOUR_MS));
  for (let n = 0; n < times; n++) {
    const now = at(n === times - 1 ? 0 : -HOUR_MS + (n + 1) * 5 * MINUTE_MS);
    await take(store, now);
    await store.work.freeLanes("w");
  }
};

const WAITS: Readonly<Record<string, Waiting>> = {
  "work that is ready": { begin: (store) => store.enqueue(work, NOW), isOver: isClaimed, ms: 0 },
  "work wanted for later": {
    begin: (store) => store.enqueue(work, NOW, { waitMs: 10 * MINUTE_MS }),
    isOver: isClaimed,
    ms: 10 * MINUTE_MS,
  },
  "work that failed": retried("failed", HOUR_MS),
  "work that met a limit": retried("limited", 20 * MINUTE_MS),
  "work that rests, since it was left unfinished": {
    begin: (store) => left(store, 2),
    isOver: isClaimed,
    ms: 2 * SECOND_MS,
  },
  "work that may have ended its process": {
    begin: (store) => left(store, TRIED_ALONE_AFTER),
    isOver: async (store, now) => (await store.work.suspect(now)) !== null,
    ms: 32 * SECOND_MS,
  },
  "work that was given up": {
    begin: async (store) => {
      await store.enqueue(work, NOW);
      await store.work.bury(await take(store), "x", NOW);
    },
    isOver: async (store, now) => (await store.work.retryRested(REPOSITORY, now)).length > 0,
    ms: 15 * MINUTE_MS,
  },
  "the work of somebody killed": {
    begin: async (store) => {
      await store.enqueue(work, NOW);
      await take(store);
    },
    isOver: async (store, now) => (await store.work.suspect(now)) === null && (await isClaimed(store, now)),
    // Nobody can know whether its holder is alive: then the longest lease there is.
    ms: MINUTE_MS,
  },
  "a lane that somebody killed held": {
    begin: async (store) => void (await store.work.claimLane(work, "w", NOW, LEASE_MS)),
    isOver: async (store, now) => (await store.work.claimLane(work, "v", now, LEASE_MS)) !== null,
    ms: MINUTE_MS,
  },
  "a limit that GitHub told of": {
    begin: (store) => store.limits.block(1, 5 * MINUTE_MS, NOW),
    isOver: async (store, now) => (await store.limits.book(1, READ, now)) === 0,
    ms: 5 * MINUTE_MS,
  },
  "a minute's requests, used up": {
    begin: async (store) => {
      while ((await store.limits.book(1, CREATE, NOW)) === 0);
    },
    isOver: async (store, now) => (await store.limits.book(1, CREATE, now)) === 0,
    ms: 64 * SECOND_MS,
  },
};

describeOnBothEngines("where the machine's clock jumps", (open) => {
  sampled(test, 5).each(Object.entries(WAITS))("%s waits no longer than before", async (_, { begin, isOver, ms }) => {
    for (const [jump, jumpMs] of JUMPS) {
      const store = await open();
      await begin(store);
      // Somebody looks right after the jump, as the workers do all the time.
      const early = await isOver(store, at(jumpMs));
      expect(early || (await isOver(store, at(jumpMs + ms))), jump).toBe(true);
      await store.close();
    }
  });

  test("a limit that GitHub told of holds for as long as it said where the clock was put back", async () => {
    for (const [jump, jumpMs] of JUMPS.filter(([, ms]) => ms < 0)) {
      const store = await open();
      await store.limits.block(1, 5 * MINUTE_MS, NOW);
      expect(await store.limits.book(1, READ, at(jumpMs)), jump).toBe(5 * MINUTE_MS);
      expect(await store.limits.book(1, READ, at(jumpMs + MINUTE_MS)), jump).toBe(4 * MINUTE_MS);
      await store.close();
    }
  });

  test("what was booked stays as old as it is where the clock was put back", async () => {
    for (const [jump, jumpMs] of JUMPS.filter(([, ms]) => ms < 0)) {
      const store = await open();
      while ((await store.limits.book(1, CREATE, NOW)) === 0);
      await store.limits.book(1, READ, at(40 * SECOND_MS));
      const wait = await store.limits.book(1, CREATE, at(jumpMs));
      expect(wait, jump).toBeGreaterThan(20 * SECOND_MS);
      expect(wait, jump).toBeLessThan(25 * SECOND_MS);
      await store.close();
    }
  });

  test("who is alive keeps the lease where the clock was put back, and loses it where it was put forward", async () => {
    for (const [jump, jumpMs] of JUMPS) {
      const store = await open();
      await store.enqueue(work, NOW);
      const claimed = await take(store);
      const other = await claim(store, at(jumpMs));
      const isKept = jumpMs < 0;
      expect(other === null, jump).toBe(isKept);
      for (const seconds of [5, 10, 15, 20]) {
        const now = at(jumpMs + seconds * SECOND_MS);
        expect(await store.work.heartbeat(claimed, now, LEASE_MS), jump).toBe(isKept);
        if (isKept) expect(await claim(store, at(jumpMs + (seconds + 4) * SECOND_MS)), jump).toBeNull();
      }
      expect(await store.work.complete(claimed, at(jumpMs + 25 * SECOND_MS)), jump).toBe(isKept);
      await store.close();
    }
  });

  test("two callers whose clocks crossed by a moment end no wait", async () => {
    const store = await open();
    await store.enqueue(work, NOW);
    await store.work.retry(await take(store), { now: NOW, waitMs: MINUTE_MS, error: "x", because: "failed" });
    expect(await claim(store, at(-100))).toBeNull();
    await store.limits.block(1, MINUTE_MS, NOW);
    for (let n = 0; n < 20; n++) await store.limits.book(1, READ, at(n % 2 ? 0 : -100));
    expect(await store.limits.book(1, READ, NOW)).toBe(MINUTE_MS);
  });
});
