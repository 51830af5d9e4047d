import { fileURLToPath } from "node:url";
import { expect, test, vi } from "vitest";
import { Fatal, OutOfReach, Retryable } from "../../src/errors.js";
import { MOST_UNREACHED, outageMs } from "../../src/jobs/backoff.js";
import { type Log, SILENT } from "../../src/jobs/log.js";
import { type Outcome, Workers, type WorkersOptions } from "../../src/jobs/workers.js";
import type { Claim, Store } from "../../src/store/types.js";
import { aPull, BIG } from "../store/samples.js";
import { FakeClock } from "../support/clock.js";
import { describeOnBothEngines } from "../support/databases.js";
import { startProcess } from "../support/processes.js";

const NOW = new Date("2025-03-01T09:00:00Z");
const after = (seconds: number) => new Date(NOW.getTime() + seconds * 1000);

/** Until it holds: what is waited for is real input and output, however slow the machine. */
const eventually = (holds: () => void | Promise<void>) => vi.waitFor(holds, { timeout: 25_000, interval: 5 });

/** What a handler waits for until the test lets it go on. */
function gate() {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open: () => open(), opened };
}

/** Workers on a clock of their own, with what they said and did. */
function crew(store: Store, handle: WorkersOptions["handle"], options: Partial<WorkersOptions> = {}) {
  const clock = new FakeClock(NOW);
  const outcomes: [Outcome, string][] = [];
  const said: string[] = [];
  const note = (level: string) => (_: object, message: string) => void said.push(`${level}: ${message}`);
  const log: Log = { ...SILENT, info: note("info"), warn: note("warn"), error: note("error") };
  const workers = new Workers({
    store,
    handle,
    now: clock.now,
    sleep: clock.sleep,
    monotonic: () => clock.now().getTime(),
    random: () => 0.5,
    owner: "w",
    log,
    onOutcome: (outcome, claim) => void outcomes.push([outcome, claim.key]),
    ...options,
  });
  return { workers, clock, outcomes, said };
}

const outcomesOf = (of: { outcomes: [Outcome, string][] }) => of.outcomes.map(([outcome]) => outcome);

