/** As `tenants.test.ts`, with many more forgeries, and all of it on both engines. */
import { it } from "vitest";
import { describeOnBothEngines } from "../support/databases.js";
import { forgeAnything } from "../support/forgeries.js";
import { Tenants } from "../support/tenants.js";
import "./tenants.test.js";

const BATCHES = 4;
const TRIES = 25;

describeOnBothEngines("two tenants, at length", (open) => {
  it.each(Array.from({ length: BATCHES }, (_, batch) => batch + 1))("any forged markers, batch %d", async () => {
    const tenants = await Tenants.start((await open.address()).databaseUrl);
    try {
      await forgeAnything(tenants, TRIES);
    } finally {
      await tenants.stage.close();
    }
  });
});
