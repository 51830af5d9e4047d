/** Real kills, at boundaries chosen by a seed: some fifty on SQLite, a dozen on PostgreSQL. The whole matrix is `npm run chaos`. */
import { expect, it } from "vitest";
import { choose, plansOf, STAGES } from "./points.js";
import { failureTexts, type Report, runAll } from "./runner.js";
import { type Engine, run } from "./world.js";

const SEED = 20240912;

/** One kill in each stage of so many worlds, after one world without any, which shows where there are boundaries. */
async function kill(engine: Engine, worlds: number): Promise<Report> {
  const { passed, findings } = await run(engine);
  expect(findings.filter(({ detail }) => detail !== null)).toEqual([]);
  const points = STAGES.flatMap((stage) =>
    choose(
      passed.filter((point) => point.stage === stage),
      worlds,
      SEED,
    ),
  );
  return runAll(engine, plansOf(points), 3);
}

// Eight or two worlds have a few kills to spare: which work runs first is a matter of chance, and with it what is sent.

it("some fifty kills lose nothing and do nothing twice", { timeout: 1_200_000 }, async () => {
  const report = await kill("sqlite", 8);
  expect(failureTexts(report)).toEqual([]);
  expect(report.kills).toBeGreaterThanOrEqual(43);
});

it.skipIf(!process.env.TEST_DATABASE_URL)("nor do a dozen on PostgreSQL", { timeout: 1_200_000 }, async () => {
  const report = await kill("postgres", 2);
  expect(failureTexts(report)).toEqual([]);
  expect(report.kills).toBeGreaterThanOrEqual(9);
});
