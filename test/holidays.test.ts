/** The holidays of a region, where the library is installed; it is optional. */
import { describe, expect, it } from "vitest";
import { holidaysIn, knownRegions } from "../src/holidays.js";
import { loadPolicy } from "../src/policy/load.js";
import { REGIONS } from "../src/policy/regions.js";

const isInstalled = await knownRegions().then(
  () => true,
  () => false,
);

describe.skipIf(!isInstalled)("the holidays of a region", () => {
  it.each([
    ["CH-ZH", ["2026-05-01", "2026-08-01", "2026-12-25"], ["2026-08-15", "2026-12-24"]],
    // The Assumption is a holiday in the Catholic parts of Bavaria alone; Christmas Eve is worked on until the afternoon.
    ["DE-BY-KATH", ["2026-08-15", "2026-01-06"], ["2026-12-24"]],
    ["US", ["2026-07-03", "2026-11-26"], ["2026-07-14"]],
    // Several days in a row.
    ["CN", ["2026-02-16", "2026-02-17", "2026-02-18"], ["2026-06-10"]],
    // Holidays that begin at sunset count by the day.
    ["ID", ["2026-03-20"], ["2026-03-17"]],
  ])("of %s: offices are closed on %j, and not on %j", async (region, closed, open) => {
    const days = await holidaysIn(region, 2026);
    expect(days).toEqual([...new Set(days)].sort());
    for (const day of closed) expect(days).toContain(day);
    for (const day of open) expect(days).not.toContain(day);
  });

  it("every region that the library knows is known to a policy, and no other", async () => {
    expect([...REGIONS].sort()).toEqual((await knownRegions()).sort());
    expect(loadPolicy("calendar: { region: CH-ZH }").problems).toEqual([]);
  });
});