describeOnBothEngines("workers", (open) => {
  test("drain runs what is ready and what that makes ready, one of a lane at a time", async () => {
    const store = await open();
    for (let n = 0; n < 12; n++) await store.enqueue(aPull(n, n % 3), NOW);
    const busy = new Set<string>();
    const ran: string[] = [];
    const { workers, outcomes } = crew(store, async ({ lane, key, work }) => {
      expect(busy.has(lane)).toBe(false);
      busy.add(lane);
      ran.push(key);
      if (key === "pull:0:0") await store.enqueue({ ...work, kind: "sweep", repositoryId: 0 } as never, NOW);
      busy.delete(lane);
    });
    await workers.drain();
    expect(ran).toHaveLength(13);
    expect(ran).toContain("sweep:0");
    expect(new Set(outcomes.map(([outcome]) => outcome))).toEqual(new Set(["done"]));
    expect(await store.work.nextAt(NOW)).toBeNull();
  });

  test("a wake starts work at once; what another process added is found at the next poll", async () => {
    const store = await open();
    const other = await open.again();
    const { workers, clock, outcomes } = crew(store, async () => {}, { pollMs: 1000 });
    workers.start();
    await store.enqueue(aPull(1), NOW);
    workers.wake();
    await eventually(() => expect(outcomes).toHaveLength(1));
    await other.enqueue(aPull(2), NOW);
    await eventually(() => {
      clock.advance(1000);
      expect(outcomes).toHaveLength(2);
    });
    await workers.stop();
    await store.enqueue(aPull(3), NOW);
    workers.wake();
    expect((await store.work.stats(clock.now())).ready).toBe(1);
  });

  test("a flood of wakes does not become a flood of looks at the list", async () => {
    const store = await open();
    let looks = 0;
    const claim = async () => {
      looks++;
      return null;
    };
    const work = { ...store.work, claim };
    const { workers } = crew({ ...store, work }, async () => {});
    const from = performance.now();
    workers.start();
    for (let wakes = 0; wakes < 1000; wakes++) {
      workers.wake();
      await new Promise(setImmediate);
    }
    await workers.stop();
    expect(looks).toBeGreaterThan(0);
    // They are 20 ms apart; a timer may ring early, by the clock that counts here.
    expect(looks).toBeLessThanOrEqual((performance.now() - from) / 10 + 2);
  });

  test("a trigger that comes while its work runs leaves one more run", async () => {
    const store = await open();
    await store.enqueue(aPull(1), NOW);
    let runs = 0;
    const { workers } = crew(store, async () => {
      if (++runs === 1) for (let n = 0; n < 5; n++) await store.enqueue(aPull(1), NOW);
    });
    await workers.drain();
    expect(runs).toBe(2);
  });

  test.each([
    [3, 2],
    [8, 6],
    [32, 24],
  ])("of %i places give at most %i to the installation that is busiest", async (concurrency, most) => {
    const store = await open();
    const { open: letGo, opened } = gate();
    const running: string[] = [];
    const handle = async ({ key }: Claim) => {
      running.push(key);
      await opened;
    };
    const naps: number[] = [];
    const clock = new FakeClock(NOW);
    const sleep = (ms: number, signal: AbortSignal) => {
      naps.push(ms);
      return clock.sleep(ms, signal);
    };
    const { workers } = crew(store, handle, { concurrency, now: clock.now, sleep, pollMs: 1000 });
    for (let repository = 1; repository <= 2 * concurrency; repository++)
      await store.enqueue(aPull(1, repository, 1), NOW);
    workers.start();
    await eventually(() => expect(running).toHaveLength(most));
    await store.enqueue(aPull(1, 99, 2), NOW);
    workers.wake();
    await eventually(() => expect(running).toContain("pull:99:1"));
    expect(running).toHaveLength(most + 1);
    // What is ready and may not be taken yet is no reason to ask again and again.
    await eventually(() => expect(Math.min(...naps)).toBe(1000));
    letGo();
    await workers.stop();
  });
});

describeOnBothEngines("work that fails", (open) => {
  const failing = async (store: Store, error: () => Error, options?: Partial<WorkersOptions>) => {
    await store.enqueue(aPull(1), NOW);
    return crew(store, () => Promise.reject(error()), options);
  };

  test("is tried again after a growing time, and given up after 8 tries", async () => {
    const store = await open();
    const made = await failing(store, () => new Retryable("502"));
    const waits: number[] = [];
    for (let n = 0; n < 20; n++) {
      await made.workers.drain();
      const next = await store.work.nextAt(made.clock.now());
      if (next === null) break;
      waits.push((Date.parse(next) - made.clock.now().getTime()) / 1000);
      made.clock.advance((waits.at(-1) ?? 0) * 1000);
    }
    // Half of the longest each time, by the chance that was passed in.
    expect(waits).toEqual([1, 4, 16, 64, 256, 1024, 1800]);
    expect(outcomesOf(made)).toEqual([...Array(7).fill("retried"), "buried"]);
    expect(await store.work.deadLetters()).toMatchObject([{ attempts: 8, error: "502" }]);
    expect(made.said.at(-1)).toBe("error: work was given up");

    await store.work.replay("all", made.clock.now());
    await made.workers.drain();
    expect(outcomesOf(made).at(-1)).toBe("retried");
  });

  test("waits for as long as it names", async () => {
    const store = await open();
    const made = await failing(store, () => new Retryable("limit", { waitMs: 1_234_000 }));
    await made.workers.drain();
    expect(await store.work.nextAt(NOW)).toBe(after(1234).toISOString());
  });

  test("does not count what was not its fault", async () => {
    const store = await open();
    const made = await failing(store, () => new Retryable("limit", { waitMs: 0, blameless: true }));
    const limited = crew(store, async ({ attempts }) => {
      expect(attempts).toBe(0);
      if (limited.outcomes.length < 20) throw new Retryable("limit", { waitMs: 0, blameless: true });
    });
    expect(made.outcomes).toEqual([]);
    await limited.workers.drain();
    expect(outcomesOf(limited)).toEqual([...Array(20).fill("retried"), "done"]);
  });

  test("is given up at once where trying again cannot help", async () => {
    const store = await open();
    const made = await failing(store, () => new Fatal("gone"));
    await made.workers.drain();
    expect(outcomesOf(made)).toEqual(["buried"]);
    expect(await store.work.deadLetters()).toMatchObject([{ attempts: 1, error: "gone", work: aPull(1) }]);
  });

  test("unexpectedly is logged as a fault and tried again", async () => {
    const store = await open();
    const made = await failing(store, () => new TypeError("undefined is not a function"));
    await made.workers.drain();
    expect(outcomesOf(made)).toEqual(["retried"]);
    expect(made.said).toEqual(["error: work failed unexpectedly and will be tried again"]);
  });

  test("with the database gone is left to its lease", async () => {
    const store = await open();
    await store.enqueue(aPull(1), NOW);
    const made = crew(store, () => store.close(), { concurrency: 1 });
    await expect(made.workers.drain()).rejects.toThrow();
    expect(outcomesOf(made)).toEqual(["lost"]);
    expect(made.said).toEqual(["error: the outcome of work could not be recorded"]);
    const later = await open.again();
    expect((await later.work.claim("w", after(16), 1000))?.attempts).toBe(0);
  });
});

