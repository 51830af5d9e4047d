import { expect, test } from "vitest";
import { TRIED_ALONE_AFTER } from "../../src/jobs/unfinished.js";
import type { Work } from "../../src/jobs/work.js";
import type { Claim, Returned, Store } from "../../src/store/types.js";
import { bareDatabase, describeOnBothEngines } from "../support/databases.js";
import { aPull, BIG } from "./samples.js";

const NOW = new Date("2025-03-01T09:00:00Z");
const LEASE = 15_000;
const PULL_5 = `pull:${BIG + 10}:5`;
const after = (seconds: number) => new Date(NOW.getTime() + seconds * 1000);

const back = (seconds: number, error: string, because: Returned["because"]): Returned => ({
  now: NOW,
  waitMs: seconds * 1000,
  error,
  because,
});

async function take(store: Store, at = NOW, owner = "w"): Promise<Claim> {
  const claim = await store.work.claim(owner, at, LEASE);
  if (!claim) throw new Error("nothing to claim");
  return claim;
}

describeOnBothEngines("wanting work", (open) => {
  test("a claim says what to look at and why; complete takes it off the list", async () => {
    const store = await open();
    await store.enqueue(aPull(5), NOW, { cause: "delivery-1" });
    const claim = await take(store);
    expect(claim).toMatchObject({
      key: `pull:${BIG + 10}:5`,
      lane: `repository:${BIG + 10}`,
      work: aPull(5),
      attempts: 0,
      cause: "delivery-1",
    });
    expect(await store.work.complete(claim, NOW)).toBe(true);
    expect(await store.work.claim("w", after(1), LEASE)).toBeNull();
    expect(await store.work.nextAt(NOW)).toBeNull();
  });

  test("a thousand triggers are one row", async () => {
    const store = await open();
    await store.transaction(async (tables) => {
      for (let n = 0; n < 1000; n++) await tables.enqueue(aPull(5), NOW);
    });
    expect((await store.work.stats(NOW)).ready).toBe(1);
    await store.work.complete(await take(store), NOW);
    expect(await store.work.claim("w", NOW, LEASE)).toBeNull();
  });

  test("triggers that come while its work runs leave exactly one more run", async () => {
    const store = await open();
    await store.enqueue(aPull(5), NOW);
    const claim = await take(store);
    await store.enqueue(aPull(5), after(1));
    await store.enqueue(aPull(5), after(2), { cause: "delivery-3" });
    expect(await store.work.claim("w", after(2), LEASE)).toBeNull();
    await store.work.complete(claim, after(3));
    const more = await take(store, after(3));
    expect(more).toMatchObject({ key: claim.key, cause: "delivery-3", attempts: 0 });
    await store.work.complete(more, after(4));
    expect(await store.work.claim("w", after(4), LEASE)).toBeNull();
  });

  test("waits for as long as was said, which an earlier wish brings forward and a later one does not put off", async () => {
    const store = await open();
    await store.enqueue(aPull(5), NOW, { waitMs: 60_000 });
    expect(await store.work.claim("w", after(59), LEASE)).toBeNull();
    expect(await store.work.nextAt(NOW)).toBe(after(60).toISOString());
    await store.enqueue(aPull(5), NOW, { waitMs: 90_000 });
    expect(await store.work.nextAt(NOW)).toBe(after(60).toISOString());
    await store.enqueue(aPull(5), NOW, { waitMs: 30_000 });
    expect(await store.work.nextAt(NOW)).toBe(after(30).toISOString());
    expect((await take(store, after(30))).key).toBe(`pull:${BIG + 10}:5`);
  });

  test("is undone with the transaction it was part of", async () => {
    const store = await open();
    const undone = store.transaction(async (tables) => {
      await tables.enqueue(aPull(5), NOW);
      throw new Error("no");
    });
    await expect(undone).rejects.toThrow("no");
    expect(await store.work.claim("w", NOW, LEASE)).toBeNull();
  });
});

