/** Holidays and quiet hours as people meet them: nobody is nudged then, and nothing is lost. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { knownRegions } from "../../src/holidays.js";
import { Stage } from "../support/stage.js";

let stage: Stage;
beforeEach(async () => {
  stage = await Stage.start();
});
afterEach(() => stage.close());

const isInstalled = await knownRegions().then(
  () => true,
  () => false,
);

const POLICY = ".github/follow-through.yml";
const POSTMORTEM = (due: string) =>
  `# Cache bug\n\n**Date:** 2024-09-10\n\n## Action items\n\n| Action | Owner | Due |\n|---|---|---|\n| Bound the cache | @dev | ${due} |\n`;

const nudges = () =>
  [...stage.repo.state.comments.values()].filter(({ body }) => body.includes("follow-through:nudge"));
const nudgedAt = () => nudges().map(({ createdAt }) => createdAt.toISOString().slice(0, 16));

/** Lets the schedules run every so many hours, as a service does that is never stopped. */
async function every(hours: number, from: string, times: number): Promise<void> {
  for (let at = 0; at < times; at++)
    await stage.advanceTo(new Date(Date.parse(from) + at * hours * 3_600_000).toISOString());
}

it("what falls on a holiday comes the next business day at its time, even where the schedule has none", async () => {
  // Nudges on Thursdays alone; Thursday 19 September is a holiday.
  const policy = 'calendar: { business_days: true, holidays: [2024-09-19] }\nnudges: { schedule: "0 9 * * 4" }\n';
  await stage.merge({ [POLICY]: policy, "postmortems/cache.md": POSTMORTEM("2024-09-17") });
  await every(6, "2024-09-18T09:05:00Z", 12);
  expect(nudgedAt()).toEqual(["2024-09-20T09:05"]);
});

it("what falls into quiet hours comes when they end, once", async () => {
  const policy = 'time_zone: Europe/Zurich\ncalendar: { quiet: "18:00-08:00" }\nnudges: { schedule: "0 20 * * *" }\n';
  await stage.merge({ [POLICY]: policy, "postmortems/cache.md": POSTMORTEM("2024-09-17") });
  await every(1, "2024-09-18T17:05:00Z", 20);
  // 08:00 in Zurich.
  expect(nudgedAt()).toEqual(["2024-09-19T06:05"]);
});

it("a region nobody knows leaves the last valid policy in place, and is told", async () => {
  await stage.merge({ [POLICY]: "calendar: { region: Zurich }\n", "postmortems/cache.md": POSTMORTEM("2024-09-17") });
  const [repository] = await stage.service.context.store.repositories();
  expect(repository?.policyProblems.map(({ message }) => message)).toEqual([
    "calendar.region: write a region that date-holidays knows, like CH, CH-ZH or US-CA.",
  ]);
});

describe.skipIf(!isInstalled)("with a region", () => {
  it("its holidays are kept in the store, and count", async () => {
    // Knabenschiessen is none; the Federal Day of Thanksgiving is a Sunday; All Saints' Day is a holiday in Lucerne.
    const policy = 'calendar: { business_days: true, region: CH-LU }\nnudges: { schedule: "0 9 * * *" }\n';
    await stage.merge({ [POLICY]: policy, "postmortems/cache.md": POSTMORTEM("2024-10-31") });
    const kept = await stage.service.context.store.holidays("CH-LU");
    expect(kept.map(({ year }) => year).sort()).toEqual([2023, 2024, 2025, 2026]);
    expect(kept.find(({ year }) => year === 2024)?.days).toContain("2024-11-01");
    await every(6, "2024-11-01T09:05:00Z", 16);
    expect(nudgedAt()).toEqual(["2024-11-04T09:05"]);
  });
});
