/** Runs worlds, a few at a time, and adds up what came of them. */
import type { Finding } from "./invariants.js";
import { nameOf, type Plan, type Point, pointsOf } from "./points.js";
import { type Engine, type Outcome, run } from "./world.js";

export interface Report {
  readonly engine: Engine;
  readonly worlds: number;
  /** Kills that happened; a planned one does not where, in its world, that request was never sent. */
  readonly kills: number;
  readonly missed: readonly Point[];
  /** By invariant: in how many worlds it held. */
  readonly held: ReadonlyMap<string, number>;
  readonly failures: readonly {
    readonly plan: Plan;
    readonly broken: readonly Finding[];
    readonly said: readonly string[];
  }[];
}

/** @param told called after each world. */
export async function runAll(
  engine: Engine,
  plans: readonly Plan[],
  jobs: number,
  told: (plan: Plan, outcome: Outcome) => void = () => {},
): Promise<Report> {
  const waiting = [...plans];
  const outcomes: { plan: Plan; outcome: Outcome }[] = [];
  const line = async () => {
    for (let plan = waiting.shift(); plan; plan = waiting.shift()) {
      const outcome = await run(engine, plan);
      outcomes.push({ plan, outcome });
      told(plan, outcome);
    }
  };
  await Promise.all(Array.from({ length: jobs }, line));
  return summary(engine, outcomes);
}

function summary(engine: Engine, outcomes: readonly { plan: Plan; outcome: Outcome }[]): Report {
  const held = new Map<string, number>();
  for (const { outcome } of outcomes) {
    for (const { name, detail } of outcome.findings) held.set(name, (held.get(name) ?? 0) + (detail === null ? 1 : 0));
  }
  return {
    engine,
    worlds: outcomes.length,
    kills: outcomes.reduce((sum, { outcome }) => sum + outcome.killed.length, 0),
    missed: outcomes.flatMap(({ plan, outcome }) => pointsOf(plan).filter((point) => !outcome.killed.includes(point))),
    held,
    failures: outcomes.flatMap(({ plan, outcome: { findings, said } }) => {
      const broken = findings.filter(({ detail }) => detail !== null);
      return broken.length > 0 ? [{ plan, broken, said }] : [];
    }),
  };
}

/** The failed worlds as a person reads them, each with the command that repeats it. */
export function failureTexts({ engine, failures }: Report): string[] {
  return failures.map((failure) => failureText(engine, failure));
}

function failureText(engine: Engine, { plan, broken, said }: Report["failures"][number]): string {
  const only = pointsOf(plan).map((point) => ` --only "${nameOf(point)}"`);
  return [
    ...broken.map(({ name, detail }) => `  ${name}: ${detail}`),
    ...said.map((line) => `    ${line}`),
    `  again: npm run chaos -- --engine ${engine}${only.join("")}`,
  ].join("\n");
}
