/**
 * Comments that were edited. A comment counts as its author wrote it last, as long as nothing it asked for before was carried out. Who
 * edited it only the delivery of the edit tells; where that was lost, the comment is answered instead.
 */
import type { Heard, HeardEdit } from "./types.js";

/** Somebody edited a comment. */
export interface Edit {
  /** The comment's id. */
  readonly comment: number;
  /** When, as GitHub wrote it. */
  readonly at: string;
  /** Who, by their login; null where nobody told. */
  readonly by: string | null;
  /** Whether other commands stand there than before; so it may be where nobody told. */
  readonly asks: boolean;
}

/** Why what stands in an edited comment does not count: nobody told who edited it; it was not its author; some of it was carried out before. */
export type EditBar = "edited" | "edited-by-other" | "done-before";

/** More are not kept: who edits a comment so much later writes a new one. */
const MOST_EDITS = 10;

/** What was handled, with edits that were dealt with since; the oldest of a great many go. */
export const withEdits = (heard: Heard, edits: readonly HeardEdit[]): Heard =>
  edits.length === 0 ? heard : { ...heard, edits: [...(heard.edits ?? []), ...edits].slice(-MOST_EDITS) };

/** Whether more was handled by one than by the other, of which both are of the same issue or pull request. */
export function isLater(one: Heard, other: Heard | null | undefined): boolean {
  if (!other || one.id !== other.id) return one.id > (other?.id ?? 0);
  return lastEdit(one) > lastEdit(other);
}

/** ISO instants as GitHub writes them are in the order of letters. */
const lastEdit = ({ edits = [] }: Heard): string =>
  edits
    .map(({ at }) => at)
    .sort()
    .at(-1) ?? "";

/** Whether a comment's edit was dealt with. */
export const isHeardEdit = (heard: Heard | null | undefined, { comment, at }: Edit): HeardEdit | null =>
  heard?.edits?.find((edit) => edit.id === comment && edit.at === at) ?? null;

/**
 * Why an edited comment does not count; `silent` where it need not be told, since nothing that it asks for is new.
 * @param author - who wrote it
 * @param doneBefore - whether anything it asked for before was carried out
 */
export function editBar(edit: Edit, author: string, doneBefore: boolean): EditBar | "silent" | null {
  const { by, asks } = edit;
  // What was carried out of it is all that is known, so nothing may be amiss.
  if (by === null) return doneBefore ? "silent" : "edited";
  if (by.toLowerCase() !== author.toLowerCase()) return asks ? "edited-by-other" : "silent";
  if (doneBefore) return asks ? "done-before" : "silent";
  return null;
}