describeOnBothEngines("lanes", (open) => {
  test("of one lane one piece runs at a time, of several lanes several", async () => {
    const store = await open();
    const replica = await open.again();
    await store.enqueue(aPull(1, 1), NOW);
    await store.enqueue(aPull(2, 1), NOW);
    await store.enqueue(aPull(1, 2), NOW);
    const first = await take(store);
    const second = await take(replica);
    expect([first.lane, second.lane].sort()).toEqual(["repository:1", "repository:2"]);
    expect(await store.work.claim("w", NOW, LEASE)).toBeNull();
    expect(await replica.work.claim("w", NOW, LEASE)).toBeNull();
    await store.work.complete(first, NOW);
    await replica.work.complete(second, NOW);
    expect((await take(store)).lane).toBe("repository:1");
  });

  test("hold under many claimers at once: every trigger is served, never two of a lane together", async () => {
    const store = await open();
    const stores = [store, await open.again(), await open.again()];
    const lanes = 4;
    for (let n = 0; n < 60; n++) await store.enqueue(aPull(n, n % lanes), NOW);
    const held = new Set<string>();
    const served: string[] = [];
    const worker = async (name: string, on: Store) => {
      for (;;) {
        const claim = await on.work.claim(name, NOW, LEASE);
        if (!claim) {
          if (served.length === 60) return;
          await new Promise((resolve) => setImmediate(resolve));
          continue;
        }
        expect(held.has(claim.lane)).toBe(false);
        held.add(claim.lane);
        await on.work.heartbeat(claim, NOW, LEASE);
        served.push(claim.key);
        held.delete(claim.lane);
        expect(await on.work.complete(claim, NOW)).toBe(true);
      }
    };
    await Promise.all(Array.from({ length: 9 }, (_, n) => worker(`w${n}`, stores[n % 3] ?? store)));
    expect(new Set(served).size).toBe(60);
    expect(served).toHaveLength(60);
    expect((await store.work.stats(NOW)).ready).toBe(0);
  });

  test("claimLane takes a lane without a row, under the same rules", async () => {
    const store = await open();
    await store.enqueue(aPull(5), NOW);
    const lane = await store.work.claimLane(aPull(9), "cli", NOW, LEASE);
    expect(lane).toMatchObject({ lane: `repository:${BIG + 10}`, work: aPull(9) });
    expect(await store.work.claim("w", NOW, LEASE)).toBeNull();
    expect(await store.work.claimLane(aPull(1), "other", NOW, LEASE)).toBeNull();
    expect(await store.work.heartbeat(lane as Claim, after(10), LEASE)).toBe(true);
    expect(await store.work.claim("w", after(20), LEASE)).toBeNull();
    expect(await store.work.complete(lane as Claim, after(20))).toBe(true);
    // The row that was wanted meanwhile is still wanted.
    const claim = await take(store, after(20));
    expect(claim.key).toBe(`pull:${BIG + 10}:5`);
    expect(await store.work.claimLane(aPull(5), "cli", after(20), LEASE)).toBeNull();
    expect(await store.work.claimLane(aPull(5), "cli", after(36), LEASE)).not.toBeNull();
  });

  test("completing a lane taken by hand leaves a trigger for the same thing alone", async () => {
    const store = await open();
    const lane = (await store.work.claimLane(aPull(5), "cli", NOW, LEASE)) as Claim;
    await store.enqueue(aPull(5), NOW);
    await store.work.complete(lane, NOW);
    expect((await take(store)).key).toBe(lane.key);
  });
});

