/**
 * `npm run chaos`: kills the built service and command line at the boundaries of their requests to GitHub, and checks
 * that nothing is lost and nothing is done twice.
 *
 *   npm run chaos                                  every boundary, each before, after and behind GitHub's doing
 *   npm run chaos -- --points 60 --seed 7          sixty of them, the same ones for the same seed
 *   npm run chaos -- --engine postgres             on PostgreSQL instead of SQLite; `both`: on one after the other
 *   npm run chaos -- --only "merge before 7 POST /repos/acme/shop/issues"
 *
 *   sqlite: 312 boundaries: start 48, merge 132, nudges 105, digest 27
 *   312 kills in 132 worlds, 3 at a time, seed 1
 *     1 of 132 fine: merge before 7 POST /repos/acme/shop/issues · nudges …
 *
 * For PostgreSQL it takes the server of TEST_DATABASE_URL, one on localhost, or starts one (`test/support/postgres.ts`).
 */
import { parseArgs } from "node:util";
import findPostgres from "../support/postgres.js";
import { choose, nameOf, type Plan, type Point, plansOf, pointNamed, pointsOf, STAGES } from "./points.js";
import { failureTexts, type Report, runAll } from "./runner.js";
import { type Engine, run } from "./world.js";

const ENGINES: Readonly<Record<string, readonly Engine[]>> = {
  sqlite: ["sqlite"],
  postgres: ["postgres"],
  both: ["sqlite", "postgres"],
};

const { values } = parseArgs({
  options: {
    engine: { type: "string", default: "sqlite" },
    points: { type: "string" },
    seed: { type: "string", default: "1" },
    jobs: { type: "string", default: "3" },
    only: { type: "string", multiple: true },
  },
});
const say = (line: string) => process.stdout.write(`${line}\n`);
const [seed, jobs] = [Number(values.seed), Number(values.jobs)];

process.exitCode = await main(ENGINES[values.engine]);

async function main(engines: readonly Engine[] | undefined): Promise<number> {
  if (!engines) {
    say(`There is no engine ${values.engine}: choose one of ${Object.keys(ENGINES).join(", ")}.`);
    return 2;
  }
  const stopPostgres = engines.includes("postgres") ? await findPostgres() : undefined;
  try {
    if (engines.includes("postgres") && !process.env.TEST_DATABASE_URL) {
      say("There is no PostgreSQL here: install it, or name one in TEST_DATABASE_URL.");
      return 2;
    }
    let failures = 0;
    for (const engine of engines) failures += await chaosOn(engine);
    return failures > 0 ? 1 : 0;
  } finally {
    await stopPostgres?.();
  }
}

/** Runs what was asked for on one engine, and tells of it; returns how many worlds were broken. */
async function chaosOn(engine: Engine): Promise<number> {
  const plans = values.only ? plansOf(values.only.map(pointNamed)) : await plansOfAll(engine);
  say(`${plans.flatMap(pointsOf).length} kills in ${plans.length} worlds, ${jobs} at a time, seed ${seed}`);
  const started = Date.now();
  let done = 0;
  const report = await runAll(engine, plans, jobs, (plan: Plan, { findings }) => {
    const broken = findings.some(({ detail }) => detail !== null);
    const points = pointsOf(plan).map(nameOf).join(" · ");
    say(`  ${++done} of ${plans.length} ${broken ? "BROKEN" : "fine"}: ${points || "no kill"}`);
  });
  tell(report, started);
  return report.failures.length;
}

/** A world without kills shows the boundaries there are. */
async function plansOfAll(engine: Engine): Promise<Plan[]> {
  const { passed, findings } = await run(engine);
  const broken = findings.filter(({ detail }) => detail !== null);
  if (broken.length > 0) say(`Broken even without a kill: ${JSON.stringify(broken)}`);
  const counts = STAGES.map((stage) => `${stage} ${count(passed, stage)}`).join(", ");
  say(`${engine}: ${passed.length} boundaries: ${counts}`);
  return plansOf(choose(passed, values.points === undefined ? passed.length : Number(values.points), seed));
}

function count(points: readonly Point[], stage: Point["stage"]): number {
  return points.filter((point) => point.stage === stage).length;
}

function tell(report: Report, started: number): void {
  const { engine, worlds, kills, missed, held } = report;
  const seconds = Math.round((Date.now() - started) / 1000);
  say(`\n${engine}: ${kills} kills in ${worlds} worlds, ${seconds} s, seed ${seed}`);
  for (const [name, times] of held) say(`  ${times === worlds ? "held  " : "BROKEN"} ${times}/${worlds}  ${name}`);
  if (missed.length > 0) say(`${missed.length} planned requests were never sent: ${missed.map(nameOf).join(" · ")}`);
  for (const text of failureTexts(report)) say(`\nBroken:\n${text}`);
}
