/**
 * What moved between documents that are looked at together: a document that gave its place to another, as `current.md` does when it is
 * archived and begun again, and items that left one document and stand in another, as where a file is split.
 */
import type { PlainDate } from "../calendar.js";
import type { ActionItem } from "../postmortem/types.js";
import { matchingOf } from "./decide.js";
import type { TrackedDocument, TrackedItem } from "./types.js";
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

/**
 * What is tracked of each document, by its id, once the items that moved are where they stand now. An item moved where it stands no more
 * in its own document since `today`, and one new item of the same words (and of several with those, of the same key) stands in one of
 * `reads`; where several could be it, none is. `orphans`: items of documents that are gone.
 */
export function regroup(
  reads: readonly Read[],
  orphans: readonly TrackedItem[],
  today: PlainDate,
): Map<string, readonly TrackedItem[]> {
  const matched = reads.map((read) => ({ ...read, ...matchingOf(read.tracked, read.items) }));
  const leaving = matched.flatMap(({ tracked, gone }) => tracked.filter(({ id }) => gone.includes(id)));
  const coming = matched.flatMap(({ id, items, fresh }) =>
    fresh.flatMap((at) => (items[at] ? [{ to: id, item: items[at] }] : [])),
  );
  const movedTo = new Map<string, string>();
  const claimed = new Set<ActionItem>();
  // What left before then was told, and may have been given up: the same words may be other work.
  const candidates = [...leaving, ...orphans].filter(({ leftOn }) => leftOn === null || leftOn === today);
  for (const nameOf of [keyOf, wordsOf]) {
    const from = byName(
      candidates.filter(({ id }) => !movedTo.has(id)),
      ({ base }) => nameOf(base),
    );
    const to = byName(
      coming.filter(({ item }) => !claimed.has(item)),
      ({ item }) => nameOf(item),
    );
    for (const [name, [left, ...othersLeft]] of from) {
      const [come, ...othersCome] = to.get(name) ?? [];
      if (!left || !come || othersLeft.length + othersCome.length > 0 || come.to === left.documentId) continue;
      movedTo.set(left.id, come.to);
      claimed.add(come.item);
    }
  }
  return new Map(
    reads.map(({ id, tracked }) => [
      id,
      [...tracked.filter((item) => !movedTo.has(item.id)), ...candidates.filter((item) => movedTo.get(item.id) === id)],
    ]),
  );
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
