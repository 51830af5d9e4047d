/**
 * Who is who: an item's id is minted once and then carried, and this is how a re-read document's items find theirs
 * again. An explicit key decides, else the same words, else the likeliest rewording. Pure, and the same for the same input.
 */
import { createHash } from "node:crypto";
import type { ActionItem } from "../postmortem/types.js";
import { likenesses, type Measure, normalizeText, shareTellingWord } from "./similarity.js";

/** The letters of base 32, https://www.rfc-editor.org/rfc/rfc4648#section-6, in lower case. */
const BASE_32 = "abcdefghijklmnopqrstuvwxyz234567";
const ID_LENGTH = 12;

/** The first sixty bits of a hash of `parts`: twelve letters and digits, safe in a URL, a marker and any markup. */
function mint(...parts: readonly (string | number)[]): string {
  const hash = createHash("sha256").update(JSON.stringify(parts)).digest();
  return Array.from({ length: ID_LENGTH }, (_, at) => {
    const bit = at * 5;
    const pair = hash.readUInt16BE(bit >> 3);
    return BASE_32.charAt((pair >> (11 - (bit & 7))) & 31);
  }).join("");
}

/**
 * A new item's id, from where it was first seen. `ordinal` tells items of the same words apart, from 0. `firstPath`: of a document that
 * is not the first at its path, its id, so that items of the same words in both are two.
 */
export function mintItemId(first: { repositoryId: number; firstPath: string; text: string; ordinal: number }): string {
  return mint("item", first.repositoryId, first.firstPath, first.text, first.ordinal);
}

/** So many documents can begin at one path, one after the other: drafts and templates are renamed once they are filled in. */
export const MOST_AT_PATH = 200;

/**
 * A new document's id, from the repository's number and the path it was first seen at. `ordinal` tells documents apart that began at
 * the same path, from 0.
 */
export function mintDocumentId(repositoryId: number, firstPath: string, ordinal = 0): string {
  return ordinal === 0 ? mint("document", repositoryId, firstPath) : mint("document", repositoryId, firstPath, ordinal);
}

/** Whether an id is what a repository's number and a first path mint, for the first document at that path or a later one. */
export function isMinted({ id, firstPath }: { id: string; firstPath: string }, repositoryId: number): boolean {
  for (let ordinal = 0; ordinal < MOST_AT_PATH; ordinal++)
    if (mintDocumentId(repositoryId, firstPath, ordinal) === id) return true;
  return false;
}

/** What matching needs to know of a tracked item. */
export interface Known {
  readonly id: string;
  readonly title: string;
  readonly ref: string | null;
  readonly group: string | null;
  readonly line: number;
}

/** What became of the items: `pairs` by the index in the found ones, `fresh` those indices without, `gone` the ids without. */
export interface Matching {
  readonly pairs: Map<number, string>;
  readonly fresh: number[];
  readonly gone: string[];
}

/** How alike an item must be to be taken for a rewording: half its words kept, with some room for weights. */
const ALIKE = 0.38;

/** About half of the words, each counted alike. */
const HALF_KEPT = 0.45;

/** Items that carry different keys are different, unless their words say very clearly that a key was changed. */
const ALIKE_WITH_OTHER_KEY = 0.75;

/**
 * Beyond so many pairs likeness is not asked of all: nobody rewords hundreds of items at once, and comparing each with each
 * would hold up everybody else. Equal words and keys are found among any number.
 */
const MOST_COMPARED = 100_000;

/** The pairs so far, and who is still to be paired. */
interface Open {
  readonly pairs: Map<number, number>;
  readonly takenKnown: Set<number>;
}

const pair = ({ pairs, takenKnown }: Open, known: number, found: number): void => {
  pairs.set(found, known);
  takenKnown.add(known);
};

const keyOf = (ref: string | null): string | null => ref?.trim().toLowerCase() || null;

/** An item of either side as matching sees it. */
interface Named {
  readonly key: string | null;
  /** The words it is known by; what has none, an emoji say, is known as it stands. */
  readonly words: string;
  readonly group: string | null;
  readonly line: number;
}

const named = ({ title, ref, group, line }: Known | ActionItem): Named => ({
  key: keyOf(ref),
  words: normalizeText(title) || title,
  group,
  line,
});

/** Those indices of `items` that `name` gives the same name, in order; without those that have none. */
function byName<T>(items: readonly T[], name: (item: T, index: number) => string | null): Map<string, number[]> {
  const named = new Map<string, number[]>();
  for (const [index, item] of items.entries()) {
    const key = name(item, index);
    const before = key === null ? undefined : named.get(key);
    if (before) before.push(index);
    else if (key !== null) named.set(key, [index]);
  }
  return named;
}

/** Keys such as `TECH-4` that stand once on either side. */
function matchKeys(tracked: readonly Named[], found: readonly Named[], open: Open): void {
  const known = byName(tracked, (item) => item.key);
  for (const [key, [index, ...others]] of byName(found, (item) => item.key)) {
    const [one, ...more] = known.get(key) ?? [];
    if (one !== undefined && index !== undefined && others.length + more.length === 0) pair(open, one, index);
  }
}

