/**
 * Whether a document that appeared is one that was removed elsewhere: renamed, or moved to another folder. The order in which its
 * going and its coming are seen does not matter.
 */
import type { ActionItem } from "../postmortem/types.js";
import type { TrackedDocument, TrackedItem } from "./types.js";
import { normalizeText } from "./words.js";

/** A document as it appeared. */
export interface Appeared {
  readonly path: string;
  readonly blob: string;
  readonly title: string | null;
  readonly items: readonly Pick<ActionItem, "title">[];
  /** Where GitHub says it stood before; null where it says nothing. */
  readonly previousPath: string | null;
}

/** A document that was removed, with the items it had. */
export interface Removed {
  readonly document: Pick<TrackedDocument, "id" | "path" | "blob" | "title">;
  readonly items: readonly (Pick<TrackedItem, "leftOn"> & { readonly base: Pick<TrackedItem["base"], "title"> })[];
}

/** Of both documents' items at least this share has the same title. */
const SAME_SHARE = 0.5;

/**
 * The removed document that goes on in the one that appeared: the one that GitHub says, else of the same text, else the one that stood
 * at this path, if it has the same title or shares an item, else the one that shares most items, if that is half of each at least. Null
 * in doubt: then it is another document.
 */
export function continuedBy<R extends Removed>(appeared: Appeared, removed: readonly R[]): R | null {
  const named = removed.find(({ document }) => document.path === appeared.previousPath);
  const same = removed.filter(({ document }) => document.blob === appeared.blob);
  if (named !== undefined || same.length === 1) return named ?? same[0] ?? null;
  const back = removed.filter(
    (one) =>
      one.document.path === appeared.path &&
      (one.document.title === appeared.title || one.items.length === 0 || sharedItems(appeared, one) > 0),
  );
  if (back.length === 1) return back[0] ?? null;
  const shares = removed
    .map((one) => ({ one, share: sharedItems(appeared, one) }))
    .filter(({ share }) => share >= SAME_SHARE)
    .sort((a, b) => b.share - a.share);
  const [best, next] = shares;
  return best === undefined || best.share === next?.share ? null : best.one;
}

/** Which share of the items of the longer of both has its title in the other. */
function sharedItems(appeared: Appeared, removed: Removed): number {
  const standing = removed.items.filter(({ leftOn }) => leftOn === null).map(({ base }) => normalizeText(base.title));
  const titles = new Set(appeared.items.map(({ title }) => normalizeText(title)));
  const shared = new Set(standing.filter((title) => titles.has(title))).size;
  return shared === 0 ? 0 : shared / Math.max(titles.size, new Set(standing).size);
}
