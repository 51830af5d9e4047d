/**
 * Who is who: an item's id is minted once and then carried, and this is how a re-read document's items find theirs
 * again. An explicit key decides, else the same words, else the likeliest rewording. Pure, and the same for the same input.
 */
import { createHash } from "node:crypto";
import type { ActionItem } from "../postmortem/types.js";
import { assign } from "./assign.js";
import {
  CERTAIN,
  type Compared,
  compare,
  DOUBTFUL,
  type Evidence,
  evidenceOf,
  type Likeness,
  likenessOf,
  MOST_OF_PLACE,
  type Place,
  pointsOf,
  pointsOfPlace,
  SURE,
} from "./evidence.js";
import { alikeWords, normalizeText, type Word, wordReader } from "./words.js";

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
export interface Known extends Pick<ActionItem, "title" | "ref" | "refWithin" | "group" | "line" | "owners" | "due"> {
  readonly id: string;
  /** Whether its work is over: its issue is closed, or it had none and the document says so. */
  readonly closed: boolean;
  /** Whether it left the document before, so stands nowhere in it. */
  readonly left: boolean;
  /** Of an item that is the same work as another: the id of that one. It is found in its place where that stands nowhere else. */
  readonly sameAs?: string;
  /** The words ({@link knownWords}) of other work that it was taken for, and never is again. */
  readonly isNot?: readonly string[];
}

/** What became of the items: `pairs` by the index in the found ones, `fresh` those indices without, `gone` the ids without. */
export interface Matching {
  readonly pairs: Map<number, string>;
  readonly fresh: number[];
  readonly gone: string[];
  /** The evidence for each pair that was found by likeness, by the index in the found ones. */
  readonly why: Map<number, Evidence>;
  /** Of those of `fresh` that may be an item of `gone` all the same, the id of that one, by the index in the found ones. */
  readonly doubts: Map<number, string>;
  /** Of those of `gone` whose words went into another's, the id of that one. */
  readonly merged: Map<string, string>;
}

/**
 * Beyond so many pairs likeness is not asked of all: nobody rewords hundreds of items at once, and comparing each with each
 * would hold up everybody else. Equal words and keys are found among any number.
 */
const MOST_COMPARED = 100_000;

/** Of titles of many words fewer are compared: as many pairs as have so many words together. */
const MOST_WORDS = 2_000_000;

/** Among more pairs than so many only those are compared that share a word as it is written, which is quick to see. */
const MOST_COMPARED_BY_LETTERS = 10_000;

/** So often the likely pairs are looked for again, as what was found shows where the others stand and makes room for more. */
const ROUNDS = 3;

/** The pairs so far, and who is still to be paired. */
interface Open {
  readonly pairs: Map<number, number>;
  readonly takenKnown: Set<number>;
  readonly why: Map<number, Evidence>;
}

const pair = ({ pairs, takenKnown }: Open, known: number, found: number): void => {
  pairs.set(found, known);
  takenKnown.add(known);
};

/** Words of other work are kept in a marker, so by their beginning: none are so alike that it would not tell them apart. */
const MOST_KNOWN = 100;

/** A title's words as an item keeps them of work that it is not. */
export const knownWords = (title: string): string => normalizeText(title).slice(0, MOST_KNOWN);

/** Whether a person said that the two are not the same work. */
const areApart = ({ isNot }: Named, { known }: Named): boolean => isNot.includes(known);

/** An item's own ticket; one that its sentence only speaks of may be many items'. */
const keyOf = ({ ref, refWithin }: Pick<ActionItem, "ref" | "refWithin">): string | null =>
  (!refWithin && ref?.trim().toLowerCase()) || null;

/** An item of either side as matching sees it. */
interface Named {
  readonly key: string | null;
  /** The words it is known by; what has none, an emoji say, is known as it stands. */
  readonly words: string;
  readonly head: string;
  /** The words before a dash or bracket: what follows is mostly who does it, or how far it is. */
  readonly body: string;
  readonly names: readonly string[];
  readonly group: string | null;
  readonly line: number;
  readonly owners: readonly string[];
  readonly due: ActionItem["due"];
  /** Of a tracked item, whether its work is over; of a found one, whether the document says so. */
  readonly over: boolean;
  /** Of a tracked item, whether it left the document before. */
  readonly left: boolean;
  /** The words by which it is told apart, see {@link knownWords}; of a tracked item, those of what it is not. */
  readonly known: string;
  readonly isNot: readonly string[];
}