/** Equal names in order; a name that stands twice takes the first with the first. */
function matchNames(
  tracked: readonly Named[],
  found: readonly Named[],
  open: Open,
  name: (item: Named) => string,
): void {
  const known = byName(tracked, (item, index) => (open.takenKnown.has(index) ? null : name(item)));
  const still = byName(found, (item, index) => (open.pairs.has(index) ? null : name(item)));
  for (const [key, indices] of still) {
    for (const [at, one] of (known.get(key) ?? []).slice(0, indices.length).entries())
      pair(open, one, indices[at] ?? 0);
  }
}

interface Candidate {
  readonly known: number;
  readonly found: number;
  readonly score: number;
  /** How far apart they stand; another group is far. */
  readonly apart: number;
}

/** The first of both sides, so many that there are at most {@link MOST_COMPARED} pairs; a short side is kept whole. */
function comparable<L, R>(left: readonly L[], right: readonly R[]): [readonly L[], readonly R[]] {
  const most = (beside: readonly unknown[]): number =>
    Math.floor(Math.max(Math.sqrt(MOST_COMPARED), MOST_COMPARED / beside.length));
  return [left.slice(0, most(right)), right.slice(0, most(left))];
}

/** The pairs of what is left that are alike enough and whose keys do not speak against it, best first. */
function candidates(
  tracked: readonly Named[],
  found: readonly Named[],
  open: Open,
  threshold: number,
  measure: Measure,
): Candidate[] {
  const [left, right] = comparable(
    tracked.map((item, index) => ({ item, index })).filter(({ index }) => !open.takenKnown.has(index)),
    found.map((item, index) => ({ item, index })).filter(({ index }) => !open.pairs.has(index)),
  );
  const title = ({ item }: { item: Named }): string => item.words;
  const pairs = likenesses(left.map(title), right.map(title), threshold, measure).flatMap(
    ({ left: l, right: r, score }) => {
      const [known, one] = [left[l], right[r]];
      if (!known || !one) return [];
      const keys = [known.item.key, one.item.key];
      if (keys[0] && keys[1] && keys[0] !== keys[1] && score < ALIKE_WITH_OTHER_KEY) return [];
      const apart = (known.item.group === one.item.group ? 0 : 1e6) + Math.abs(known.item.line - one.item.line);
      return [{ known: known.index, found: one.index, score, apart }];
    },
  );
  return pairs.sort((a, b) => b.score - a.score || a.apart - b.apart || a.known - b.known || a.found - b.found);
}

/** The best rewordings, best first over the whole document; ties go to the same group, then to the nearer line. */
function matchAlike(tracked: readonly Named[], found: readonly Named[], open: Open): void {
  for (const each of candidates(tracked, found, open, ALIKE, "weighted")) {
    if (!open.takenKnown.has(each.known) && !open.pairs.has(each.found)) pair(open, each.known, each.found);
  }
}

/**
 * What kept half its words, though not the rare ones, where nothing else could be meant: best for one another, with no
 * other as good for either.
 */
function matchHalfKept(tracked: readonly Named[], found: readonly Named[], open: Open): void {
  const pairs = candidates(tracked, found, open, HALF_KEPT, "plain").filter(({ known, found: one }) => {
    const [before, after] = [tracked[known], found[one]];
    return before && after && shareTellingWord(before.words, after.words);
  });
  const bestOf = { known: clearlyBest(pairs, "known"), found: clearlyBest(pairs, "found") };
  for (const each of pairs) {
    if (bestOf.known.get(each.known) === each && bestOf.found.get(each.found) === each)
      pair(open, each.known, each.found);
  }
}

/** For each item of one side its best pair, null where another is as good. `pairs` come best first. */
function clearlyBest(pairs: readonly Candidate[], side: "known" | "found"): Map<number, Candidate | null> {
  const best = new Map<number, Candidate | null>();
  for (const each of pairs) {
    const before = best.get(each[side]);
    if (before === undefined) best.set(each[side], each);
    else if (before !== null && before.score === each.score) best.set(each[side], null);
  }
  return best;
}

/**
 * Matches a re-read document's items to the tracked ones, each at most once: by a key that is unique on both sides, by
 * the same words in the same group, by the same words anywhere, by likeness.
 */
export function matchItems(tracked: readonly Known[], found: readonly ActionItem[]): Matching {
  const open: Open = { pairs: new Map(), takenKnown: new Set() };
  const [before, now] = [tracked.map(named), found.map(named)];
  matchKeys(before, now, open);
  matchNames(before, now, open, ({ group, words }) => JSON.stringify([group, words]));
  matchNames(before, now, open, ({ words }) => words);
  matchAlike(before, now, open);
  matchHalfKept(before, now, open);
  const ids = [...open.pairs]
    .sort(([a], [b]) => a - b)
    .map(([index, known]) => [index, tracked[known]?.id ?? ""] as const);
  return {
    pairs: new Map(ids),
    fresh: found.map((_, index) => index).filter((index) => !open.pairs.has(index)),
    gone: tracked.filter((_, index) => !open.takenKnown.has(index)).map(({ id }) => id),
  };
}