describeOnBothEngines("leases", (open) => {
  test("run out, and then another takes the work while the first can no longer touch it", async () => {
    const store = await open();
    await store.enqueue(aPull(5), NOW);
    const lost = await take(store);
    expect(await store.work.nextAt(NOW)).toBe(after(15).toISOString());
    expect(await store.work.claim("other", after(14.999), LEASE)).toBeNull();
    const stolen = await take(store, after(15), "other");
    expect(stolen).toMatchObject({ key: lost.key, generation: lost.generation, attempts: 0 });
    expect(await store.work.heartbeat(lost, after(16), LEASE)).toBe(false);
    await store.work.retry(lost, back(3600, "late", "failed"));
    await store.work.bury(lost, "late", after(16));
    expect(await store.work.complete(lost, after(16))).toBe(false);
    expect(await store.work.heartbeat(stolen, after(16), LEASE)).toBe(true);
    expect(await store.work.complete(stolen, after(17))).toBe(true);
    expect(await store.work.deadLetters()).toEqual([]);
  });

  test("of holders known to be dead are freed, and no others", async () => {
    const store = await open();
    await store.enqueue(aPull(1, 1), NOW);
    await store.enqueue(aPull(2, 2), NOW);
    await take(store, NOW, "service-1");
    await take(store, NOW, "cli-2");
    await store.work.freeLanes("service-");
    expect((await take(store)).key).toBe("pull:1:1");
    expect(await store.work.claim("w", NOW, LEASE)).toBeNull();
  });

  test("heartbeats prolong them", async () => {
    const store = await open();
    await store.enqueue(aPull(5), NOW);
    const claim = await take(store);
    expect(await store.work.heartbeat(claim, after(10), LEASE)).toBe(true);
    expect(await store.work.claim("other", after(20), LEASE)).toBeNull();
    expect(await store.work.claim("other", after(25), LEASE)).not.toBeNull();
  });

  test("one that ran out but that nobody took is still its holder's", async () => {
    const store = await open();
    await store.enqueue(aPull(5), NOW);
    const claim = await take(store);
    expect(await store.work.heartbeat(claim, after(100), LEASE)).toBe(true);
    expect(await store.work.complete(claim, after(200))).toBe(true);
  });

  test("a late worker does not end the run of a later trigger", async () => {
    const store = await open();
    await store.enqueue(aPull(5), NOW);
    const lost = await take(store);
    await store.work.complete(await take(store, after(20), "other"), after(21));
    await store.enqueue(aPull(5), after(22));
    const next = await take(store, after(22), "other");
    expect(next.generation).toBe(lost.generation);
    expect(await store.work.complete(lost, after(23))).toBe(false);
    expect((await store.work.stats(after(23))).leased).toBe(1);
  });
});

describeOnBothEngines("failed work", (open) => {
  test("comes again at its time, with its attempts counted", async () => {
    const store = await open();
    await store.enqueue(aPull(5), NOW);
    await store.work.retry(await take(store), back(30, "502", "failed"));
    expect(await store.work.claim("w", after(29), LEASE)).toBeNull();
    const again = await take(store, after(30));
    expect(again.attempts).toBe(1);
    await store.work.retry(again, back(60, "limit", "limited"));
    expect((await take(store, after(60))).attempts).toBe(1);
  });

  test("frees its lane while it waits", async () => {
    const store = await open();
    await store.enqueue(aPull(1), NOW);
    await store.work.retry(await take(store), back(30, "502", "failed"));
    await store.enqueue(aPull(2), NOW);
    expect((await take(store)).key).toBe(`pull:${BIG + 10}:2`);
  });

  test("starts counting again after a run that succeeded", async () => {
    const store = await open();
    await store.enqueue(aPull(5), NOW);
    await store.work.retry(await take(store), back(0, "502", "failed"));
    const claim = await take(store);
    await store.enqueue(aPull(5), NOW);
    await store.work.complete(claim, NOW);
    expect((await take(store)).attempts).toBe(0);
  });

  test("is brought forward by a new trigger, still counting", async () => {
    const store = await open();
    await store.enqueue(aPull(5), NOW);
    await store.work.retry(await take(store), back(3600, "502", "failed"));
    await store.enqueue(aPull(5), after(1));
    expect((await take(store, after(1))).attempts).toBe(1);
  });

  test("given up, it stands as a dead letter until replayed", async () => {
    const store = await open();
    for (const number of [1, 2]) {
      await store.enqueue(aPull(number), NOW);
      await store.work.bury(await take(store), `gone\u0000 ${"x".repeat(5000)}`, after(number));
    }
    expect(await store.work.claim("w", after(9999), LEASE)).toBeNull();
    expect(await store.work.nextAt(NOW)).toBeNull();
    const dead = await store.work.deadLetters();
    expect(dead).toMatchObject([
      { key: `pull:${BIG + 10}:1`, work: aPull(1), attempts: 1, at: after(1).toISOString() },
      { key: `pull:${BIG + 10}:2`, work: aPull(2), attempts: 1, at: after(2).toISOString() },
    ]);
    expect(dead[0]?.error).toMatch(/^gone x{1,2000}$/);
    expect(await store.work.replay("pull:0:0", NOW)).toBe(0);
    expect(await store.work.replay(`pull:${BIG + 10}:1`, after(10))).toBe(1);
    expect(await take(store, after(10))).toMatchObject({ work: aPull(1), attempts: 0 });
    expect(await store.work.replay("all", after(10))).toBe(1);
    expect(await store.work.deadLetters()).toEqual([]);
  });

  test("given up, it is tried again when it is wanted again", async () => {
    const store = await open();
    await store.enqueue(aPull(5), NOW);
    await store.work.bury(await take(store), "gone", NOW);
    await store.enqueue(aPull(5), after(5), { waitMs: 1_000 });
    expect(await store.work.deadLetters()).toEqual([]);
    expect(await store.work.claim("w", after(5), LEASE)).toBeNull();
    expect((await take(store, after(6))).attempts).toBe(0);
  });

  test("given up while a new trigger came, that trigger still gets its run", async () => {
    const store = await open();
    await store.enqueue(aPull(5), NOW);
    const claim = await take(store);
    await store.enqueue(aPull(5), NOW);
    await store.work.bury(claim, "gone", NOW);
    expect(await store.work.deadLetters()).toEqual([]);
    expect((await take(store)).attempts).toBe(0);
  });
});

