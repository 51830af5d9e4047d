/**
 * One refusal never ends the rest: whatever is done to one thing on GitHub is attempted by itself. Where GitHub refuses it, or reading
 * a document is broken off, that is kept, told (in the status comment, by `doctor` and the command line, once in the log), tried again with growing waits, and
 * forgotten once it succeeds; and the pass goes on.
 */
import { ReadingBrokenOff } from "../../errors.js";
import { Refused } from "../../github/errors.js";
import { failedAgain, ofItem, type Piece, pieceKey, type Trouble } from "../../tracking/trouble.js";
import type { TrackedItem } from "../../tracking/types.js";
import type { Scene } from "./scene.js";

/** An item's tracking issue, as a piece. */
export const issuePiece = (item: TrackedItem): Piece => ({
  kind: "issue",
  ...ofItem(item),
  number: item.issue?.number ?? null,
});

export type Attempt<T> =
  | { readonly done: true; readonly value: T }
  | { readonly done: false; readonly why: Trouble["why"] };

/**
 * Does `body`, which is about one piece alone; it must be safe to do again. Not done where GitHub refuses it, or refused it a short while ago
 * and nobody asked again (see {@link Scene.patient}). `isLast` false: there is more to be done to the piece before it counts as done.
 * @throws what is about more than this piece: limits, a GitHub out of reach, a repository out of sight or that as a whole
 *   cannot be worked in, a lost lease.
 */
export async function attempt<T>(
  scene: Scene,
  piece: Piece,
  body: () => Promise<T>,
  { isLast = true }: { readonly isLast?: boolean } = {},
): Promise<Attempt<T>> {
  const key = pieceKey(piece);
  const before = scene.troubles.get(key);
  if (before && scene.patient && before.notBefore > scene.now().toISOString()) return { done: false, why: before.why };
  try {
    const value = await body();
    if (before && isLast) await forget(scene, piece);
    return { done: true, value };
  } catch (error) {
    if (error instanceof ReadingBrokenOff) {
      await record(scene, piece, "unread", error.message);
      return { done: false, why: "unread" };
    }
    if (!(error instanceof Refused)) throw error;
    // As GitHub also refuses where the whole repository is out of sight, or blocked: then this throws.
    if (error.kind === "missing" || error.kind === "legal") await scene.github.repository();
    const trouble = await record(scene, piece, error.kind, `${error.status} ${error.message}`);
    return { done: false, why: trouble.why };
  }
}

const MAX_SAID = 300;

/** Keeps that the piece failed (again); says so in the log the first time, and where the reason is another. */
export async function record(scene: Scene, piece: Piece, why: Trouble["why"], said: string): Promise<Trouble> {
  const { store, repository, troubles, now, log } = scene;
  const key = pieceKey(piece);
  const before = troubles.get(key);
  const failure = { repositoryId: repository.id, piece, why, said: said.slice(0, MAX_SAID) };
  const trouble = failedAgain(before, failure, now());
  await store.saveTrouble(trouble);
  troubles.set(key, trouble);
  // Paths and labels are people's words, which no log holds.
  const named = piece.kind === "document" || piece.kind === "label" ? piece.kind : key;
  const fields = { repository: repository.id, piece: named, why, said: trouble.said, times: trouble.times };
  if (before?.why === why) log.debug(fields, "still refused");
  else log.warn(fields, "refused; the rest goes on, and doctor tells of it");
  return trouble;
}

/** The piece succeeded, or there is none any more. */
export async function forget({ store, repository, troubles }: Scene, piece: Piece): Promise<void> {
  const key = pieceKey(piece);
  if (!troubles.delete(key)) return;
  await store.forgetTrouble(repository.id, key);
}