describeOnBothEngines("GitHub out of reach", (open) => {
  test("counts as no attempt; it is tried for hours, with growing waits, and then given up", async () => {
    const store = await open();
    await store.enqueue(aPull(1), NOW);
    let hold = 0;
    const made = crew(store, async () => {
      // A limit in between, or a second look, is neither reach nor failure.
      if (++hold % 10 === 0) throw new Retryable("look once more", { waitMs: 0, blameless: true });
      throw new OutOfReach("502");
    });
    const waits: number[] = [];
    while ((await store.work.deadLetters()).length === 0) {
      await made.workers.drain();
      const next = await store.work.nextAt(made.clock.now());
      if (next === null) break;
      waits.push((Date.parse(next) - made.clock.now().getTime()) / 1000);
      made.clock.advance((waits.at(-1) ?? 0) * 1000);
    }
    // Three quarters of the longest each time, by the chance that was passed in.
    expect(waits.slice(0, 7)).toEqual([1.5, 6, 24, 96, 384, 675, 675]);
    expect(made.clock.now().getTime() - NOW.getTime()).toBeGreaterThan(8 * 3_600_000);
    expect(await store.work.deadLetters()).toMatchObject([{ attempts: 48, error: "502" }]);
  });

  test("with no luck at all it is tried for five hours", () => {
    const waits = Array.from({ length: MOST_UNREACHED - 1 }, (_, n) => outageMs(n + 1, () => 0));
    expect(waits.reduce((sum, wait) => sum + wait, 0)).toBeGreaterThan(5 * 3_600_000);
  });
});

