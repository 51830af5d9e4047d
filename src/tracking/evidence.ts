/**
 * Whether two items are the same piece of work, by evidence that has names and weights: all of it stands in one table, so that each
 * match can be explained and each weight be argued about.
 */

import type { KindOfWork } from "../postmortem/languages/work.js";
import type { ActionItem } from "../postmortem/types.js";
import { isSameWord, type Word } from "./words.js";

/** An item of either side, as it is compared. */
export interface Compared {
  readonly words: readonly Word[];
  /** How much the words tell together, each by its weight. */
  readonly total: number;
  readonly weights: readonly number[];
  /** At which place each word stands. */
  readonly at: ReadonlyMap<string, number>;
  readonly kinds: ReadonlySet<KindOfWork>;
  readonly sides: readonly (readonly [family: number, side: number])[];
  /** Whether it says what not to do. */
  readonly negates: boolean;
  /** The normalized words before the first dash, colon or bracket; null where another item of its side begins so too. */
  readonly head: string | null;
  readonly key: string | null;
  /** Names such as `AUTH-2` among the words of the title. */
  readonly names: readonly string[];
  readonly owners: readonly string[];
  readonly due: ActionItem["due"];
}

/**
 * Where two items stand, by the items around them that were kept: one in the other's place, both in the same gap, or one on the other
 * side of what was kept. Where nothing was kept, two that stand at the same place among as many are aligned, and of others nobody can say.
 */
export type Place = "replaced" | "near" | "aligned" | "moved" | "unknown";

/** What speaks for two items being one, and against it. */
export interface Evidence {
  /** Of what the shorter title tells, the part that stands in the other: 0 to 1. */
  readonly share: number;
  /** The same of the longer title. */
  readonly shareOfLonger: number;
  /** How many words that tell something they have in common, by weight, at most {@link ENOUGH}. */
  readonly common: number;
  /** All words of one title, the common ones too, stand in the other: it was made more exact, or shorter. */
  readonly whole: number;
  readonly sameHead: number;
  readonly replaced: number;
  readonly near: number;
  readonly aligned: number;
  readonly moved: number;
  /** How many others each could be, as a logarithm: among a hundred new items chance finds likeness that it does not find in one. */
  readonly rivals: number;
  readonly sameKey: number;
  readonly otherKey: number;
  /** The titles name things such as `AUTH-2`, and not the same. */
  readonly otherName: number;
  readonly sameOwner: number;
  readonly otherOwner: number;
  readonly sameDue: number;
  /** One documents what the other tests. */
  readonly otherKind: number;
  /** One says staging, the other production. */
  readonly opposite: number;
  /** One says not to. */
  readonly negated: number;
}

/** More words in common than so many make nothing surer. */
const ENOUGH = 4;

/** More others than so many make it no likelier that likeness is chance. */
const MANY = 16;

/** What each piece of evidence counts, in points; two items are one where they have {@link CERTAIN} together. */
const WEIGHTS: Readonly<Record<keyof Evidence, number>> = {
  share: 3,
  shareOfLonger: 1,
  common: 1,
  whole: 1.5,
  sameHead: 3,
  replaced: 2,
  near: 0.5,
  aligned: 0.5,
  moved: -1,
  rivals: -0.25,
  sameKey: 3,
  otherKey: -3,
  otherName: -1.5,
  sameOwner: 0.5,
  otherOwner: -0.5,
  sameDue: 0.5,
  otherKind: -3.5,
  opposite: -3.5,
  negated: -5,
};

/** So many points make two items one. */
export const CERTAIN = 4.25;

/** With so many points it is sure even before what stands around is looked at: the sure ones show where the others stand. */
export const SURE = 6.5;

/** Letters that begin the words from `at` on, as many as `initials` has. */
function beginsWith(words: readonly Word[], at: number, initials: string): boolean {
  if (at + initials.length > words.length) return false;
  return Array.from(initials).every((letter, index) => words[at + index]?.text.startsWith(letter));
}

const ABBREVIATION = /^[a-z]{2,4}$/;

/** Marks in `has` the words of `one`, and in `had` those of `other`, that stand for one another over a space: on call and oncall, SLO. */
function markJoined(one: readonly Word[], other: readonly Word[], has: boolean[], had: boolean[]): void {
  for (const [at, { text }] of one.entries()) {
    if (has[at]) continue;
    for (let start = 0; start + 1 < other.length; start++) {
      const [first, second] = [other[start]?.text ?? "", other[start + 1]?.text ?? ""];
      const length =
        first + second === text || first + second === `${text}s` || `${first}${second}s` === text
          ? 2
          : ABBREVIATION.test(text) && beginsWith(other, start, text)
            ? text.length
            : 0;
      if (length === 0) continue;
      has[at] = true;
      had.fill(true, start, start + length);
    }
  }
}

type SameWord = (one: Word, other: Word) => boolean;