/** What ends the head of a title: a colon, a bracket, or a dash that stands alone. */
const HEAD_ENDS = /[:：(（[]| [-–—]+ /;

/** A head that tells less is a label ("Monitoring: …", "Frontend: …"), which stands before any work, unless it is the whole title. */
const HEAD_TELLS = 1.1;

/** The last part of a name such as `SHOP-AUTH-2`, which often stands without the first: `AUTH-2`. */
const NAME = /(?<![\p{L}\p{N}])\p{Lu}[\p{Lu}\p{N}]+-\p{N}+(?![\p{L}\p{N}])/gu;

/** What ends the body of a title. */
const BODY_ENDS = /[(（[]| [-–—]+ /;

/** Of a word after the body, the part of what it tells that counts. */
const IN_TAIL = 0.5;

const named = (item: Known | ActionItem): Named => {
  const { title, group, line, owners, due } = item;
  return {
    key: keyOf(item),
    words: normalizeText(title) || title,
    head: normalizeText(title.split(HEAD_ENDS, 1)[0] ?? ""),
    body: normalizeText(title.split(BODY_ENDS, 1)[0] ?? ""),
    names: title.match(NAME) ?? [],
    group,
    line,
    owners: owners.map((owner) => normalizeText(owner)),
    due,
    over: "closed" in item ? item.closed : item.done,
    left: "left" in item && item.left,
    known: knownWords(title),
    isNot: "isNot" in item ? item.isNot : [],
  };
};

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
    if (one === undefined || index === undefined || others.length + more.length > 0) continue;
    const [was, is] = [tracked[one], found[index]];
    if (was && is && !areApart(was, is)) pair(open, one, index);
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

/** The first of both sides, so many that there are at most `pairs` pairs; a short side is kept whole. */
function comparable<L, R>(left: readonly L[], right: readonly R[], pairs: number): [readonly L[], readonly R[]] {
  const most = (beside: readonly unknown[]): number => Math.floor(Math.max(Math.sqrt(pairs), pairs / beside.length));
  return [left.slice(0, most(right)), right.slice(0, most(left))];
}

/** How rare a word is that stands in `count` of `all` items: 1 for one of its own, less for one that many have. */
const rarity = (count: number, all: number): number => Math.log(1 + all / count) / Math.log(1 + all);

/** In how many of `items` each word stands. */
function countWords(items: readonly (readonly Word[])[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const words of items) for (const { text } of words) counts.set(text, (counts.get(text) ?? 0) + 1);
  return counts;
}

/** Both sides with their words weighed by how rare these are in the whole document. */
function compared(tracked: readonly Named[], found: readonly Named[], open: Open, least: number): Sides {
  const read = wordReader();
  const sides = [tracked, found].map((items) => items.map(({ words }) => read(words)));
  const counts = sides.map(countWords);
  const all = Math.max(tracked.length, found.length);
  const weigh = ({ text, tells }: Word): number =>
    tells * rarity(Math.max(...counts.map((each) => each.get(text) ?? 0), 1), all);
  const ready = (items: readonly Named[], side: readonly Word[][] = []): Compared[] => {
    const isHead = ({ head, words }: Named): boolean =>
      head !== "" && (head === words || read(head).reduce((sum, { tells }) => sum + tells, 0) >= HEAD_TELLS);
    const heads = byName(items, (item) => (isHead(item) ? item.head : null));
    return items.map(({ head, body, words: all, key, names, owners, due }, at) => {
      const words = side[at] ?? [];
      const inBody = new Set(body === all ? [] : read(body).map(({ text }) => text));
      const weights = words.map((word) => weigh(word) * (inBody.size === 0 || inBody.has(word.text) ? 1 : IN_TAIL));
      return compare(words, weights, { head: heads.get(head)?.length === 1 ? head : null, key, names, owners, due });
    });
  };
  const before = ready(tracked, sides[0]);
  const now = ready(found, sides[1]);
  const [left, right] = [
    before.filter((_, index) => !open.takenKnown.has(index)),
    now.filter((_, index) => !open.pairs.has(index)),
  ];
  const words = (items: readonly Compared[]): Word[] => items.flatMap((item) => item.words);
  const alike = alikeWords(words(left), words(right));
  const perPair = words(left).length / left.length + words(right).length / right.length;
  const pairs = Math.min(MOST_COMPARED, Math.floor(MOST_WORDS / Math.max(1, perPair)));
  const asked = new Map<number, Said | null>();
  const said = (known: number, one: number): Said | null => {
    const pair = known * now.length + one;
    const answer = asked.get(pair);
    if (answer !== undefined) return answer;
    const [was, is] = [before[known], now[one]];
    const likeness = was && is ? likenessOf(was, is, alike) : null;
    const points = likeness === null ? 0 : pointsOf(likeness);
    const worth = likeness !== null && points + MOST_OF_PLACE >= least ? { likeness, points } : null;
    asked.set(pair, worth);
    return worth;
  };
  return { before, now, pairs, said };
}

/** For each item of a side the nearest kept ones around it, as where their pairs stand, and how many open ones lie between. */
interface Gap {
  /** Of the kept item before and after, the index in the found items. */
  readonly name: string;
  readonly at: number;
  readonly length: number;
}

/** The gaps between what was kept: `kept` gives of each item that stands in the document the found index it was paired with. */
function gaps(standing: readonly number[], kept: (index: number) => number | undefined, end: number): Map<number, Gap> {
  const result = new Map<number, Gap>();
  let open: number[] = [];
  let before = -1;
  const close = (after: number): void => {
    for (const [at, index] of open.entries())
      result.set(index, { name: `${before}-${after}`, at, length: open.length });
    open = [];
  };
  for (const index of standing) {
    const pairedWith = kept(index);
    if (pairedWith === undefined) open.push(index);
    else {
      close(pairedWith);
      before = pairedWith;
    }
  }
  close(end);
  return result;
}

/** Tells where two open items stand to one another, by what was kept around them. */
function placing(
  tracked: readonly Named[],
  found: readonly Named[],
  open: Open,
): (known: number, found: number) => Place {
  const foundOf = new Map([...open.pairs].map(([one, known]) => [known, one]));
  const standing = tracked.flatMap(({ left }, index) => (left ? [] : [index]));
  const before = gaps(standing, (known) => foundOf.get(known), found.length);
  const now = gaps([...found.keys()], (one) => (open.pairs.has(one) ? one : undefined), found.length);
  const [same, other]: [Place, Place] = open.pairs.size > 0 ? ["replaced", "near"] : ["aligned", "unknown"];
  return (known, one) => {
    const [here, there] = [before.get(known), now.get(one)];
    if (!here || !there || here.name !== there.name) return "moved";
    return here.at === there.at && here.length === there.length ? same : other;
  };
}

/** Two items that may be one, and why. */
interface Candidate {
  readonly known: number;
  readonly found: number;
  readonly evidence: Evidence;
  readonly points: number;
}

/** What two items say of being one. */
interface Said {
  readonly likeness: Likeness;
  readonly points: number;
}

/** Both sides ready to be compared. */
interface Sides {
  readonly before: readonly Compared[];
  readonly now: readonly Compared[];
  /** At most so many pairs are compared. */
  readonly pairs: number;
  /** What two items say of being one, by their indices; null where they are none wherever they stand. Each pair is asked once. */
  said(known: number, found: number): Said | null;
}

const sharesWord = (one: Compared, other: Compared): boolean =>
  one.words.some(({ text, tells }) => tells > 0 && other.at.has(text));

/** The pairs of what is left that have `least` points. */
function candidates(
  tracked: readonly Named[],
  found: readonly Named[],
  open: Open,
  least: number,
  sides: Sides,
): Candidate[] {
  const [left, right] = comparable(
    tracked.map((_, index) => index).filter((index) => !open.takenKnown.has(index)),
    found.map((_, index) => index).filter((index) => !open.pairs.has(index)),
    sides.pairs,
  );
  if (left.length === 0 || right.length === 0) return [];
  const { before, now } = sides;
  const placeOf = placing(tracked, found, open);
  const rivals = Math.min(left.length, right.length);
  const isCrowd = left.length * right.length > MOST_COMPARED_BY_LETTERS;
  return left.flatMap((known) =>
    right.flatMap((one) => {
      const [was, is] = [before[known], now[one]];
      if (!was || !is || (isCrowd && !sharesWord(was, is))) return [];
      const said = sides.said(known, one);
      if (said === null) return [];
      const place = placeOf(known, one);
      const points = said.points + pointsOfPlace(place, rivals);
      return points >= least ? [{ known, found: one, evidence: evidenceOf(said.likeness, place, rivals), points }] : [];
    }),
  );
}

/** The pairs of what is left that have `least` points, and may be one by all else. */
function likely(
  tracked: readonly Named[],
  found: readonly Named[],
  open: Open,
  least: number,
  sides: Sides,
): Candidate[] {
  return candidates(tracked, found, open, least, sides).filter(({ known, found: one, evidence }) => {
    const [was, is] = [tracked[known], found[one]];
    return was !== undefined && is !== undefined && mayBeOne(was, is, evidence);
  });
}

/** An open item is a closed one only where more than likeness says so: what was done is not to hide what is to do. */
const HALF = 0.5;

function mayBeOne(was: Named, is: Named, evidence: Evidence): boolean {
  if (areApart(was, is)) return false;
  if (!was.over || is.over) return true;
  const { sameKey, sameHead, replaced, aligned, share } = evidence;
  return sameKey + sameHead > 0 || (replaced + aligned > 0 && share >= HALF);
}

/** So little decides between pairs of equal points, the nearer first, that it never outweighs a point. */
const NEARNESS = 1e-3;

/** The likeliest rewordings, so that the evidence of all together is the greatest; of equals the nearer. */
function matchLikely(
  tracked: readonly Named[],
  found: readonly Named[],
  open: Open,
  certain: number,
  sides: Sides,
): void {
  for (const { known, found: one, evidence } of likeliest(tracked, found, open, certain, sides)) {
    pair(open, known, one);
    open.why.set(one, evidence);
  }
}

/** Of the pairs that are likely, those whose evidence together is the greatest. */
function likeliest(
  tracked: readonly Named[],
  found: readonly Named[],
  open: Open,
  least: number,
  sides: Sides,
): Candidate[] {
  const options = likely(tracked, found, open, least, sides).map((each) => {
    const apart = Math.abs((tracked[each.known]?.line ?? 0) - (found[each.found]?.line ?? 0));
    return { ...each, row: each.known, column: each.found, gain: each.points - least + NEARNESS / (1 + apart) };
  });
  return assign(options);
}

/** Where more pairs are left, the document was written again from scratch: likeness is chance, and to ask about each would tell nobody anything. */
const MOST_DOUBTED = 400;

/** Two that may be one have something in common that tells: half a word that is theirs alone. */
const LEAST_IN_COMMON = 0.5;

/** Pairs of work that is still to do and may be the same: too little speaks for it to take them for one, too much to say nothing. */
function matchDoubtful(tracked: readonly Named[], found: readonly Named[], open: Open, sides: Sides): Candidate[] {
  if ((tracked.length - open.takenKnown.size) * (found.length - open.pairs.size) > MOST_DOUBTED) return [];
  return likeliest(tracked, found, open, DOUBTFUL, sides).filter(
    ({ known, found: one, evidence }) =>
      !tracked[known]?.over && !found[one]?.over && evidence.common >= LEAST_IN_COMMON,
  );
}

/**
 * The items whose words went into another's, each with the index of what it stands in now: both stood in the document and were to be
 * done, one was reworded, and all that the other tells stands in the new words, some of it for the first time.
 */
function matchMerged(
  tracked: readonly Named[],
  found: readonly Named[],
  open: Open,
  certain: number,
  { before, now, said }: Sides,
): Map<number, number> {
  const merged = new Map<number, number>();
  if ((tracked.length - open.takenKnown.size) * open.why.size > MOST_COMPARED_BY_LETTERS) return merged;
  const isToDo = (known: number): boolean => tracked[known]?.over === false && !tracked[known]?.left;
  for (const known of tracked.keys()) {
    if (open.takenKnown.has(known) || !isToDo(known)) continue;
    const [was, named] = [before[known], tracked[known]];
    for (const one of open.why.keys()) {
      const [into, is, target] = [open.pairs.get(one), now[one], found[one]];
      const other = into === undefined ? undefined : before[into];
      if (!was || !named || !is || !target || !other || into === undefined || !isToDo(into) || target.over) continue;
      const speaks = said(known, one);
      if (speaks === null || speaks.points < certain || speaks.likeness.share < 1 || was.total > is.total) continue;
      const brings = was.words.some(({ text, tells }) => tells > 0 && is.at.has(text) && !other.at.has(text));
      if (brings && !areApart(named, target)) merged.set(known, one);
    }
  }
  return merged;
}

/** What was found of an item that is the same work as another is that one's, where that was found nowhere else. */
function handOn(tracked: readonly Known[], found: readonly Named[], open: Open): void {
  const indexOf = new Map(tracked.map(({ id }, index) => [id, index]));
  const named = tracked.map(({ isNot = [] }) => isNot);
  for (const one of [...open.pairs.keys()]) {
    const passed = new Set<number>();
    for (let at = open.pairs.get(one); at !== undefined && !passed.has(at); ) {
      passed.add(at);
      const next = indexOf.get(tracked[at]?.sameAs ?? "");
      if (next === undefined || open.takenKnown.has(next)) break;
      if (named[next]?.includes(found[one]?.known ?? "")) break;
      open.takenKnown.delete(at);
      pair(open, next, one);
      at = next;
    }
  }
}

/**
 * Matches a re-read document's items to the tracked ones, each at most once: by a key that is unique on both sides, by
 * the same words in the same group, by the same words anywhere, by the evidence for a rewording.
 * @param certain - so many points of evidence make two items one
 */
export function matchItems(tracked: readonly Known[], found: readonly ActionItem[], certain = CERTAIN): Matching {
  const open: Open = { pairs: new Map(), takenKnown: new Set(), why: new Map() };
  const [before, now] = [tracked.map(named), found.map(named)];
  const doubts = new Map<number, number>();
  const merged = new Map<number, number>();
  matchKeys(before, now, open);
  matchNames(before, now, open, ({ group, words }) => JSON.stringify([group, words]));
  matchNames(before, now, open, ({ words }) => words);
  if (open.takenKnown.size < tracked.length && open.pairs.size < found.length) {
    const sides = compared(before, now, open, Math.min(certain, DOUBTFUL));
    for (let round = 0; round < ROUNDS; round++)
      matchLikely(before, now, open, round === 0 ? Math.max(SURE, certain) : certain, sides);
    for (const { known, found: one } of matchDoubtful(before, now, open, sides)) doubts.set(one, known);
    for (const [known, one] of matchMerged(before, now, open, certain, sides)) merged.set(known, one);
  }
  handOn(tracked, now, open);
  const idOf = (known: number): string => tracked[known]?.id ?? "";
  const ids = [...open.pairs].sort(([a], [b]) => a - b).map(([index, known]) => [index, idOf(known)] as const);
  return {
    pairs: new Map(ids),
    fresh: found.map((_, index) => index).filter((index) => !open.pairs.has(index)),
    gone: tracked.filter((_, index) => !open.takenKnown.has(index)).map(({ id }) => id),
    why: open.why,
    doubts: new Map([...doubts].map(([one, known]) => [one, idOf(known)])),
    merged: new Map([...merged].map(([known, one]) => [idOf(known), idOf(open.pairs.get(one) ?? known)])),
  };
}
