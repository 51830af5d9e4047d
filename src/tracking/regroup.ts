/**
 * What moved between documents that are looked at together: a document that gave its place to another, as `current.md` does when it is
 * archived and begun again, and items that left one document and stand in another, as where a file is split.
 */
import type { PlainDate } from "../calendar.js";
import type { ActionItem } from "../postmortem/types.js";
import { matchingOf } from "./decide.js";
import type { Matching } from "./identity.js";
import { otherItem } from "./joins.js";
import type { OtherItem, TrackedDocument, TrackedItem } from "./types.js";
import { normalizeText } from "./words.js";

/** A document as read, beside what is tracked of the one that stood at its path. */
export interface Standing {
  readonly title: string | null;
  readonly items: readonly Pick<ActionItem, "title">[];
  readonly before: Pick<TrackedDocument, "title">;
  readonly tracked: readonly TrackedItem[];
}

/** Whether another document was begun at the path: it has another title, and no item that stood there stands there still. */
export function isAnotherDocument({ title, items, before, tracked }: Standing): boolean {
  const standing = tracked.filter(({ leftOn }) => leftOn === null).map(({ base }) => normalizeText(base.title));
  const now = new Set(items.map((item) => normalizeText(item.title)));
  return title !== before.title && standing.length > 0 && !standing.some((words) => now.has(words));
}

/** A document as read, with what is tracked of it. */
export interface Read {
  readonly id: string;
  readonly items: readonly ActionItem[];
  readonly tracked: readonly TrackedItem[];
}

/** What is tracked where, once the items that moved are where they stand now; both by the document's id. */
export interface Regrouped {
  readonly tracked: ReadonlyMap<string, readonly TrackedItem[]>;
  /** Of found items, by their index, the one that each may be in other words and that left another document. */
  readonly doubts: ReadonlyMap<string, ReadonlyMap<number, OtherItem>>;
}

/**
 * Puts the items that moved where they stand now. An item moved where it stands no more in its own document since `today`, and one new item of
 * the same words (and of several with those, of the same key) stands in one of `reads`, or one that by all evidence is its rewording;
 * where several could be it, none is. `orphans`: items of documents that are gone.
 */
export function regroup(reads: readonly Read[], orphans: readonly TrackedItem[], today: PlainDate): Regrouped {
  const matched = reads.map((read) => ({ ...read, ...matchingOf(read.tracked, read.items, read.id) }));
  const leaving = matched.flatMap(({ tracked, gone }) => tracked.filter(({ id }) => gone.includes(id)));
  // What left before then was told, and may have been given up: the same words may be other work.
  const candidates = [...leaving, ...orphans].filter(({ leftOn }) => leftOn === null || leftOn === today);
  const moves = new Moves(candidates);
  const coming = matched.flatMap(({ id, items, fresh }) =>
    fresh.flatMap((at) => (items[at] ? [{ to: id, item: items[at] }] : [])),
  );
  for (const nameOf of [keyOf, wordsOf]) {
    const from = byName(moves.left, ({ base }) => nameOf(base));
    const to = byName(
      coming.filter(({ item }) => !moves.claimed.has(item)),
      ({ item }) => nameOf(item),
    );
    for (const [name, [left, ...othersLeft]] of from) {
      const [come, ...othersCome] = to.get(name) ?? [];
      if (!left || !come || othersLeft.length + othersCome.length > 0 || come.to === left.documentId) continue;
      moves.move(left, come.to, come.item);
    }
  }
  const doubts = moveReworded(matched, moves);
  return { tracked: new Map(reads.map((read) => [read.id, moves.trackedIn(read)])), doubts };
}

/** Which items moved, and which of the found ones they are. */
class Moves {
  readonly #to = new Map<string, string>();
  readonly claimed = new Set<ActionItem>();

  constructor(readonly candidates: readonly TrackedItem[]) {}

  /** Those that did not move so far. */
  get left(): readonly TrackedItem[] {
    return this.candidates.filter(({ id }) => !this.#to.has(id));
  }

  move(item: TrackedItem, to: string, found: ActionItem): void {
    this.#to.set(item.id, to);
    this.claimed.add(found);
  }

  /** What is tracked of a document: what stayed, then what came. */
  trackedIn({ id, tracked }: Read): readonly TrackedItem[] {
    return [
      ...tracked.filter((item) => !this.#to.has(item.id)),
      ...this.candidates.filter((item) => this.#to.get(item.id) === id),
    ];
  }
}

/** A new item of a document, and the item that left another one which it is, or may be. */
interface Likely {
  readonly to: Read;
  readonly at: number;
  readonly item: TrackedItem;
  readonly isSure: boolean;
}

/**
 * Moves the items that were reworded on the way, by the same evidence as within one document; what left another document stood nowhere in
 * this one, which speaks against it. Returns what is left in doubt, which is for people to say.
 */
function moveReworded(matched: readonly (Read & Matching)[], moves: Moves): Regrouped["doubts"] {
  // Whose words went into another's of its own document is no more than that.
  const merged = new Set(matched.flatMap((read) => [...read.merged.keys()]));
  const likely = matched.flatMap((read) => likelyIn(read, moves)).filter(({ item }) => !merged.has(item.id));
  const doubts = new Map<string, Map<number, OtherItem>>();
  for (const read of matched) {
    const sure = likely.filter(
      ({ to, item, isSure }) => isSure && to === read && likely.every((one) => one.item !== item || one.to === read),
    );
    const others = sure.map(({ item }) => item);
    // In that company each must be found to be the same again, and what stayed to be what it was.
    const again = matchingOf([...moves.trackedIn(read), ...others], read.items, read.id);
    const holds =
      [...read.pairs].every(([at, id]) => again.pairs.get(at) === id) &&
      sure.every(({ at, item }) => again.pairs.get(at) === item.id);
    for (const { item, at } of holds ? sure : []) {
      const found = read.items[at];
      if (found) moves.move(item, read.id, found);
    }
    const left = new Set(moves.left);
    for (const { to, at, item } of likely) {
      const other = to === read && left.has(item) && item.issue?.open ? otherItem(item) : null;
      if (other) doubts.set(read.id, (doubts.get(read.id) ?? new Map<number, OtherItem>()).set(at, other));
    }
  }
  return doubts;
}

/** The new items of a document that are, or may be, an item that left another one and has an issue. */
function likelyIn(read: Read & Matching, moves: Moves): Likely[] {
  const { id, items, fresh } = read;
  const foreign = moves.left.filter(({ documentId, issue }) => documentId !== id && issue !== null);
  const free = fresh.filter((at) => items[at] && !moves.claimed.has(items[at]));
  if (foreign.length === 0 || free.length === 0) return [];
  const { pairs, doubts } = matchingOf([...moves.trackedIn(read), ...foreign], items, id);
  return free.flatMap((at) => {
    const sure = foreign.find((item) => item.id === pairs.get(at));
    const item = sure ?? foreign.find((one) => one.id === doubts.get(at));
    return item ? [{ to: read, at, item, isSure: sure !== undefined }] : [];
  });
}

type Named = Pick<ActionItem, "title" | "ref">;
const wordsOf = ({ title }: Named): string => normalizeText(title);
const keyOf = ({ title, ref }: Named): string | null =>
  ref === null ? null : JSON.stringify([ref, wordsOf({ title, ref })]);

function byName<T>(all: readonly T[], nameOf: (one: T) => string | null): Map<string, T[]> {
  const named = new Map<string, T[]>();
  for (const one of all) {
    const name = nameOf(one);
    if (name) named.set(name, [...(named.get(name) ?? []), one]);
  }
  return named;
}