/** Which words of each stand in the other. */
function commonWords({ words: one }: Compared, { words: other, at }: Compared, same: SameWord): [boolean[], boolean[]] {
  const has = one.map(() => false);
  const had = other.map(() => false);
  for (const [index, { text }] of one.entries()) {
    const there = at.get(text);
    if (there === undefined) continue;
    has[index] = true;
    had[there] = true;
  }
  for (const [index, word] of one.entries()) {
    if (has[index] || word.tells === 0) continue;
    for (const [there, each] of other.entries()) {
      if (each.tells === 0 || had[there] || !same(word, each)) continue;
      has[index] = true;
      had[there] = true;
    }
  }
  markJoined(one, other, has, had);
  markJoined(other, one, had, has);
  return [has, had];
}

const sum = (weights: readonly number[], marked: readonly boolean[]): number =>
  weights.reduce((total, weight, at) => total + (marked[at] ? weight : 0), 0);

const flag = (is: boolean): number => (is ? 1 : 0);

/** Whether both name something of a family of opposites, and not the same. */
function areOpposite({ sides: one }: Compared, { sides: other }: Compared): boolean {
  return one.some(([family]) => {
    const there = other.filter((side) => side[0] === family).map(([, side]) => side);
    return there.length > 0 && !one.some((side) => side[0] === family && there.includes(side[1]));
  });
}

/** Whether both say which kind of work they are, and none is the same. */
function areOtherKinds({ kinds: one }: Compared, { kinds: other }: Compared): boolean {
  if (one.size === 0 || other.size === 0) return false;
  for (const kind of one) if (other.has(kind)) return false;
  return true;
}

/** A "not" among so many first words is about the work itself; a later one tells something of it. */
const FIRST_WORDS = 3;

/**
 * An item's words made ready to be compared.
 * @param weights - how much each of the words tells
 */
export function compare(
  words: readonly Word[],
  weights: readonly number[],
  facts: Pick<Compared, "head" | "key" | "names" | "owners" | "due">,
): Compared {
  return {
    ...facts,
    words,
    weights,
    total: weights.reduce((total, weight) => total + weight, 0),
    at: new Map(words.map(({ text }, index) => [text, index])),
    kinds: new Set(words.flatMap(({ kind }) => kind ?? [])),
    sides: words.flatMap(({ side }) => (side ? [side] : [])),
    negates: words.slice(0, FIRST_WORDS).some(({ negates }) => negates),
  };
}

/** The evidence that two items are the same piece of work. */
export function evidenceOf(
  one: Compared,
  other: Compared,
  place: Place,
  rivals: number,
  same: SameWord = isSameWord,
): Evidence {
  const [has, had] = commonWords(one, other, same);
  const [commonOfOne, commonOfOther] = [sum(one.weights, has), sum(other.weights, had)];
  const shares = [commonOfOne / (one.total || 1), commonOfOther / (other.total || 1)];
  const [shorter, longer] = one.total <= other.total ? shares : shares.reverse();
  const isWhole = (words: readonly Word[], marked: readonly boolean[]): boolean =>
    words.length > 0 && words.every(({ tells }, at) => tells === 0 || marked[at]);
  const bothOwned = one.owners.length > 0 && other.owners.length > 0;
  const sharesOwner = one.owners.some((owner) => other.owners.includes(owner));
  return {
    share: shorter ?? 0,
    shareOfLonger: longer ?? 0,
    common: Math.min(ENOUGH, commonOfOne, commonOfOther),
    whole: flag(isWhole(one.words, has) || isWhole(other.words, had)),
    sameHead: flag(one.head !== null && one.head === other.head),
    replaced: flag(place === "replaced"),
    near: flag(place === "near"),
    aligned: flag(place === "aligned"),
    moved: flag(place === "moved"),
    rivals: Math.log2(Math.min(rivals, MANY)),
    sameKey: flag(one.key !== null && one.key === other.key),
    otherKey: flag(one.key !== null && other.key !== null && one.key !== other.key),
    otherName: flag(
      one.names.length > 0 && other.names.length > 0 && !one.names.some((name) => other.names.includes(name)),
    ),
    sameOwner: flag(bothOwned && sharesOwner),
    otherOwner: flag(bothOwned && !sharesOwner),
    sameDue: flag(one.due !== null && one.due === other.due),
    otherKind: flag(areOtherKinds(one, other)),
    opposite: flag(areOpposite(one, other)),
    negated: flag(one.negates !== other.negates),
  };
}

const WEIGHED = Object.entries(WEIGHTS) as [keyof Evidence, number][];

/** The points of some evidence. */
export function pointsOf(evidence: Evidence): number {
  let points = 0;
  for (const [name, weight] of WEIGHED) points += weight * evidence[name];
  return points;
}

/** The evidence in words, what counts most first: `share 0.75: 2.3`. */
export const explained = (evidence: Evidence): string[] =>
  WEIGHED.filter(([name]) => evidence[name] !== 0)
    .map(([name, weight]) => ({ name, value: evidence[name], points: weight * evidence[name] }))
    .sort((a, b) => Math.abs(b.points) - Math.abs(a.points))
    .map(({ name, value, points }) => `${name} ${value.toFixed(2)}: ${points.toFixed(1)}`);
