/**
 * Where to kill: a boundary of a request to GitHub. Named by what is asked for and the how-manyeth time in its stage, so
 * that a name means the same in every run:
 *
 *   merge after-commit 7 POST /repos/acme/shop/issues
 */

/**
 * `start`: the service comes up. `check`: a pull request with a postmortem is opened. `merge`: it merges. `commands`: people
 * write commands on its issues. `nudges`, `digest`: a pass by the command line.
 */
export const STAGES = ["start", "check", "merge", "commands", "nudges", "digest"] as const;
export type Stage = (typeof STAGES)[number];

/** Before the request arrives; after GitHub did it, the answer unsent; after the answer. */
export const PHASES = ["before", "after-commit", "after-response"] as const;
export type Phase = (typeof PHASES)[number];

export interface Point {
  readonly stage: Stage;
  readonly phase: Phase;
  /** Counts requests of this kind within the stage, from 1. */
  readonly nth: number;
  readonly request: string;
}

/** The kills of one world: at most one a stage. */
export type Plan = Partial<Record<Stage, Point>>;

export const nameOf = ({ stage, phase, nth, request }: Point): string => `${stage} ${phase} ${nth} ${request}`;

/** @throws Error for what is no name of a point. */
export function pointNamed(name: string): Point {
  const [, stage, phase, nth, request] = /^(\S+) (\S+) (\d+) (\S+ \S+)$/.exec(name) ?? [];
  const point = { stage: STAGES.find((one) => one === stage), phase: PHASES.find((one) => one === phase) };
  if (!point.stage || !point.phase || !request) throw new Error(`No point is called ${name}`);
  return { stage: point.stage, phase: point.phase, nth: Number(nth), request };
}

/** A request by what it asks for: numbers and hashes, which differ from run to run, are `#`. */
export function requestName({ method, path }: { readonly method: string; readonly path: string }): string {
  const [bare = ""] = path.split("?");
  return `${method} ${bare.replace(/\/(\d+|[0-9a-f]{40})(?=\/|$)/g, "/#")}`;
}

/** So many of the points, chosen and shuffled by the seed: always the same ones for the same seed. */
export function choose(points: readonly Point[], count: number, seed: number): Point[] {
  const random = mulberry32(seed);
  const left = [...points];
  const chosen: Point[] = [];
  while (left.length > 0 && chosen.length < count) chosen.push(...left.splice(Math.floor(random() * left.length), 1));
  return chosen;
}

/** Deals points out to worlds, each of which can be killed once in each stage. */
export function plansOf(points: readonly Point[]): Plan[] {
  const plans: Plan[] = [];
  for (const point of points) {
    const free = plans.find((plan) => plan[point.stage] === undefined);
    if (free) free[point.stage] = point;
    else plans.push({ [point.stage]: point });
  }
  return plans;
}

export const pointsOf = (plan: Plan): Point[] => STAGES.flatMap((stage) => plan[stage] ?? []);

/** A small generator of numbers from 0 to below 1, by Tommy Ettinger: the same seed, the same numbers. */
function mulberry32(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
