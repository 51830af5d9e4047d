/** The store's contract, through PgBouncer with its defaults and pool_mode transaction. */
import { afterAll, describe, expect, test } from "vitest";
import { useOnlyPooler } from "../support/databases.js";
import { hasPgBouncer, startPooled } from "../support/pgbouncer.js";
import { outlivesRestart } from "./pgbouncer.js";

const pooled = hasPgBouncer() ? await startPooled("transaction") : null;
if (pooled === null) {
  describe.skip("PgBouncer is not installed", () => test("the store's contract", () => expect(pooled).not.toBeNull()));
} else {
  useOnlyPooler(pooled.cluster.url, pooled.url);
  afterAll(() => pooled.remove());
  await import("./tables.test.js");
  await import("./work-list.test.js");
  await import("./limits.test.js");
  await import("./migrations.test.js");
  test("a PostgreSQL restarted behind it is waited for", () => outlivesRestart(pooled));
}