describeOnBothEngines("what may have ended the process", (open) => {
  test("waits until nothing else runs, runs alone, and is done", async () => {
    const store = await open();
    await store.enqueue(aPull(1, 1), NOW);
    for (let n = 0; n < 4; n++) await store.work.claim("gone", after(n * 3600), 1);
    const { open: letGo, opened } = gate();
    const running = new Set<string>();
    const beside: string[][] = [];
    const made = crew(store, async ({ key }) => {
      running.add(key);
      beside.push([...running]);
      if (key === "pull:2:1") await opened;
      else await new Promise((resolve) => setTimeout(resolve, 20));
      running.delete(key);
    });
    made.clock.advance(3 * 3_600_000 + 10_000);
    await store.enqueue(aPull(1, 2), made.clock.now());
    made.workers.start();
    await eventually(() => expect(beside).toEqual([["pull:2:1"]]));
    made.clock.advance(60_000);
    await store.enqueue(aPull(1, 3), made.clock.now());
    made.workers.wake();
    await new Promise((resolve) => setTimeout(resolve, 100));
    // It is due and waits, and nothing is started that it would have to wait for as well.
    expect(beside).toEqual([["pull:2:1"]]);
    letGo();
    await eventually(() => expect(made.outcomes).toHaveLength(3));
    expect(beside).toEqual([["pull:2:1"], ["pull:1:1"], ["pull:3:1"]]);
    expect(made.said).toContain("warn: work that may have ended the process is tried alone");
    await made.workers.stop();
    expect((await store.work.stats(made.clock.now())).dead).toBe(0);
  });

  test.each<[string, (store: Store, name: string) => Promise<void>]>([
    [
      "a stop, also one that is cut short",
      async (store) => {
        const { open: letGo, opened } = gate();
        const made = crew(store, () => opened.then(() => Promise.reject(new Error("cut short"))));
        made.workers.start();
        await eventually(async () => expect((await store.work.stats(NOW)).leased).toBe(1));
        const stopping = made.workers.stop(20_000, 3_000);
        await eventually(async () => {
          made.clock.advance(5_000);
          expect(made.said).toContain("warn: work did not stop in time; its leases run out");
        });
        await stopping;
        // As if it had been killed here: what it did not say, nobody knows.
        await store.work.freeLanes("");
        letGo();
        await eventually(() => expect(outcomesOf(made)).toEqual(["returned"]));
      },
    ],
    [
      "a lease that was lost",
      async (store, name) => {
        let runs = 0;
        const made = crew(store, async () => {
          if (++runs > 1) throw new OutOfReach("502");
          await store.work.freeLanes("w");
          const thief = await store.work.claim(name, NOW, 1000);
          if (thief) await store.work.retry(thief, { now: NOW, waitMs: 0, error: "", because: "unreached" });
        });
        await store.enqueue(aPull(1), NOW);
        await made.workers.drain();
        expect(outcomesOf(made)).toContain("lost");
      },
    ],
  ])("is not %s, however often", async (_, once) => {
    const store = await open();
    await store.enqueue(aPull(1), NOW);
    for (let n = 0; n < 6; n++) {
      await once(store, `thief-${n}`);
      await store.work.freeLanes("");
    }
    expect(await store.work.suspect(after(24 * 3600))).toBeNull();
    expect((await store.work.claim("w", after(24 * 3600), 1000))?.key).toBe(`pull:${BIG + 10}:1`);
  });
});

