/** What a pooler changes: connections start with less, and in transaction mode each transaction may get another. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { openStore } from "../../src/store/open.js";
import type { Store } from "../../src/store/types.js";
import { hasPgBouncer, type Pooled, startPooled } from "../support/pgbouncer.js";
import { emptyDatabase, type Place } from "../support/schema.js";
import { anItem, aPull } from "./samples.js";

const NOW = new Date("2025-03-01T09:00:00Z");
const LEASE_MS = 15_000;

describe.skipIf(!hasPgBouncer()).each(["session", "transaction"] as const)(
  "PgBouncer's defaults, pool_mode %s",
  (mode) => {
    let pooled: Pooled;
    let place: Place;
    let stores: Store[];
    beforeAll(async () => {
      pooled = await startPooled(mode);
    });
    afterAll(() => pooled.remove());
    beforeEach(async () => {
      place = await emptyDatabase(pooled.cluster.url, pooled.url);
      stores = [];
    });
    afterEach(async () => {
      await Promise.all(stores.map((store) => store.close()));
      await place.remove();
    });

    async function open(): Promise<Store> {
      const store = await openStore({ databaseUrl: place.databaseUrl, dataDir: "", now: NOW });
      stores.push(store);
      return store;
    }

    test("replicas that start together migrate once", async () => {
      await Promise.all(Array.from({ length: 4 }, open));
      expect(await Promise.all(stores.map((store) => store.trouble()))).toEqual([null, null, null, null]);
    });

    test("statements and transactions of two replicas keep apart", async () => {
      const [one, two] = [await open(), await open()];
      await Promise.all(
        Array.from({ length: 40 }, (_, number) =>
          (number % 2 ? one : two)
            .transaction(async (tables) => {
              await tables.saveItem(anItem({ id: `i${number}`, ordinal: number }));
              if (number % 4 === 0) throw new Error("no");
            })
            .catch(() => undefined),
        ),
      );
      expect((await one.itemsOf(anItem().repositoryId, "d1")).map(({ ordinal }) => ordinal % 4)).not.toContain(0);
      expect(await two.itemsOf(anItem().repositoryId, "d1")).toHaveLength(30);
      expect(await (await one.snapshot()).itemsOf(anItem().repositoryId, "d1")).toHaveLength(30);
    });

    test("a piece of work is taken by one replica", async () => {
      const replicas = [await open(), await open(), await open()];
      for (let number = 0; number < 12; number++) await replicas[0]?.enqueue(aPull(number), NOW);
      const claims = await Promise.all(
        Array.from({ length: 12 }, (_, number) =>
          replicas[number % 3]?.work.claim(`replica-${number % 3}`, NOW, LEASE_MS),
        ),
      );
      const lanes = claims.flatMap((claim) => claim?.lane ?? []);
      expect(new Set(lanes).size).toBe(lanes.length);
    });
  },
);
