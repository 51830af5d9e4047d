/**
 * How alike two items' words are, whatever their order. Words count by how rare they are in the document ("monitoring" in
 * every line tells nothing), and by their letter trigrams too, so that a typo or another ending costs little. Texts
 * without spaces between words (Japanese, Chinese) are compared by pairs of letters.
 */
import { visible } from "../text.js";

/** Small words and the verbs that begin every other action item: they hardly tell one item from another. */
const COMMON = new Set(
  (
    "a an and are as at be by for from in into is it its of on or our so that the their then this to we when which with " +
    "add all also any both create do ensure fix get have improve make more need needs new set should some update use will " +
    "de del el en la las los para por que un una y o e do da dos das em um uma le les des du et pour dans une der die das " +
    "und fur mit von zu im den dem ein eine il lo gli di per con nel het van een voor met"
  ).split(" "),
);
const COMMON_WEIGHT = 0.25;

/** Titles are compared by their first letters: enough to tell them apart, and long ones stay cheap. */
const COMPARED = 400;

const NO_SPACES = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;

/** The same words in one spelling: no capitals, accents, punctuation or doubled spaces. */
export function normalizeText(text: string): string {
  const plain = visible(text)
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "")
    .toLowerCase()
    .normalize("NFC");
  return plain.replace(/[^\p{L}\p{N}]+/gu, " ").trim();
}

/** The distinct words of a normalised text; pairs of letters where words are not spaced. */
function wordsOf(text: string): string[] {
  const words = new Set<string>();
  for (const word of text.slice(0, COMPARED).split(" ")) {
    if (word === "") continue;
    if (!NO_SPACES.test(word)) words.add(word);
    else for (let at = 0; at < Math.max(1, word.length - 1); at++) words.add(word.slice(at, at + 2));
  }
  return [...words];
}

function trigramsOf(word: string): string[] {
  const padded = ` ${word} `;
  const trigrams: string[] = [];
  for (let at = 0; at + 3 <= padded.length; at++) trigrams.push(padded.slice(at, at + 3));
  return trigrams.length > 0 ? trigrams : [padded];
}

/** In how many of `texts` each word stands. */
function frequencies(texts: readonly (readonly string[])[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const words of texts) for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}

type Weights = ReadonlyMap<string, number>;

/** A text as features with weights: its words, or the trigrams of its words. */
interface Profile {
  readonly weights: Weights;
  readonly total: number;
}

const NOTHING: Profile = { weights: new Map(), total: 0 };

function profile(features: Iterable<readonly [string, number]>): Profile {
  const weights = new Map<string, number>();
  for (const [feature, weight] of features) weights.set(feature, Math.max(weight, weights.get(feature) ?? 0));
  let total = 0;
  for (const weight of weights.values()) total += weight;
  return { weights, total };
}

/** For each feature the texts of the one side that have it, to score only pairs that share something. */
function postings(profiles: readonly Profile[]): Map<string, number[]> {
  const lists = new Map<string, number[]>();
  for (const [index, { weights }] of profiles.entries()) {
    for (const feature of weights.keys()) {
      const list = lists.get(feature);
      if (list) list.push(index);
      else lists.set(feature, [index]);
    }
  }
  return lists;
}

/** The weighted share that each of `others` has in common with `one`, twice the common over both totals: 0 to 1. */
function shares(one: Profile, others: readonly Profile[], lists: ReadonlyMap<string, readonly number[]>): Float64Array {
  const common = new Float64Array(others.length);
  for (const [feature, weight] of one.weights) {
    for (const index of lists.get(feature) ?? []) common[index] = (common[index] ?? 0) + weight;
  }
  return common.map((sum, index) => (2 * sum) / (one.total + (others[index]?.total ?? 0) || 1));
}

/** A pair of texts and how alike they are, from 0 to 1. */
export interface Likeness {
  readonly left: number;
  readonly right: number;
  readonly score: number;
}

/** Rare words count more, letters as well as words: for telling which of many items is meant. Or each word counts alike. */
export type Measure = "weighted" | "plain";

/** Profiles of both sides by every way of measuring, made with the weights of all the texts. */
function profiles(lefts: readonly string[][], rights: readonly string[][], measure: Measure): [Profile[], Profile[]][] {
  if (measure === "plain") {
    const byCount = (words: readonly string[]): Profile => profile(words.map((word) => [word, 1]));
    return [[lefts.map(byCount), rights.map(byCount)]];
  }
  const inLeft = frequencies(lefts);
  const inRight = frequencies(rights);
  const most = Math.max(lefts.length, rights.length);
  // The greater of both counts, as a word that a pair shares stands in both and is no less rare for it.
  const weigh = (word: string): number =>
    (COMMON.has(word) ? COMMON_WEIGHT : 1) *
    Math.log2(1 + most / Math.max(inLeft.get(word) ?? 0, inRight.get(word) ?? 0, 1));
  const byWords = (words: readonly string[]): Profile => profile(words.map((word) => [word, weigh(word)]));
  const byLetters = (words: readonly string[]): Profile =>
    profile(words.flatMap((word) => trigramsOf(word).map((trigram) => [trigram, weigh(word)] as const)));
  return [byWords, byLetters].map((by) => [lefts.map(by), rights.map(by)]);
}

/**
 * Every pair of `lefts` and `rights` (normalised texts) at least `threshold` alike, by the best of the measures. Cost
 * follows what the texts share, not the product of their lengths.
 */
export function likenesses(
  lefts: readonly string[],
  rights: readonly string[],
  threshold: number,
  measure: Measure,
): Likeness[] {
  const sides = profiles(lefts.map(wordsOf), rights.map(wordsOf), measure);
  const indexed = sides.map(([ones, others]) => ({ ones, others, lists: postings(others) }));
  return lefts.flatMap((_, left) => {
    const scores = indexed.map(({ ones, others, lists }) => shares(ones[left] ?? NOTHING, others, lists));
    return rights.flatMap((_, right) => {
      const score = Math.round(Math.max(...scores.map((by) => by[right] ?? 0)) * 1e6) / 1e6;
      return score >= threshold ? [{ left, right, score }] : [];
    });
  });
}

/** Whether two normalised texts share a word that tells something: not only "add", "the" and the like. */
export function shareTellingWord(one: string, other: string): boolean {
  const words = new Set(wordsOf(other));
  return wordsOf(one).some((word) => words.has(word) && !COMMON.has(word));
}
