/**
 * Somebody wrote a command on the pull request of a postmortem. `/follow-through open` opens what a guard held back there:
 *
 *   > [!NOTE]
 *   > These are more new action items than one pull request opens by itself, so no issues are opened. To open them, comment
 *   > `/follow-through open` on this pull request.
 *
 * As with commands on issues, a comment is acknowledged first, by a 👍 or an answer, each of which can be done again without being seen
 * twice. Then it is recorded with the documents, and in the status comment's marker, that it was handled; what it asks for is closed
 * by what is done to every document that was not read to its end.
 */
import { renderPullReply } from "../render/reply.js";
import { barOf } from "../tracking/carry-out.js";
import { parsePullCommands } from "../tracking/commands/pull.js";
import { withRefs } from "../tracking/commands/unrelated.js";
import { type Edit, withEdits } from "../tracking/edits.js";
import type { Heard, TrackedDocument } from "../tracking/types.js";
import { acknowledge } from "./parts/acknowledge.js";
import type { Context } from "./parts/context.js";
import { followDocument, recordRead } from "./parts/document.js";
import { commentsToHandle, listedSince, type ToHandle, takeBack } from "./parts/edited.js";
import { loadScene } from "./parts/load-scene.js";
import { lastHeard, pullCommandComments } from "./parts/observe.js";
import { attempt } from "./parts/piece.js";
import { type CommentsAt, waitForRoom } from "./parts/room.js";
import type { Scene } from "./parts/scene.js";
import { refreshStatus } from "./parts/status.js";
import { planSync } from "./sync.js";

/** Carries out what was written on one pull request since the last look, and what a comment was edited into. */
export async function runCommandsOnPull(context: Context, at: CommentsAt): Promise<void> {
  if (at.stranger) waitForRoom(context, at.installationId);
  const scene = await loadScene(context, at, { remembers: true });
  if (!scene || scene.repository.obstacle) return;
  await runPullCommands(scene, at.number, at.edit ? [at.edit] : []);
}

/** Deals with the commands on a pull request, and with edits of comments there, and brings its status comment up to date where there were any. */
export async function runPullCommands(scene: Scene, number: number, edits: readonly Edit[]): Promise<void> {
  const { store, repository, github } = scene;
  const documents = await store.documentsAtHome(repository.id, number);
  if (documents.length === 0) return;
  await attempt(scene, { kind: "pull-commands", number }, async () => {
    const before = lastHeard(documents);
    const listed = await github.comments(number, listedSince(before, edits));
    const asking = pullCommandComments(documents, number, listed);
    const read = { ...asking, listed, heard: before };
    const { toHandle, approve } = await commentsToHandle(scene, read, edits);
    await takeBack(scene, number, read, edits);
    let opens = false;
    let heard = before;
    const refs: string[] = [];
    const doneByEdit = [...approve];
    const mayCommand = askedOnce((login) => github.canTriage(login));
    for (const one of toHandle) {
      const asked = await answer(scene, documents, one, mayCommand);
      opens ||= asked.opens;
      refs.push(...asked.refs);
      const { comment, editedAt } = one;
      const { id, createdAt } = comment;
      if (editedAt === null) heard = { ...heard, id, at: createdAt };
      else if (heard) heard = withEdits(heard, [{ id, at: editedAt, done: asked.done }]);
      // Of an older comment a 👍 says that it was carried out, so there it comes last.
      if (editedAt !== null && asked.done) doneByEdit.push(id);
    }
    if (heard && toHandle.length > 0) await recordHandled(scene, documents, heard, { opens, refs });
    for (const comment of doneByEdit) await acknowledge(scene, number, { comment, done: true, reply: null });
    const opened = await openWhatWaits(scene, number);
    if (toHandle.length > 0 || opened) await refreshStatus(scene, number);
    await recordRead(scene, opened ?? []);
  });
}

/** What a comment asks, and may ask, for: to open what is held back, and to name these no more; `done`: whether that is anything. */
interface Asked {
  readonly opens: boolean;
  readonly refs: readonly string[];
  readonly done: boolean;
}

/** Answers a comment; returns what it asks for and may. */
async function answer(
  scene: Scene,
  documents: readonly TrackedDocument[],
  { comment, barred, editedAt }: ToHandle,
  mayCommand: (login: string) => Promise<boolean>,
): Promise<Asked> {
  const { id, number, author, body } = comment;
  const commands = parsePullCommands(body);
  const refs = commands.flatMap((command) => (command.kind === "disown" ? command.refs : []));
  const outcome = {
    comment: { id, author: author ?? "", barred },
    barred: barOf({ barred }, await mayCommand((author ?? "").toLowerCase())),
    unclear: commands.filter((command) => command.kind === "unclear"),
    opens: commands.some(({ kind }) => kind === "open"),
    held: documents.some(({ held, removedOn }) => held !== null && removedOn === null),
    disowns: refs.length > 0,
  };
  const isAllowed = outcome.barred === null;
  const opens = isAllowed && outcome.opens && outcome.held;
  const done = opens || (isAllowed && outcome.disowns);
  const reply = renderPullReply(outcome, number);
  await acknowledge(scene, number, { comment: id, done: done && editedAt === null, reply });
  return { opens, refs: isAllowed ? refs : [], done };
}

/** From here on no comment up to this one is handled again. What is not held any more counts as unread, and so is followed. */
async function recordHandled(
  scene: Scene,
  documents: readonly TrackedDocument[],
  heard: Heard,
  { opens, refs }: Pick<Asked, "opens" | "refs">,
): Promise<void> {
  await scene.store.transaction(async (tables) => {
    for (const { copyOf, ...document } of documents) {
      const isOpened = opens && document.held !== null && document.removedOn === null;
      const unrelated = refs.length > 0 && { unrelated: withRefs(document.unrelated, refs) };
      await tables.saveDocument({
        ...document,
        heard,
        ...unrelated,
        ...(isOpened ? { held: null, blob: null } : copyOf && { copyOf }),
      });
    }
  });
}

/** Follows the documents of a pull request that were not read to their end; returns those of them that now are, or null where there were none. */
async function openWhatWaits(scene: Scene, number: number): Promise<TrackedDocument[] | null> {
  const documents = await scene.store.documentsAtHome(scene.repository.id, number);
  const waiting = documents.filter(({ blob, held, removedOn }) => blob === null && held === null && removedOn === null);
  if (waiting.length === 0) return null;
  const plan = await planSync(scene, { paths: waiting.map(({ path }) => path) });
  const complete: TrackedDocument[] = [];
  for (const loaded of plan.documents) if (await followDocument(scene, loaded)) complete.push(loaded.document);
  return complete;
}

/** The same question about the same person is asked once, however many comments they wrote. */
function askedOnce(ask: (login: string) => Promise<boolean>): (login: string) => Promise<boolean> {
  const answers = new Map<string, boolean>();
  return async (login) => {
    const answer = answers.get(login) ?? (await ask(login));
    answers.set(login, answer);
    return answer;
  };
}
