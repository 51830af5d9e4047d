/**
 * `npm run chaos`: kills the built service and command line at the boundaries of their requests to GitHub, and checks
 * that nothing is lost and nothing is done twice.
 *
 *   npm run chaos                                  every boundary, each before, after and behind GitHub's doing
 *   npm run chaos -- --points 60 --seed 7          sixty of them, the same ones for the same seed
 *   npm run chaos -- --only "merge before 7 POST /repos/acme/shop/issues"
 *
 *   312 boundaries: start 48, merge 132, nudges 105, digest 27
 *   312 kills in 132 worlds, 3 at a time, seed 1
 *     1 of 132 fine: merge before 7 POST /repos/acme/shop/issues · nudges …
 */
import { parseArgs } from "node:util";
import { choose, nameOf, type Plan, type Point, plansOf, pointNamed, pointsOf, STAGES } from "./points.js";
import { failureText, type Report, runAll } from "./runner.js";
import { run } from "./world.js";

const { values } = parseArgs({
  options: {
    points: { type: "string" },
    seed: { type: "string", default: "1" },
    jobs: { type: "string", default: "3" },
    only: { type: "string", multiple: true },
  },
});
const say = (line: string) => process.stdout.write(`${line}\n`);
const [seed, jobs] = [Number(values.seed), Number(values.jobs)];

const plans = values.only ? plansOf(values.only.map(pointNamed)) : await plansOfAll();
say(`${plans.flatMap(pointsOf).length} kills in ${plans.length} worlds, ${jobs} at a time, seed ${seed}`);
const started = Date.now();
let done = 0;
const report = await runAll(plans, jobs, (plan: Plan, { findings }) => {
  const broken = findings.some(({ detail }) => detail !== null);
  const points = pointsOf(plan).map(nameOf).join(" · ");
  say(`  ${++done} of ${plans.length} ${broken ? "BROKEN" : "fine"}: ${points || "no kill"}`);
});
tell(report);
process.exitCode = report.failures.length > 0 ? 1 : 0;

/** A world without kills shows the boundaries there are. */
async function plansOfAll(): Promise<Plan[]> {
  const { passed, findings } = await run();
  const broken = findings.filter(({ detail }) => detail !== null);
  if (broken.length > 0) say(`Broken even without a kill: ${JSON.stringify(broken)}`);
  const counts = STAGES.map((stage) => `${stage} ${count(passed, stage)}`).join(", ");
  say(`${passed.length} boundaries: ${counts}`);
  return plansOf(choose(passed, values.points === undefined ? passed.length : Number(values.points), seed));
}

function count(points: readonly Point[], stage: Point["stage"]): number {
  return points.filter((point) => point.stage === stage).length;
}

function tell({ worlds, kills, missed, held, failures }: Report): void {
  say(`\n${kills} kills in ${worlds} worlds, ${Math.round((Date.now() - started) / 1000)} s, seed ${seed}`);
  for (const [name, times] of held) say(`  ${times === worlds ? "held  " : "BROKEN"} ${times}/${worlds}  ${name}`);
  if (missed.length > 0) say(`${missed.length} planned requests were never sent: ${missed.map(nameOf).join(" · ")}`);
  for (const failure of failures) say(`\nBroken:\n${failureText(failure)}`);
}
