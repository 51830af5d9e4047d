/** Real kills, at boundaries chosen by a seed: some fifty on SQLite, a dozen on PostgreSQL. The whole matrix is `npm run chaos`. */
import { expect, it } from "vitest";
import { choose, plansOf, pointNamed, STAGES } from "./points.js";
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

it("a kill in each stage, at a moment that hurts, loses nothing and does nothing twice", {
  timeout: 300_000,
}, async () => {
  const { findings, killed, said } = await run("sqlite", {
    check: pointNamed("check after-response 1 POST /repos/acme/shop/check-runs"),
    merge: pointNamed("merge after-commit 5 POST /repos/acme/shop/issues"),
    commands: pointNamed("commands after-commit 1 POST /repos/acme/shop/issues/#/comments"),
    nudges: pointNamed("nudges after-commit 2 POST /repos/acme/shop/issues/#/comments"),
    digest: pointNamed("digest after-commit 1 POST /repos/acme/shop/issues"),
  });
  const broken = findings.filter(({ detail }) => detail !== null);
  expect(broken, said.join("\n")).toEqual([]);
  expect(killed).toHaveLength(5);
});

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
