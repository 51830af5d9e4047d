/** A database that crashes under the running service and comes back; every other trouble in `database-outage.long.test.ts`. */
import { describe, expect, it } from "vitest";
import { hasPostgresBinaries } from "../support/cluster.js";
import { CASE_MS, outlives, POSTGRES } from "./database-outages.js";

describe.skipIf(!hasPostgresBinaries())("a service that works on PostgreSQL", () => {
  it(
    "outlives its crash",
    async () => {
      const crash = POSTGRES.find(({ name }) => name === "PostgreSQL stopped immediately");
      expect(crash).toBeDefined();
      if (crash) await outlives(crash);
    },
    CASE_MS,
  );
});
