/** The simulated day of `npm run bench:day`, small: it stays true, and nothing is lost or done twice in it. */
import { expect, it } from "vitest";
import { runDay } from "./day/run.js";

it.skipIf(!process.env.TEST_DATABASE_URL)(
  "a day of three replicas leaves everything done once",
  {
    timeout: 1_200_000,
  },
  async () => {
    const day = await runDay({ installations: 2, hours: 3, repositories: { large: 22, small: 2 } });
    expect(
      day.findings.filter(({ detail }) => detail !== null),
      day.said.slice(-20).join("\n"),
    ).toEqual([]);
    expect(day.requests.all).toBeGreaterThan(0);
    expect(day.tables.map(({ table }) => table)).toContain("item");
  },
);
