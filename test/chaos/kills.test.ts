/** Thirty real kills, at boundaries chosen by a seed; the whole matrix is `npm run chaos`. */
import { expect, it } from "vitest";
import { choose, plansOf, STAGES } from "./points.js";
import { failureText, runAll } from "./runner.js";
import { run } from "./world.js";

/** One kill in each stage of a world, and a few to spare: which work runs first is a matter of chance, and with it what is sent. */
const WORLDS = 8;
const SEED = 20240912;

it("thirty kills lose nothing and do nothing twice", { timeout: 300_000 }, async () => {
  const { passed, findings } = await run();
  expect(findings.filter(({ detail }) => detail !== null)).toEqual([]);
  const points = STAGES.flatMap((stage) =>
    choose(
      passed.filter((point) => point.stage === stage),
      WORLDS,
      SEED,
    ),
  );
  const report = await runAll(plansOf(points), 3);
  expect(report.failures.map(failureText)).toEqual([]);
  expect(report.kills).toBeGreaterThanOrEqual(30);
});
