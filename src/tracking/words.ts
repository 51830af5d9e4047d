/**
 * An action item's words as matching compares them: which tell something, how much, and which two are the same word in other
 * letters (an ending, a typo, an abbreviation, a compound).
 */
import { foldAccents, type KindOfWork, partsOfUnspaced, wordOfWork } from "../postmortem/languages/work.js";
import { visible } from "../text.js";

/** Titles are compared by their first letters: enough to tell them apart, and long ones stay cheap. */
const COMPARED = 400;

const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;
const HIRAGANA = /^\p{Script=Hiragana}+$/u;
const KATAKANA = /^[\p{Script=Katakana}ー]+$/u;
const DIGIT = /\p{N}/u;
/** An amount rather than a name: 5 pods, 30 days. */
const SHORT_NUMBER = /^\p{N}{1,2}$/u;

/** The same words in one spelling: no capitals, accents, punctuation or doubled spaces. */
export function normalizeText(text: string): string {
  return foldAccents(visible(text))
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

/** How much a word tells by itself: what fits any work hardly tells one item from another. */
const TELLS = { small: 0, common: 0.2, telling: 1 } as const;

/** A word of a title. */
export interface Word {
  readonly text: string;
  readonly tells: number;
  readonly kind: KindOfWork | null;
  readonly side: readonly [family: number, side: number] | null;
  readonly negates: boolean;
  readonly number: boolean;
}

function readWord(text: string): Word {
  const { rank, kind, side, negates, spelling } = wordOfWork(text);
  const small = rank === "small" || HIRAGANA.test(text);
  const number = DIGIT.test(text);
  const tells = small ? TELLS.small : SHORT_NUMBER.test(text) ? TELLS.common : TELLS[rank];
  return { text: spelling, tells, kind, side, negates, number };
}

/** A part of a run without spaces as it is compared: a known word or one in katakana whole, else its pairs of letters (支付队列: 支付, 付队, 队列). */
function lettersOf(part: string): string[] {
  if (KATAKANA.test(part) || wordOfWork(part).rank !== "telling") return [part];
  return Array.from({ length: Math.max(1, part.length - 1) }, (_, at) => part.slice(at, at + 2));
}

/** What splits normalized titles into their words, see {@link wordReader}. */
export type WordReader = (normalized: string) => Word[];

/**
 * A reader of normalized titles: their distinct words in order, pairs of letters where words are not spaced. It remembers words, so
 * that one which stands in every title is looked up once.
 */
export function wordReader(): WordReader {
  const known = new Map<string, Word>();
  const cut = new Map<string, string[]>();
  const letters = (part: string): string[] => {
    const before = cut.get(part) ?? lettersOf(part);
    cut.set(part, before);
    return before;
  };
  const read = (text: string): Word => {
    const word = known.get(text) ?? readWord(text);
    known.set(text, word);
    return word;
  };
  return (normalized) => {
    const words = new Map<string, Word>();
    for (const each of normalized.slice(0, COMPARED).split(" ")) {
      for (const text of UNSPACED.test(each) ? partsOfUnspaced(each).flatMap(letters) : [each]) {
        const word = read(text);
        if (text !== "" && !words.has(word.text)) words.set(word.text, word);
      }
    }
    return [...words.values()];
  };
}

/** A word of so many letters can have a typo and still be known; of so many, two. */
const TYPO_FROM = 5;
const TWO_TYPOS_FROM = 9;

/**
 * Whether `one` becomes `other` by at most `most` letters dropped, added, changed, or swapped with the next. Only so many letters to
 * either side are looked at: what stands further apart has more typos already.
 */
function withinTypos(one: string, other: string, most: number): boolean {
  if (Math.abs(one.length - other.length) > most) return false;
  const tooMany = most + 1;
  const row = () => new Uint8Array(other.length + 1).fill(tooMany);
  let [before, last, next] = [row(), row(), row()];
  for (let at = 0; at <= Math.min(most, other.length); at++) last[at] = at;
  for (let letter = 1; letter <= one.length; letter++) {
    next.fill(tooMany);
    if (letter <= most) next[0] = letter;
    let least = next[0] ?? tooMany;
    for (let at = Math.max(1, letter - most); at <= Math.min(other.length, letter + most); at++) {
      const same = one[letter - 1] === other[at - 1] ? 0 : 1;
      let cost = Math.min((last[at] ?? tooMany) + 1, (next[at - 1] ?? tooMany) + 1, (last[at - 1] ?? tooMany) + same);
      if (letter > 1 && at > 1 && one[letter - 1] === other[at - 2] && one[letter - 2] === other[at - 1])
        cost = Math.min(cost, (before[at - 2] ?? tooMany) + 1);
      next[at] = Math.min(cost, tooMany);
      least = Math.min(least, cost);
    }
    // A swap may still follow from the row before.
    if (least > most && Math.min(...last.subarray(Math.max(0, letter - 1 - most), letter + most)) > most) return false;
    [before, last, next] = [last, next, before];
  }
  return (last[other.length] ?? tooMany) <= most;
}

function samePrefix(one: string, other: string): number {
  let at = 0;
  while (at < one.length && one[at] === other[at]) at++;
  return at;
}

/** Whether two words differ in their ending alone: rotate, rotated, rotation; pod, pods; retry, retries. */
function sameStem(one: string, other: string): boolean {
  const stem = samePrefix(one, other);
  const [short, long] = [one.length - stem, other.length - stem].sort((a, b) => a - b) as [number, number];
  if (stem >= 3 && short === 0 && long === 1) return one.endsWith("s") || other.endsWith("s");
  if (stem < 4 || stem * 2 < Math.max(one.length, other.length)) return false;
  return stem === 4 ? short <= 1 && long <= 3 : short <= 2 && long <= 5;
}

/** Whether a longer word is made of a shorter and more: Datenbankausfall and Ausfall. */
function isCompound(one: string, other: string): boolean {
  const [short, long] = one.length < other.length ? [one, other] : [other, one];
  return short.length >= 5 && long.length >= short.length + 3 && (long.startsWith(short) || long.endsWith(short));
}

const bends = ({ text, number }: Word): boolean => !number && text.length <= BENDS_UP_TO && !UNSPACED.test(text);

/** A longer run of letters is no word that could be bent. */
const BENDS_UP_TO = 40;

/** Whether two words of normalized titles are the same in other letters. What has digits is a name or a number and is never bent. */
export function isSameWord(one: Word, other: Word): boolean {
  const [a, b] = [one.text, other.text];
  if (a === b) return true;
  if (!bends(one) || !bends(other)) return false;
  if (sameStem(a, b) || isCompound(a, b)) return true;
  const length = Math.max(a.length, b.length);
  return length >= TYPO_FROM && a.slice(0, 1) === b.slice(0, 1) && withinTypos(a, b, length >= TWO_TYPOS_FROM ? 2 : 1);
}

/** For words of one side, those of the other that are the same in other letters. */
export type Alike = ReadonlyMap<string, ReadonlySet<string>>;

/**
 * So many pairs of words are compared letter by letter in one document; those beyond are the same only as they are written. It is
 * many times what people write, and bounds what somebody can who means to hold up everybody else.
 */
const MOST_ASKED = 150_000;

/**
 * Which words of two sides are the same in other letters, see {@link isSameWord}. Those are that begin or end with the same letter, so
 * no others are asked about. The words of the left are asked in order, while {@link MOST_ASKED} lasts.
 */
export function alikeWords(left: Iterable<Word>, right: Iterable<Word>): Alike {
  const begin = new Map<string, Word[]>();
  const end = new Map<string, Word[]>();
  const add = (to: Map<string, Word[]>, letter: string, word: Word): void => {
    const before = to.get(letter);
    if (before) before.push(word);
    else to.set(letter, [word]);
  };
  for (const word of distinct(right)) {
    add(begin, word.text.charAt(0), word);
    add(end, word.text.slice(-1), word);
  }
  const alike = new Map<string, Set<string>>();
  let asked = 0;
  for (const word of distinct(left)) {
    const first = word.text.charAt(0);
    const others = [
      ...(begin.get(first) ?? []),
      ...(end.get(word.text.slice(-1)) ?? []).filter(({ text }) => text.charAt(0) !== first),
    ];
    asked += others.length;
    if (asked > MOST_ASKED) break;
    const same = others.filter((other) => other.text !== word.text && isSameWord(word, other));
    if (same.length > 0) alike.set(word.text, new Set(same.map(({ text }) => text)));
  }
  return alike;
}

/** Each word that tells something and may be bent, once. */
const distinct = (words: Iterable<Word>): Iterable<Word> =>
  new Map([...words].filter((word) => word.tells > 0 && bends(word)).map((word) => [word.text, word])).values();
