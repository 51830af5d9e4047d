import { expect, test } from "vitest";
import { WINDOWS } from "../../src/store/limits.js";
import type { Store } from "../../src/store/types.js";
import { bareDatabase, describeOnBothEngines, describeOnPostgres } from "../support/databases.js";

const NOW = new Date("2025-03-01T09:00:00.400Z");
const after = (ms: number) => new Date(NOW.getTime() + ms);
const CREATE = { points: 5, content: true };
const READ = { points: 1, content: false };

/** Books until told to wait; gives how many were booked and the wait. */
async function fill(store: Store, at: Date, request: typeof CREATE, installation = 1) {
  for (let booked = 0; ; booked++) {
    const wait = await store.limits.book(installation, request, at);
    if (wait > 0) return { booked, wait };
  }
}

describeOnBothEngines("GitHub's limits", (open) => {
  test("stay below what GitHub allows", () => {
    const github = { content: { minute: 80, hour: 500 }, points: { minute: 900, hour: Number.POSITIVE_INFINITY } };
    for (const window of WINDOWS) {
      const span = window.ms < 3_600_000 ? "minute" : "hour";
      expect(window.ms).toBeGreaterThanOrEqual(span === "minute" ? 60_000 : 3_600_000);
      expect(window.most).toBeLessThan(github[window.counts][span]);
    }
  });

  test("content a minute: the wait ends exactly when there is room", async () => {
    const store = await open();
    const { booked, wait } = await fill(store, NOW, CREATE);
    expect(booked).toBe(76);
    // The second of the booking ends 600 ms later, and from there the window counts.
    expect(wait).toBe(600 + 62_000);
    expect(await store.limits.book(1, CREATE, after(wait - 1))).toBe(1);
    expect(await store.limits.book(1, READ, after(wait - 1))).toBe(0);
    expect(await store.limits.book(1, CREATE, after(wait))).toBe(0);
  });

  test("points a minute", async () => {
    const store = await open();
    const write = { points: 5, content: false };
    expect((await fill(store, NOW, write)).booked).toBe(172);
    expect(await store.limits.book(1, READ, after(62_599))).toBe(1);
    expect((await fill(store, after(62_600), write)).booked).toBe(172);
  });

  test("content an hour, over its minutes", async () => {
    const store = await open();
    let booked = 0;
    let minute = 0;
    for (; booked < 490; minute++) booked += (await fill(store, after(minute * 63_000), CREATE)).booked;
    expect(booked).toBe(490);
    const wait = await store.limits.book(1, CREATE, after(minute * 63_000));
    expect(wait).toBe(600 + 3_610_000 - minute * 63_000);
    expect(await store.limits.book(1, CREATE, after(600 + 3_610_000 - 1))).toBe(1);
    expect((await fill(store, after(600 + 3_610_000), CREATE)).booked).toBe(76);
  });

  test("are kept by installation", async () => {
    const store = await open();
    await fill(store, NOW, CREATE, 1);
    expect(await store.limits.book(2, CREATE, NOW)).toBe(0);
  });

  test("are kept by all replicas together", async () => {
    const store = await open();
    const replicas = [store, await open.again(), await open.again()];
    const waits = await Promise.all(
      Array.from({ length: 120 }, (_, n) => (replicas[n % 3] ?? store).limits.book(1, CREATE, NOW)),
    );
    expect(waits.filter((wait) => wait === 0)).toHaveLength(76);
  });

  test("hold in every window, however requests come", async () => {
    const store = await open();
    const sent: number[] = [];
    // A steady rush, 70 ms apart: whoever is told to wait asks again when told to.
    for (let at = 0; at < 400_000 && sent.length < 300; ) {
      const wait = await store.limits.book(1, CREATE, after(at));
      if (wait === 0) sent.push(at);
      at += Math.max(70, wait);
    }
    for (const from of sent)
      expect(sent.filter((at) => at >= from && at < from + 60_000).length).toBeLessThanOrEqual(76);
    expect(sent).toHaveLength(300);
  });

  test("a block holds everything of that installation until its end, and is never shortened", async () => {
    const store = await open();
    await store.limits.block(1, 60_000, NOW);
    await store.limits.block(1, 30_000, NOW);
    expect(await store.limits.book(1, READ, NOW)).toBe(60_000);
    expect(await store.limits.book(2, READ, NOW)).toBe(0);
    expect(await store.limits.book(1, READ, after(59_999))).toBe(1);
    expect(await store.limits.book(1, READ, after(60_000))).toBe(0);
    await store.limits.block(1, 90_000, NOW);
    expect(await store.limits.book(1, READ, after(61_000))).toBe(29_000);
  });
});

describeOnPostgres("GitHub's limits", (open) => {
  test("an installation whose bookings wait for one another keeps no connection from others", async () => {
    const options = await open.address();
    const store = await open.again();
    await store.limits.book(1, READ, NOW);
    const elsewhere = bareDatabase(options);
    const waiting = await elsewhere.transaction().execute(async (transaction) => {
      await transaction.updateTable("booking").set({ blocked_until: 0 }).where("installation_id", "=", 1).execute();
      const booked = Array.from({ length: 100 }, () => store.limits.book(1, CREATE, NOW));
      expect(await store.limits.book(2, READ, NOW)).toBe(0);
      return booked;
    });
    expect((await Promise.all(waiting)).filter((wait) => wait === 0)).toHaveLength(76);
    await elsewhere.destroy();
  });
});
