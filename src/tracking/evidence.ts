/**
 * Whether two items are the same piece of work, by evidence that has names and weights: all of it stands in one table, so that each
 * match can be explained and each weight be argued about.
 */

import type { KindOfWork } from "../postmortem/languages/work.js";
import type { ActionItem } from "../postmortem/types.js";
import type { Alike, Word } from "./words.js";

/** An item of either side, as it is compared. */
export interface Compared {
  readonly words: readonly Word[];
  /** How much the words tell together, each by its weight. */
  readonly total: number;
  readonly weights: readonly number[];
  /** At which place each word stands. */
  readonly at: ReadonlyMap<string, number>;
  /** Where two neighbours stand that together are one word: "on call" under `oncall`. */
  readonly joined: ReadonlyMap<string, readonly number[]>;
  /** Where words begin with these letters, one after the other: "service level objective" under `slo`, and under `sl`. */
  readonly initials: ReadonlyMap<string, readonly number[]>;
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

/**
 * With fewer than {@link CERTAIN}, and so many, nobody can say: two items are two, and people are asked. Of the pairs that real edits
 * leave between the two, half are the same work (docs/adr/0020).
 */
export const DOUBTFUL = 3;

/** With so many points it is sure even before what stands around is looked at: the sure ones show where the others stand. */
export const SURE = 6.5;

const ABBREVIATION = /^[a-z]{2,4}$/;

/** The lengths of abbreviations, in letters. */
const ABBREVIATED = [2, 3, 4] as const;

/** The places of what `name` calls the words from each place on; null where it calls them nothing. */
function places(words: readonly Word[], name: (at: number) => string | null): Map<string, number[]> {
  const found = new Map<string, number[]>();
  for (const at of words.keys()) {
    const called = name(at);
    if (called === null) continue;
    const before = found.get(called);
    if (before) before.push(at);
    else found.set(called, [at]);
  }
  return found;
}

const joinedOf = (words: readonly Word[]): Map<string, number[]> =>
  places(words, (at) => (at + 1 < words.length ? `${words[at]?.text}${words[at + 1]?.text}` : null));

function initialsOf(words: readonly Word[]): Map<string, number[]> {
  const of = (length: number) => (at: number) =>
    at + length <= words.length
      ? words
          .slice(at, at + length)
          .map(({ text }) => text.charAt(0))
          .join("")
      : null;
  return new Map(ABBREVIATED.flatMap((length) => [...places(words, of(length))]));
}

/** The one word that two neighbours may be written as: with its plural, or without. */
const spellings = (text: string): string[] => [text, `${text}s`, ...(text.endsWith("s") ? [text.slice(0, -1)] : [])];

/** Marks in `has` the words of `one`, and in `had` those of `other`, that stand for one another over a space: on call and oncall, SLO. */
function markJoined({ words: one }: Compared, { joined, initials }: Compared, has: boolean[], had: boolean[]): void {
  for (const [at, { text }] of one.entries()) {
    if (has[at]) continue;
    const mark = (length: number, starts: readonly number[] = []): void => {
      for (const start of starts) {
        has[at] = true;
        had.fill(true, start, start + length);
      }
    };
    for (const spelling of spellings(text)) mark(2, joined.get(spelling));
    if (ABBREVIATION.test(text)) mark(text.length, initials.get(text));
  }
}

/** Which words of each stand in the other. `alike`: the words of the first side that are the same as some of the other in other letters. */
function commonWords(one: Compared, other: Compared, alike: Alike): [boolean[], boolean[]] {
  const has = one.words.map(() => false);
  const had = other.words.map(() => false);
  for (const [index, { text }] of one.words.entries()) {
    const there = other.at.get(text);
    if (there === undefined) continue;
    has[index] = true;
    had[there] = true;
  }
  for (const [index, { text }] of one.words.entries()) {
    const same = has[index] ? undefined : alike.get(text);
    if (same === undefined) continue;
    const mark = (there: number | undefined): void => {
      if (there === undefined || had[there]) return;
      has[index] = true;
      had[there] = true;
    };
    if (same.size < other.words.length) for (const each of same) mark(other.at.get(each));
    else for (const [there, each] of other.words.entries()) if (same.has(each.text)) mark(there);
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
    joined: joinedOf(words),
    initials: initialsOf(words),
    kinds: new Set(words.flatMap(({ kind }) => kind ?? [])),
    sides: words.flatMap(({ side }) => (side ? [side] : [])),
    negates: words.slice(0, FIRST_WORDS).some(({ negates }) => negates),
  };
}

/** The evidence of where two items stand, and among how many. */
type Standing = "replaced" | "near" | "aligned" | "moved" | "rivals";

const STANDING: ReadonlySet<keyof Evidence> = new Set<Standing>(["replaced", "near", "aligned", "moved", "rivals"]);

/** The evidence of what two items say: all but that of where they stand. */
export type Likeness = Omit<Evidence, Standing>;

const crowd = (rivals: number): number => Math.log2(Math.min(rivals, MANY));

/** What two items say of being the same piece of work. */
export function likenessOf(one: Compared, other: Compared, alike: Alike): Likeness {
  const [has, had] = commonWords(one, other, alike);
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

/**
 * All evidence that two items are the same piece of work.
 * @param rivals - how many others each could be, itself among them
 */
export const evidenceOf = (likeness: Likeness, place: Place, rivals: number): Evidence => ({
  ...likeness,
  replaced: flag(place === "replaced"),
  near: flag(place === "near"),
  aligned: flag(place === "aligned"),
  moved: flag(place === "moved"),
  rivals: crowd(rivals),
});

const WEIGHED = Object.entries(WEIGHTS) as [keyof Evidence, number][];

/** What is the same of two items wherever they stand and among however many. */
const SAID = WEIGHED.filter((each): each is [keyof Likeness, number] => !STANDING.has(each[0]));

/** The points of what two items say. */
export function pointsOf(likeness: Likeness): number {
  let points = 0;
  for (const [name, weight] of SAID) points += weight * likeness[name];
  return points;
}

/** The points that come to those for where they stand, and among how many. */
export const pointsOfPlace = (place: Place, rivals: number): number =>
  (place === "unknown" ? 0 : WEIGHTS[place]) + WEIGHTS.rivals * crowd(rivals);

/** The most that {@link pointsOfPlace} can be. */
export const MOST_OF_PLACE = WEIGHTS.replaced;

/** The evidence in words, what counts most first: `share 0.75: 2.3`. */
export const explained = (evidence: Evidence): string[] =>
  WEIGHED.filter(([name]) => evidence[name] !== 0)
    .map(([name, weight]) => ({ name, value: evidence[name], points: weight * evidence[name] }))
    .sort((a, b) => Math.abs(b.points) - Math.abs(a.points))
    .map(({ name, value, points }) => `${name} ${value.toFixed(2)}: ${points.toFixed(1)}`);
