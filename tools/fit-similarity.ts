/**
 * Fits the weights of `src/similarity/evidence.ts` from a folder of labelled postmortems (`meta.jsonl`, `pairs.jsonl`, `docs/`): prints how
 * well each organisation is told by weights that were learnt without it, for several bounds, and then the weights learnt from all.
 *
 *     npm run --silent fit-similarity -- FOLDER
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Evidence } from "../src/similarity/evidence.js";
import { Library } from "../src/similarity/library.js";
import { profileOf } from "../src/similarity/profile.js";

interface Meta {
  readonly slug: string;
  readonly org: string;
  readonly date: string;
}
type Label = "repeat" | "related" | "lookalike" | "none";
interface Pair {
  readonly org: string;
  readonly slug: string;
  readonly label: Label;
  readonly evidence: Evidence;
}
interface Model {
  readonly bias: number;
  readonly weights: Readonly<Record<string, number>>;
}

/** How much a pair counts: who labelled it doubted the related ones, and nobody looked at most of the rest. */
const COUNTS: Readonly<Record<Exclude<Label, "repeat">, number>> = { related: 0, lookalike: 0.5, none: 0.25 };
const RIDGE = 2;
const STEPS = 600;
const RATE = 4;

const folder = process.argv[2] ?? "";
const lines = <T>(name: string): T[] =>
  readFileSync(join(folder, name), "utf8")
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => JSON.parse(line) as T);

function readPairs(): Pair[] {
  const labels = new Map(
    lines<{ new: string; earlier: string; label: Label }>("pairs.jsonl").map((one) => [
      `${one.new} ${one.earlier}`,
      one.label,
    ]),
  );
  const order = ({ date, slug }: Meta) => `${date} ${slug}`;
  const libraries = new Map<string, Library>();
  return lines<Meta>("meta.jsonl")
    .sort((a, b) => (order(a) < order(b) ? -1 : 1))
    .flatMap(({ slug, org }) => {
      const library = libraries.get(org) ?? new Library();
      libraries.set(org, library);
      const profile = profileOf(`docs/${slug}.md`, readFileSync(join(folder, "docs", `${slug}.md`), "utf8"));
      return library.weighAndAdd(profile).map(({ key, evidence }): Pair => {
        const earlier = key.slice("docs/".length, -".md".length);
        return { org, slug, label: labels.get(`${slug} ${earlier}`) ?? "none", evidence };
      });
    });
}

/** Logistic regression by gradient descent, on values of one spread. An organisation of many repeats counts by their square root. */
function fitWeights(pairs: readonly Pair[]): Model {
  const names = Object.keys(pairs[0]?.evidence ?? {}) as (keyof Evidence)[];
  const repeats = new Map<string, number>();
  for (const { org, label } of pairs) if (label === "repeat") repeats.set(org, (repeats.get(org) ?? 0) + 1);
  const used = pairs
    .map((pair) => ({
      pair,
      counts: pair.label === "repeat" ? 1 / Math.sqrt(repeats.get(pair.org) ?? 1) : COUNTS[pair.label],
    }))
    .filter(({ counts }) => counts > 0);
  const total = used.reduce((sum, { counts }) => sum + counts, 0);
  const scale = names.map((name) => {
    const values = used.map(({ pair }) => pair.evidence[name]);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const spread = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length) || 1;
    return { name, mean, spread };
  });
  const rows = used.map(({ pair }) => scale.map(({ name, mean, spread }) => (pair.evidence[name] - mean) / spread));
  const weights = scale.map(() => 0);
  let bias = -3;
  for (let step = 0; step < STEPS; step++) {
    const slopes = weights.map((weight) => (RIDGE * weight) / total);
    let slope = 0;
    for (const [at, { pair, counts }] of used.entries()) {
      const row = rows[at] ?? [];
      const odds = row.reduce((sum, value, column) => sum + value * (weights[column] ?? 0), bias);
      const off = ((1 / (1 + Math.exp(-odds)) - (pair.label === "repeat" ? 1 : 0)) * counts) / total;
      slope += off;
      for (const [column, value] of row.entries()) slopes[column] = (slopes[column] ?? 0) + off * value;
    }
    bias -= RATE * slope;
    for (const [column, value] of slopes.entries()) weights[column] = (weights[column] ?? 0) - RATE * value;
  }
  const plain = scale.map(({ name, spread }, column) => [name, (weights[column] ?? 0) / spread] as const);
  return {
    bias: bias - scale.reduce((sum, { mean, spread }, column) => sum + ((weights[column] ?? 0) * mean) / spread, 0),
    weights: Object.fromEntries(plain),
  };
}

const oddsOf = ({ bias, weights }: Model, { evidence }: Pair): number =>
  Object.entries(evidence).reduce((sum, [name, value]) => sum + (weights[name] ?? 0) * value, bias);

const mean = (values: readonly number[]): string =>
  `${((100 * values.reduce((sum, value) => sum + value, 0)) / Math.max(1, values.length)).toFixed(1)}%`;

function report(told: readonly (Pair & { readonly odds: number })[], bound: number): string {
  const [precision, recall]: [number[], number[]] = [[], []];
  for (const org of new Set(told.map((pair) => pair.org))) {
    let [right, wrong, hit, having] = [0, 0, 0, 0];
    for (const slug of new Set(told.filter((pair) => pair.org === org).map((pair) => pair.slug))) {
      const own = told.filter((pair) => pair.slug === slug);
      const shown = own
        .filter(({ odds }) => odds >= bound)
        .sort((a, b) => b.odds - a.odds)
        .slice(0, 3);
      const found = shown.filter(({ label }) => label === "repeat").length;
      right += found;
      wrong += shown.filter(({ label }) => label === "lookalike" || label === "none").length;
      if (!own.some(({ label }) => label === "repeat")) continue;
      having++;
      if (found > 0) hit++;
    }
    if (right + wrong > 0) precision.push(right / (right + wrong));
    if (having > 0) recall.push(hit / having);
  }
  return `${bound.toFixed(2).padStart(6)}  precision ${mean(precision)}  recall by documents ${mean(recall)}  (means over organisations)`;
}

const pairs = readPairs();
const told = [...new Set(pairs.map(({ org }) => org))].flatMap((org) => {
  const model = fitWeights(pairs.filter((pair) => pair.org !== org));
  return pairs.filter((pair) => pair.org === org).map((pair) => ({ ...pair, odds: oddsOf(model, pair) }));
});
for (let bound = -1.5; bound <= 1; bound += 0.25) console.log(report(told, bound));
console.log(JSON.stringify(fitWeights(pairs), null, 2));
