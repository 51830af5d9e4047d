/**
 * How well the reader does on labelled postmortems it may never have seen:
 *
 *     npm run bench:reading -- CORPUS [--known N] [--fold N] [--wrong]
 *
 *     all          312 documents   precision 86.9  recall 91.0  F1 88.9 (85.1 to 92.0)   965 right, 146 invented, 95 missed
 *     fold 1        51 documents   …
 *     language en  229 documents   …
 *
 * CORPUS holds `docs/SLUG.md`, `gold/SLUG.json` and `sources.jsonl` (a row a document, with its repository, language and
 * tags). Documents fall into five folds by a hash of their repository's name, so that no repository stands in two. A fold
 * forecasts something only while nobody has read it: score it first, write that down, and only then look at it.
 *
 * - `--known N`: the first N rows of `sources.jsonl` were worked on before, and are in no fold.
 * - `--fold N`: only this fold.
 * - `--wrong`: what is wrong as well, a line each.
 *
 * The interval is that of 95 in 100 corpora drawn again from the same repositories (bootstrap), as documents of one
 * repository are alike.
 */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { readPostmortem } from "../../src/postmortem/read.js";
import { type ActionItem, DEFAULT_READ_OPTIONS } from "../../src/postmortem/types.js";

const FOLDS = 5;
const DRAWS = 1_000;
const FIELDS = ["title", "owners", "due", "done", "priority", "ref"] as const;
type Field = (typeof FIELDS)[number];

/** A labelled item. `soft`: fields on which readers may differ; `alt_lines`: lines that may be read as items too. */
interface Gold {
  readonly line: number;
  readonly title: string;
  readonly owners: readonly string[];
  readonly due: string | null;
  readonly done: boolean;
  readonly priority: string | null;
  readonly ref: string | null;
  readonly ref_url?: string | null;
  readonly kind: string;
  readonly optional?: boolean;
  readonly soft?: readonly string[];
  readonly alt_lines?: readonly number[];
}

interface Source {
  readonly slug: string;
  readonly repo: string;
  readonly language: string;
  readonly tags: readonly string[];
}

/** What came of one document. */
interface Score {
  readonly source: Source;
  readonly right: number;
  readonly invented: number;
  readonly missed: number;
  /** Of the labelled items of each kind: how many, and how many were found. */
  readonly kinds: Readonly<Record<string, readonly [found: number, of: number]>>;
  /** Of the fields that are stated in items that were found: how many, and how many are right. */
  readonly fields: Readonly<Record<Field, readonly [right: number, of: number]>>;
  readonly wrong: readonly string[];
}