describeOnBothEngines("work that does not come back", (open) => {
  /** Claims it so often as processes that end do, each time an hour after the last. */
  const leave = async (store: Store, times: number, from = 0) => {
    for (let n = 0; n < times; n++) await take(store, after((from + n) * 3600));
  };
  /** How often it counts as unfinished by now, told by how many more claims make it a suspect. */
  const unfinished = async (store: Store, at: Date) => {
    for (let more = 0; ; more++) {
      if (await store.work.suspect(new Date(at.getTime() + more * 7_200_000))) return TRIED_ALONE_AFTER - more;
      await take(store, new Date(at.getTime() + more * 7_200_000));
    }
  };

  test("is passed over after four times, tried alone, and after the fifth set aside", async () => {
    const store = await open();
    await store.enqueue(aPull(5), NOW);
    await leave(store, 3);
    expect(await store.work.suspect(after(3 * 3600))).toBeNull();
    await take(store, after(3 * 3600));
    const at = after(4 * 3600);
    expect(await store.work.claim("w", at, LEASE)).toBeNull();
    expect(await store.work.suspect(at)).toEqual({ key: PULL_5, isToBeSetAside: false });
    expect(await store.work.setAside(PULL_5, at)).toBe(false);
    const alone = await store.work.claim("w", at, LEASE, { suspect: PULL_5 });
    expect(alone?.key).toBe(PULL_5);
    // While another replica may still be at it, nobody else takes it, nor sets it aside.
    expect(await store.work.suspect(at)).toBeNull();
    expect(await store.work.setAside(PULL_5, at)).toBe(false);
    const late = after(5 * 3600);
    expect(await store.work.suspect(late)).toEqual({ key: PULL_5, isToBeSetAside: true });
    expect(await store.work.claim("w", late, LEASE, { suspect: PULL_5 })).toBeNull();
    expect(await store.work.setAside(PULL_5, late)).toBe(true);
    expect(await store.work.setAside(PULL_5, late)).toBe(false);
    expect(await store.work.deadLetters()).toMatchObject([{ key: PULL_5, attempts: 5, at: late.toISOString() }]);
    expect(await store.work.suspect(late)).toBeNull();
    await store.enqueue(aPull(5), late);
    expect(await take(store, late)).toMatchObject({ attempts: 0 });
  });

  test.each<[string, (store: Store, claim: Claim) => Promise<unknown>, number]>([
    ["it is done, and was wanted again meanwhile", (store, claim) => store.work.complete(claim, NOW), 0],
    ["it failed", (store, claim) => store.work.retry(claim, back(0, "x", "failed")), 0],
    ["it met a limit", (store, claim) => store.work.retry(claim, back(0, "x", "limited")), 0],
    ["it has to look once more", (store, claim) => store.work.retry(claim, back(0, "x", "doubtful")), 0],
    [
      "GitHub was out of reach: only this claim",
      (store, claim) => store.work.retry(claim, back(0, "x", "unreached")),
      2,
    ],
    ["the lease was lost: only this claim", (store, claim) => store.work.spare(claim), 2],
    ["it did not: this claim too", async () => {}, 3],
  ])("counts no more when %s", async (_, comeBack, counted) => {
    const store = await open();
    await store.enqueue(aPull(5), NOW);
    await leave(store, 2);
    const claim = await take(store, after(2 * 3600));
    await store.enqueue(aPull(5), after(2 * 3600));
    await comeBack(store, claim);
    expect(await unfinished(store, after(3 * 3600))).toBe(counted);
  });

  test("rests the longer the more often, so that others go first; whoever can make it wanted cannot cut that short", async () => {
    const store = await open();
    await store.enqueue(aPull(5), NOW);
    let at = NOW;
    for (const rest of [15, 15, 15, 32]) {
      // The lease of who was killed runs out after 15 seconds in any case.
      await take(store, at);
      at = new Date(at.getTime() + rest * 1000);
      await store.enqueue(aPull(5), at);
      expect(await store.work.claim("w", new Date(at.getTime() - 1), LEASE)).toBeNull();
    }
    expect(await store.work.suspect(at)).toMatchObject({ key: PULL_5 });
  });

  test("set aside before, it rests longer between its new tries", async () => {
    const store = await open();
    await store.enqueue(aPull(5), NOW);
    await leave(store, 4);
    await store.work.claim("w", after(4 * 3600), LEASE, { suspect: PULL_5 });
    await store.work.setAside(PULL_5, after(5 * 3600));
    await store.enqueue(aPull(5), after(5 * 3600));
    await take(store, after(5 * 3600));
    await store.enqueue(aPull(5), after(5 * 3600 + 100));
    expect(await store.work.nextAt(after(5 * 3600 + 100))).toBe(after(5 * 3600 + 512).toISOString());
  });
});

