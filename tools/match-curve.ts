/**
 * The precision and recall of matching over labelled edits, at every number of points that may make two items one; and what it
 * reaches where that number is chosen on four fifths of the repositories and tried on the fifth, each fifth in turn.
 *
 *     npx tsx tools/match-curve.ts PATH
 *
 * PATH holds `pairs.jsonl` (edits of documents: `before`, `after`, and the true `same`, `split`, `merged`, `maybe`) and
 * `hard.jsonl` (look-alikes: two titles, and whether they are the `same`). Counted are pairs whose words differ.
 */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { CERTAIN } from "../src/tracking/evidence.js";
import { normalizeText } from "../src/tracking/words.js";
import { type Edit, matchEdit, pairsOf } from "./match-items.js";

type Pair = readonly [before: number, after: number];

interface Labelled extends Edit {
  readonly repository: string;
  readonly same: readonly Pair[];
  readonly split: readonly (readonly [number, readonly number[]])[];
  readonly merged: readonly (readonly [readonly number[], number])[];
  readonly maybe: readonly Pair[];
}

interface Count {
  readonly right: number;
  readonly wrong: number;
  readonly missed: number;
}

const FOLDS = 5;
const POINTS = Array.from({ length: 17 }, (_, at) => 2.5 + at / 4);

const linesOf = <T>(path: string): T[] =>
  readFileSync(path, "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as T);

function realEdits(path: string): Labelled[] {
  const edits = linesOf<Labelled & { source: { repo: string }; kind: string }>(`${path}/pairs.jsonl`);
  return edits.filter(({ kind }) => kind !== "translation").map((edit) => ({ ...edit, repository: edit.source.repo }));
}

function hardPairs(path: string): Labelled[] {
  const pairs = linesOf<{ id: string; before: string; after: string; same: boolean }>(`${path}/hard.jsonl`);
  return pairs.map(({ id, before, after, same }) => ({
    repository: id,
    before: [{ title: before }],
    after: [{ title: after }],
    same: same ? [[0, 0]] : [],
    split: [],
    merged: [],
    maybe: [],
  }));
}

/** How one edit was matched. Of a split or merged item one part has to carry it on, whichever. */
function judge(edit: Labelled, certain: number): Count {
  const wordsOf = (title = ""): string => normalizeText(title) || title;
  const differs = ([b, a]: Pair): boolean => wordsOf(edit.before[b]?.title) !== wordsOf(edit.after[a]?.title);
  const said = pairsOf(matchEdit(edit, certain)).filter(differs);
  const isSaid = ([b, a]: Pair): boolean => said.some((pair) => pair[0] === b && pair[1] === a);
  const groups: (readonly Pair[])[] = [
    ...edit.same.filter(differs).map((pair) => [pair]),
    ...edit.split.map(([b, parts]) => parts.map((a): Pair => [b, a])),
    ...edit.merged.map(([parts, a]) => parts.map((b): Pair => [b, a])),
  ];
  const right = groups.filter((group) => group.some(isSaid)).length;
  const allowed = new Set([...groups.flat(), ...edit.maybe].map(String));
  const wrong = said.filter((pair) => !allowed.has(String(pair))).length;
  return { right, wrong, missed: groups.length - right };
}

const total = (counts: readonly Count[]): Count => ({
  right: counts.reduce((sum, { right }) => sum + right, 0),
  wrong: counts.reduce((sum, { wrong }) => sum + wrong, 0),
  missed: counts.reduce((sum, { missed }) => sum + missed, 0),
});

const precision = ({ right, wrong }: Count): number => (right + wrong === 0 ? 1 : right / (right + wrong));
const recall = ({ right, missed }: Count): number => (right + missed === 0 ? 1 : right / (right + missed));
const balance = (count: Count): number => 2 / (1 / precision(count) + 1 / recall(count));

const told = (count: Count): string =>
  `precision ${precision(count).toFixed(3)}  recall ${recall(count).toFixed(3)}  (${count.right} right, ${count.wrong} wrong, ${count.missed} missed)`;

/** Which fifth a repository is in: by a hash, so that it is always the same. */
const foldOf = (repository: string): number => createHash("sha256").update(repository).digest().readUInt8(0) % FOLDS;

const path = process.argv[2];
if (path === undefined) throw new Error("usage: npx tsx tools/match-curve.ts PATH");
const sets = { "real edits": realEdits(path), "hard pairs": hardPairs(path) };

const counts = new Map<string, Map<number, Count[]>>();
for (const [name, edits] of Object.entries(sets)) {
  const at = new Map(POINTS.map((points) => [points, edits.map((edit) => judge(edit, points))]));
  counts.set(name, at);
  console.log(name);
  for (const [points, each] of at)
    console.log(`${points === CERTAIN ? "*" : " "} ${points.toFixed(2)}  ${told(total(each))}`);
}

/** The number of points that does best on both sets together, of what is not in the fold. */
function chosenWithout(fold: number): number {
  const scoreAt = (points: number): number =>
    Object.entries(sets)
      .map(([name, edits]) =>
        balance(
          total((counts.get(name)?.get(points) ?? []).filter((_, at) => foldOf(edits[at]?.repository ?? "") !== fold)),
        ),
      )
      .reduce((sum, each) => sum + each, 0);
  return POINTS.reduce((best, points) => (scoreAt(points) > scoreAt(best) ? points : best));
}

const chosen = Array.from({ length: FOLDS }, (_, fold) => chosenWithout(fold));
console.log(`each fifth with the points chosen on the others (${chosen.join(", ")})`);
for (const [name, edits] of Object.entries(sets)) {
  const held = edits.flatMap(
    (edit, at) => counts.get(name)?.get(chosen[foldOf(edit.repository)] ?? CERTAIN)?.[at] ?? [],
  );
  console.log(`  ${name}: ${told(total(held))}`);
}