const wordsOf = (text: string): readonly string[] =>
  text
    .toLowerCase()
    .replace(/[`*_\\~[\]()<>"'“”‘’]/g, " ")
    .match(/[\p{L}\p{N}]+/gu) ?? [];

/** The share of the shorter text's words that stand in the longer one. */
function overlap(a: string, b: string): number {
  const [short = [], long = []] = [wordsOf(a), wordsOf(b)].sort((x, y) => x.length - y.length);
  if (short.length === 0) return long.length === 0 ? 1 : 0;
  const left = [...long];
  const hits = short.filter((word) => {
    const at = left.indexOf(word);
    if (at >= 0) left.splice(at, 1);
    return at >= 0;
  });
  return hits.length / short.length;
}

/** Words that must be shared for two titles on one line, on neighbouring lines, and for a title that is right. */
const SAME_LINE = 0.5;
const NEAR_LINE = 0.75;
const NEAR = 2;
const RIGHT_TITLE = 0.9;
const WHOLE_TITLE = 0.6;

const bare = (text: string | null | undefined): string => (text ?? "").trim().toLowerCase();
const bareRef = (text: string | null | undefined): string =>
  bare(text)
    .replace(/^https?:\/\/(?:www\.)?/, "")
    .replace(/[#/]+$/, "");
const people = (owners: readonly string[]): string =>
  [...new Set(owners.map((owner) => bare(owner.replace(/^@/, ""))))].sort().join("|");
const lastNumber = (text: string): string | undefined => /(\d+)$/.exec(text)?.[1];

const RIGHT: Readonly<Record<Field, (gold: Gold, item: ActionItem) => boolean>> = {
  title: (gold, item) =>
    overlap(gold.title, item.title) >= RIGHT_TITLE &&
    wordsOf(item.title).length >= WHOLE_TITLE * wordsOf(gold.title).length,
  owners: (gold, item) => people(gold.owners) === people(item.owners),
  due: (gold, item) => gold.due === item.due,
  done: (gold, item) => gold.done === item.done,
  priority: (gold, item) => bare(gold.priority) === bare(item.priority),
  ref: (gold, item) => {
    const [want, url, got] = [bareRef(gold.ref), bareRef(gold.ref_url), bareRef(item.ref)];
    if (want === "" || got === "") return want === got;
    return got === want || got === url || (lastNumber(got) !== undefined && lastNumber(got) === lastNumber(want));
  },
};

const STATED: Readonly<Record<Field, (gold: Gold) => boolean>> = {
  title: () => true,
  owners: ({ owners }) => owners.length > 0,
  due: ({ due }) => due !== null,
  done: ({ done }) => done,
  priority: ({ priority }) => priority !== null,
  ref: ({ ref }) => ref !== null,
};

/** Pairs each labelled item with the item that was read for it; what is left of those read was invented. */
function pair(
  gold: readonly Gold[],
  items: readonly ActionItem[],
): { of: Map<Gold, ActionItem>; left: Set<ActionItem> } {
  const left = new Set(items);
  const of = new Map<Gold, ActionItem>();
  const claim = (one: Gold, likeness: (item: ActionItem) => number) => {
    const [best] = [...left].filter((item) => likeness(item) > 0).sort((a, b) => likeness(b) - likeness(a));
    if (best === undefined) return;
    left.delete(best);
    of.set(one, best);
  };
  const at = (one: Gold, within: number, least: number) => (item: ActionItem) => {
    const shared = overlap(one.title, item.title);
    return Math.abs(item.line - one.line) <= within && shared >= least ? shared : 0;
  };
  for (const one of gold) claim(one, at(one, 0, SAME_LINE));
  for (const one of gold) if (!of.has(one)) claim(one, at(one, NEAR, NEAR_LINE));
  for (const { alt_lines = [] } of gold) for (const item of left) if (alt_lines.includes(item.line)) left.delete(item);
  return { of, left };
}

function score(corpus: string, source: Source): Score {
  const { slug } = source;
  const { items } = readPostmortem(
    `${slug}.md`,
    readFileSync(join(corpus, "docs", `${slug}.md`)),
    DEFAULT_READ_OPTIONS,
  );
  const gold: readonly Gold[] = JSON.parse(readFileSync(join(corpus, "gold", `${slug}.json`), "utf8")).items;
  const { of, left } = pair(gold, items);
  const scored = gold.filter(({ optional }) => optional !== true);
  const kinds: Record<string, [number, number]> = {};
  const fields: Record<Field, [number, number]> = {
    title: [0, 0],
    owners: [0, 0],
    due: [0, 0],
    done: [0, 0],
    priority: [0, 0],
    ref: [0, 0],
  };
  const wrong = [...left].map(({ line, title }) => `${slug}:${line} INVENTED ${title}`);
  for (const one of scored) {
    const item = of.get(one);
    kinds[one.kind] ??= [0, 0];
    const kind = kinds[one.kind];
    if (kind !== undefined) {
      kind[1]++;
      if (item !== undefined) kind[0]++;
    }
    if (item === undefined) {
      wrong.push(`${slug}:${one.line} MISSED [${one.kind}] ${one.title}`);
      continue;
    }
    for (const field of FIELDS) {
      if (one.soft?.includes(field)) continue;
      const right = RIGHT[field](one, item);
      if (!right)
        wrong.push(`${slug}:${one.line} ${field}: ${JSON.stringify(item[field])}, not ${JSON.stringify(one[field])}`);
      if (!STATED[field](one)) continue;
      fields[field][1]++;
      if (right) fields[field][0]++;
    }
  }
  const right = scored.filter((one) => of.has(one)).length;
  return { source, right, invented: left.size, missed: scored.length - right, kinds, fields, wrong };
}

/** The values by what `key` tells of them, in the order first met. */
function groupBy<T>(values: readonly T[], key: (value: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const value of values) groups.set(key(value), [...(groups.get(key(value)) ?? []), value]);
  return groups;
}

const sum = (scores: readonly Score[], pick: (one: Score) => number): number =>
  scores.reduce((total, one) => total + pick(one), 0);
const share = (part: number, of: number): number => (of === 0 ? 1 : part / of);
const percent = (value: number): string => (100 * value).toFixed(1);

function f1Of(scores: readonly Score[]): number {
  const right = sum(scores, (one) => one.right);
  return share(2 * right, 2 * right + sum(scores, (one) => one.invented + one.missed));
}

/** The bounds between which 95 of 100 F1 lie, of corpora drawn from the same repositories. The same every time. */
function interval(scores: readonly Score[]): readonly [number, number] {
  const repositories = [...groupBy(scores, ({ source }) => source.repo).values()];
  let seed = 1;
  const random = (below: number) => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fff_ffff;
    return Math.floor((seed / 0x8000_0000) * below);
  };
  const drawn = Array.from({ length: DRAWS }, () =>
    f1Of(repositories.flatMap(() => repositories[random(repositories.length)] ?? [])),
  ).sort((a, b) => a - b);
  return [drawn[Math.floor(DRAWS * 0.025)] ?? 0, drawn[Math.floor(DRAWS * 0.975)] ?? 1];
}

function line(name: string, scores: readonly Score[]): string {
  const [right, invented, missed] = [
    sum(scores, (one) => one.right),
    sum(scores, (one) => one.invented),
    sum(scores, (one) => one.missed),
  ];
  const [low, high] = interval(scores);
  return (
    `${name.padEnd(22)}${String(scores.length).padStart(4)} documents   precision ${percent(share(right, right + invented)).padStart(5)}` +
    `  recall ${percent(share(right, right + missed)).padStart(5)}  F1 ${percent(f1Of(scores)).padStart(5)}` +
    ` (${percent(low)} to ${percent(high)})   ${right} right, ${invented} invented, ${missed} missed`
  );
}

/** Which fold a repository's documents are in, 1 to 5. */
const foldOf = (repository: string): number =>
  1 + (createHash("sha256").update(repository).digest().readUInt32BE() % FOLDS);

/** `right/of` of what `pick` tells, summed by name. */
function tally(
  scores: readonly Score[],
  pick: (one: Score) => Readonly<Record<string, readonly [number, number]>>,
): string {
  const totals = new Map<string, [number, number]>();
  for (const one of scores)
    for (const [name, [right, of]] of Object.entries(pick(one))) {
      const [rights, all] = totals.get(name) ?? [0, 0];
      totals.set(name, [rights + right, all + of]);
    }
  return [...totals].map(([name, [right, of]]) => `${name} ${right}/${of}`).join(", ");
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { known: { type: "string", default: "0" }, fold: { type: "string" }, wrong: { type: "boolean" } },
});
const [corpus] = positionals;
if (corpus === undefined) throw new Error("usage: npm run bench:reading -- CORPUS [--known N] [--fold N] [--wrong]");

const sources: readonly Source[] = readFileSync(join(corpus, "sources.jsonl"), "utf8")
  .split("\n")
  .filter((row) => row !== "")
  .map((row) => JSON.parse(row));
const folds = new Map(sources.slice(Number(values.known)).map(({ slug, repo }) => [slug, foldOf(repo)]));
const asked = sources.filter(({ slug }) => values.fold === undefined || folds.get(slug) === Number(values.fold));
const scores = asked.map((source) => score(corpus, source));

if (values.wrong) console.log(`${scores.flatMap(({ wrong }) => wrong).join("\n")}\n`);
console.log(line("all", scores));
for (let fold = 1; fold <= FOLDS; fold++) {
  const within = scores.filter(({ source }) => folds.get(source.slug) === fold);
  if (within.length > 0) console.log(line(`fold ${fold}`, within));
}
for (const [language, within] of groupBy(scores, ({ source }) => source.language))
  console.log(line(`language ${language}`, within));
console.log(
  line(
    "not in English",
    scores.filter(({ source }) => source.language !== "en"),
  ),
);
for (const [tag, within] of groupBy(
  scores.flatMap((one) => one.source.tags.filter((tag) => /^items-|^no-items/.test(tag)).map((tag) => ({ tag, one }))),
  ({ tag }) => tag,
))
  console.log(
    line(
      tag,
      within.map(({ one }) => one),
    ),
  );
console.log(`\nfound, by kind: ${tally(scores, ({ kinds }) => kinds)}`);
console.log(`fields right where stated: ${tally(scores, ({ fields }) => fields)}`);
const none = scores.filter(({ right, missed }) => right + missed === 0);
console.log(
  `documents without items: ${none.filter(({ invented }) => invented === 0).length}/${none.length} with none invented`,
);
