/** The service outlives every trouble of its database that `database-outages.ts` knows. */
import { describe, it } from "vitest";
import { hasPostgresBinaries } from "../support/cluster.js";
import { mayHoldFolder } from "../support/held-folder.js";
import { maySmallDisk } from "../support/small-disk.js";
import { CASE_MS, outlives, POSTGRES, SQLITE_FULL, SQLITE_HELD } from "./database-outages.js";

/** Most of the time goes by in waiting for leases to run out. */
const WAITING = { concurrent: true, timeout: CASE_MS };

describe.skipIf(!hasPostgresBinaries())("a service that works on PostgreSQL outlives", WAITING, () => {
  it.each(POSTGRES)("$name", outlives);
});

describe("a service that works on SQLite outlives", WAITING, () => {
  it.skipIf(!maySmallDisk())(SQLITE_FULL.name, () => outlives(SQLITE_FULL));
  it.skipIf(!mayHoldFolder())(SQLITE_HELD.name, () => outlives(SQLITE_HELD));
});