describeOnBothEngines("leases of workers", (open) => {
  test("are prolonged while the work runs", async () => {
    const store = await open();
    await store.enqueue(aPull(1), NOW);
    const { open: letGo, opened } = gate();
    const made = crew(store, () => opened);
    made.workers.start();
    await eventually(async () => expect((await store.work.stats(made.clock.now())).leased).toBe(1));
    for (let beat = 1; beat <= 6; beat++) {
      await eventually(() => expect(made.clock.wakesAt(after(beat * 5))).toBe(true));
      made.clock.advance(5000);
      const until = after(beat * 5 + 15).toISOString();
      await eventually(async () => expect(await store.work.nextAt(NOW)).toBe(until));
    }
    letGo();
    await made.workers.stop();
    expect(outcomesOf(made)).toEqual(["done"]);
  });

  test("lost to another abort the work, whose outcome is then not recorded", async () => {
    const store = await open();
    await store.enqueue(aPull(1), NOW);
    let aborted: unknown;
    const made = crew(
      store,
      (_, { signal }) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener("abort", () => {
            aborted = signal.reason;
            reject(new Fatal("cut short"));
          });
        }),
    );
    made.workers.start();
    await eventually(async () => expect((await store.work.stats(NOW)).leased).toBe(1));
    const thief = await store.work.claim("thief", after(16), 60_000);
    expect(thief?.key).toBe(`pull:${BIG + 10}:1`);
    await eventually(() => {
      made.clock.advance(5000);
      expect(outcomesOf(made)).toEqual(["lost"]);
    });
    expect(aborted).toMatchObject({ name: "LeaseLost" });
    expect(await store.work.deadLetters()).toEqual([]);
    expect(await store.work.complete(thief as Claim, after(17))).toBe(true);
    await made.workers.stop();
  });

  test("that ran out while the process was asleep stop the work at its next check", async () => {
    const store = await open();
    await store.enqueue(aPull(1), NOW);
    let now = NOW;
    const handle: WorkersOptions["handle"] = async (_, { check, signal }) => {
      check();
      expect((await store.work.claim("thief", after(15), 60_000))?.key).toBe(`pull:${BIG + 10}:1`);
      now = after(15);
      expect(check).toThrow("lease was lost");
      expect(signal.aborted).toBe(true);
      check();
    };
    const made = crew(store, handle, { now: () => now });
    await made.workers.drain();
    expect(outcomesOf(made)).toEqual(["lost"]);
    expect((await store.work.stats(after(16))).leased).toBe(1);
  });

  test("of a killed worker run out in seconds, and the work is done by another", async () => {
    const options = await open.address();
    const store = await open.again();
    await store.enqueue(aPull(1), NOW);
    const child = fileURLToPath(new URL("./worker-child.ts", import.meta.url));
    const worker = startProcess(child, JSON.stringify({ ...options, now: NOW.toISOString() }));
    expect(await worker.line()).toBe(`pull:${BIG + 10}:1`);
    await worker.kill();
    const made = crew(store, async () => {});
    made.clock.advance(14_999);
    await made.workers.drain();
    expect(made.outcomes).toEqual([]);
    made.clock.advance(1);
    await made.workers.drain();
    expect(outcomesOf(made)).toEqual(["done"]);
  });
});

describeOnBothEngines("a graceful stop", (open) => {
  const begun = async (store: Store, handle: WorkersOptions["handle"]) => {
    await store.enqueue(aPull(1), NOW);
    let started = false;
    const made = crew(store, (claim, context) => {
      started = true;
      return handle(claim, context);
    });
    made.workers.start();
    await eventually(() => expect(started).toBe(true));
    return made;
  };

  test("finishes what runs and takes nothing new", async () => {
    const store = await open();
    const { open: letGo, opened } = gate();
    const made = await begun(store, () => opened);
    await store.enqueue(aPull(1, 2), NOW);
    await store.enqueue(aPull(2), NOW);
    const stopping = made.workers.stop();
    letGo();
    await stopping;
    expect(outcomesOf(made)).toContain("done");
    expect((await store.work.stats(NOW)).leased).toBe(0);
  });

  test("gives back what does not end in time: another can take it at once, untried", async () => {
    const store = await open();
    const made = await begun(
      store,
      (_, { signal }) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener("abort", () => reject(signal.reason));
        }),
    );
    const stopping = made.workers.stop(20_000);
    await eventually(() => {
      made.clock.advance(5_000);
      expect(outcomesOf(made)).toEqual(["returned"]);
    });
    await stopping;
    expect((await store.work.claim("other", made.clock.now(), 1000))?.attempts).toBe(0);
  });

  test("does not wait for ever for what ignores it; its lease is kept, so that no other runs beside it", async () => {
    const store = await open();
    const { open: letGo, opened } = gate();
    const made = await begun(store, () => opened);
    let stopped = false;
    const stopping = made.workers.stop(20_000, 3_000).then(() => {
      stopped = true;
    });
    await eventually(() => {
      made.clock.advance(5_000);
      expect(stopped).toBe(true);
    });
    await stopping;
    expect(made.said).toContain("warn: work did not stop in time; its leases run out");
    expect(await store.work.claim("other", NOW, 1000)).toBeNull();
    letGo();
    await eventually(() => expect(made.outcomes).toHaveLength(1));
  });
});