describeOnBothEngines("work that cannot be read", (open) => {
  test.each([
    "",
    "{",
    "[]",
    "{}",
    '{"kind":"pull","installationId":1,"repositoryId":"7","number":1}',
    '{"kind":"pull","installationId":1,"repositoryId":7,"number":1}',
  ])("%j does not hold up what can; wanted again it is whole", async (data) => {
    const options = await open.address();
    const store = await open.again();
    await store.enqueue(aPull(5), NOW);
    await store.enqueue(aPull(6), after(1));
    const db = bareDatabase(options);
    await db.updateTable("work").set({ data }).where("key", "=", PULL_5).execute();
    await db.destroy();
    const other = await take(store, after(1));
    expect(other.work).toEqual(aPull(6));
    await store.work.complete(other, after(1));
    expect(await store.work.deadLetters()).toMatchObject([{ key: PULL_5, error: expect.stringContaining("read") }]);
    await store.enqueue(aPull(5), after(60));
    expect((await take(store, after(60))).work).toEqual(aPull(5));
  });
});

describeOnBothEngines("work that was given up and comes by itself", (open) => {
  test("is tried again only after it has rested, longer each time, until it succeeds", async () => {
    const store = await open();
    let at = NOW;
    await store.enqueue(aPull(5), at);
    for (const rest of [900, 3600, 4 * 3600, 12 * 3600, 12 * 3600]) {
      await store.work.bury(await take(store, at), "gone", at);
      at = new Date(at.getTime() + rest * 1000);
      const early = new Date(at.getTime() - 1);
      await store.enqueue(aPull(5), early, { gently: true });
      expect(await store.work.retryRested(BIG + 10, early)).toEqual([]);
      expect(await store.work.deadLetters()).toHaveLength(1);
      await store.enqueue(aPull(5), at, { gently: true });
    }
    const claim = await take(store, at);
    await store.enqueue(aPull(5), at);
    await store.work.complete(claim, at);
    await store.work.bury(await take(store, at), "gone", at);
    await store.enqueue(aPull(5), new Date(at.getTime() + 900_000), { gently: true });
    expect(await store.work.deadLetters()).toEqual([]);
  });

  test("a sweep wants everything of its repository again, of every kind, and nothing else", async () => {
    const store = await open();
    const [here, elsewhere] = [7, 70];
    const at = (repositoryId: number) => ({ installationId: 1, repositoryId });
    const all = [here, elsewhere].flatMap((id): Work[] => [
      { kind: "pull", ...at(id), number: 1 },
      { kind: "check", ...at(id), number: 1, rerun: false },
      { kind: "issue", ...at(id), number: 1 },
      { kind: "commands", ...at(id), number: 1 },
      { kind: "nudges", ...at(id) },
      { kind: "digest", ...at(id) },
    ]);
    for (const work of all) await store.enqueue(work, NOW);
    for (const _ of all) await store.work.bury(await take(store), "gone", NOW);
    expect(await store.work.retryRested(here, after(900))).toEqual([
      "check:7:1",
      "commands:7:1",
      "digest:7",
      "issue:7:1",
      "nudges:7",
      "pull:7:1",
    ]);
    expect(await store.work.deadLetters()).toHaveLength(6);
  });
});

