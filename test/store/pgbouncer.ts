/** What the long tests of both pool modes share. */
import { expect } from "vitest";
import { openStore } from "../../src/store/open.js";
import type { Pooled } from "../support/pgbouncer.js";
import { emptyDatabase } from "../support/schema.js";
import { anItem } from "./samples.js";

/** PgBouncer lets who asks wait while the server is down, and asks the server again only every 15 seconds: its defaults. */
const PATIENCE = { timeout: 120_000, interval: 500 };

export async function outlivesRestart({ cluster, url }: Pooled): Promise<void> {
  const place = await emptyDatabase(cluster.url, url);
  const store = await openStore({ databaseUrl: place.databaseUrl, dataDir: "" });
  await cluster.stop("immediate");
  const saved = store.saveItem(anItem()).then(
    () => "saved",
    (error: { blameless?: boolean }) => error.blameless,
  );
  await expect.poll(() => store.trouble(), PATIENCE).toBe("The database does not answer.");
  await cluster.start();
  expect(["saved", true]).toContain(await saved);
  await expect.poll(() => store.trouble(), PATIENCE).toBeNull();
  await store.saveItem(anItem());
  await store.close();
  await place.remove();
}
