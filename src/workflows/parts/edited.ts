/**
 * Which comments with commands are dealt with now, and which of those that were edited count. A comment that was edited before it was read is
 * left to the delivery of its edit, which alone tells who did it; the sweep, which nobody told, has it answered.
 */
import type { CommentFacts } from "../../github/port.js";
import { markerKey } from "../../render/marker.js";
import { answerKeys } from "../../render/reply.js";
import { type Edit, type EditBar, editBar, isHeardEdit } from "../../tracking/edits.js";
import type { Heard } from "../../tracking/types.js";
import { unlessRefused } from "./acknowledge.js";
import type { CommandComments } from "./observe.js";
import type { Scene } from "./scene.js";

/** A comment to be dealt with. */
export interface ToHandle {
  readonly comment: CommentFacts;
  readonly barred: { readonly why: EditBar; readonly to: string } | null;
  /** When it was edited into what it says, where it was passed before; else null. */
  readonly editedAt: string | null;
}

/** After so long nobody will tell of an edit any more. */
const LOST_AFTER_MS = 3_600_000;

interface Comments extends CommandComments {
  /** All that were listed, the App's own among them. */
  readonly listed: readonly CommentFacts[];
  readonly heard: Heard | null | undefined;
}

/** The comments that are to be dealt with, in order; `approve`: ids of those that were carried out by a run that died before it said so. */
export async function commentsToHandle(
  { github, githubTime }: Scene,
  { fresh, passed, listed, heard }: Comments,
  edits: readonly Edit[],
): Promise<{ readonly toHandle: readonly ToHandle[]; readonly approve: readonly number[] }> {
  const editOf = ({ id, updatedAt }: CommentFacts) =>
    edits.find(({ comment, at }) => comment === id && at === updatedAt);
  const isLongAgo = (at: string) => githubTime().getTime() - Date.parse(at) > LOST_AFTER_MS;
  const toHandle: ToHandle[] = [];
  for (const comment of fresh) {
    const edit =
      editOf(comment) ??
      (isLongAgo(comment.updatedAt) ? untoldEdits({ fresh: [comment], passed: [] }, null)[0] : undefined);
    if (isEdited(comment) && edit === undefined) continue;
    const bar = edit === undefined ? null : editBar(edit, comment.author ?? "", false);
    toHandle.push({ comment, barred: barredBy(bar, comment, edit), editedAt: null });
  }
  const approve: number[] = [];
  for (const comment of passed) {
    const edit = editOf(comment);
    if (edit === undefined) continue;
    const before = isHeardEdit(heard, edit);
    if (before !== null) {
      if (before.done) approve.push(comment.id);
      continue;
    }
    if (edit.by === null && isAnsweredSince(comment, listed, github.bot)) continue;
    const doneBefore =
      heard?.edits?.some(({ id, done }) => id === comment.id && done) || (await github.isApproved(comment.id));
    const bar = editBar(edit, comment.author ?? "", doneBefore);
    if (bar !== "silent") toHandle.push({ comment, barred: barredBy(bar, comment, edit), editedAt: edit.at });
  }
  return { toHandle, approve };
}

/**
 * Takes back what was answered to comments that were edited into what asks for nothing, where nothing of them was carried out: what the answer
 * speaks of stands nowhere any more.
 */
export async function takeBack(
  scene: Scene,
  number: number,
  { fresh, passed, listed, heard }: Comments,
  edits: readonly Edit[],
): Promise<void> {
  const asking = new Set([...fresh, ...passed].map(({ id }) => id));
  for (const { comment: id } of edits) {
    const isDone = heard?.edits?.some((edit) => edit.id === id && edit.done);
    if (asking.has(id) || isDone || !listed.some((one) => one.id === id)) continue;
    await unlessRefused(scene, number, () => deleteAnswers(scene, id));
  }
}

/** Deletes what was answered to a comment of which nothing was carried out. */
async function deleteAnswers({ store, repository, github }: Scene, comment: number): Promise<void> {
  for (const key of answerKeys(comment).slice(0, 2)) {
    const kept = await store.comment(repository.id, key);
    if (!kept) continue;
    if (await github.isApproved(comment)) return;
    await github.deleteComment(kept.commentId);
    await store.forgetComment(repository.id, key);
  }
}

/** What the App learnt of too late is answered, whatever is new in it. */
function barredBy(
  bar: EditBar | "silent" | null,
  { author }: CommentFacts,
  edit: Edit | undefined,
): ToHandle["barred"] {
  if (bar === null) return null;
  return { why: bar === "silent" ? "edited-by-other" : bar, to: edit?.by ?? author ?? "" };
}

/** Edits that a list shows and nobody has dealt with, and of which nobody told who made them. */
export const untoldEdits = ({ fresh, passed }: CommandComments, heard: Heard | null | undefined): Edit[] =>
  [...fresh, ...passed]
    .filter(isEdited)
    .map(({ id, updatedAt }) => ({ comment: id, at: updatedAt, by: null, asks: true }))
    .filter((edit) => isHeardEdit(heard, edit) === null);

/** From when on comments are to be listed, to see what was not handled yet, and what was edited; undefined: all. */
export const listedSince = (heard: Heard | null | undefined, edits: readonly Edit[]): string | undefined =>
  heard ? [heard.at, ...edits.map(({ at }) => at)].sort()[0] : undefined;

const isEdited = ({ createdAt, updatedAt }: CommentFacts): boolean => createdAt !== updatedAt;

/** Whether the App answered a comment after its edit. */
const isAnsweredSince = ({ id, updatedAt }: CommentFacts, listed: readonly CommentFacts[], bot: string): boolean =>
  listed.some(
    (one) =>
      one.author === bot && one.updatedAt >= updatedAt && answerKeys(id).includes(markerKey(one.body, "reply") ?? ""),
  );