describeOnBothEngines("the order of work", (open) => {
  const keys = async (store: Store, n: number, owner = "w", most?: number) => {
    const taken: string[] = [];
    for (let i = 0; i < n; i++) {
      const claim = await store.work.claim(
        owner,
        after(100),
        LEASE,
        most === undefined ? {} : { maxPerInstallation: most },
      );
      if (claim) taken.push(claim.key);
    }
    return taken;
  };

  test("is by priority, then by how long it waits", async () => {
    const store = await open();
    const at = (work: Work, seconds: number) => store.enqueue(work, after(seconds));
    await at({ kind: "sweep", installationId: 1, repositoryId: 1 }, 0);
    await at({ kind: "digest", installationId: 1, repositoryId: 3 }, 2);
    await at(aPull(1, 4, 1), 4);
    await at(aPull(1, 5, 1), 3);
    await at({ kind: "installation", installationId: 1 }, 5);
    expect(await keys(store, 7)).toEqual(["installation:1", "pull:5:1", "pull:4:1", "digest:3", "sweep:1"]);
  });

  test("is fair: the installation with the fewest leases goes first, however long the others wait", async () => {
    const store = await open();
    for (let repository = 1; repository <= 5; repository++) await store.enqueue(aPull(1, repository, 1), NOW);
    await store.enqueue(aPull(1, 9, 2), after(50));
    expect(await keys(store, 4)).toEqual(["pull:1:1", "pull:9:1", "pull:2:1", "pull:3:1"]);
  });

  test("passes over an installation that holds the most its worker allows", async () => {
    const store = await open();
    for (let repository = 1; repository <= 5; repository++) await store.enqueue(aPull(1, repository, 1), NOW);
    expect(await keys(store, 4, "w", 2)).toEqual(["pull:1:1", "pull:2:1"]);
    expect(await keys(store, 4, "other", 1)).toEqual(["pull:3:1"]);
    await store.enqueue(aPull(1, 9, 2), after(50));
    expect(await keys(store, 4, "w", 2)).toEqual(["pull:9:1"]);
  });

  test("figures tell ready, waiting, leased and dead apart", async () => {
    const store = await open();
    const nothing = { ready: 0, waiting: 0, leased: 0, dead: 0, oldestReadySeconds: 0 };
    expect(await store.work.stats(NOW)).toEqual(nothing);
    await store.enqueue(aPull(1, 1), NOW);
    await store.work.bury(await take(store), "gone", NOW);
    await store.enqueue(aPull(1, 2), NOW);
    await take(store, after(95));
    await store.enqueue(aPull(2, 2), NOW);
    await store.enqueue(aPull(1, 3), after(40));
    await store.enqueue(aPull(1, 4), NOW, { waitMs: 60_000 });
    await store.enqueue(aPull(1, 5), NOW, { waitMs: 600_000 });
    expect(await store.work.stats(after(100))).toEqual({
      ready: 2,
      waiting: 2,
      leased: 1,
      dead: 1,
      oldestReadySeconds: 60,
    });
  });
});
