/**
 * Somebody wrote commands on a tracking issue: `/due 2024-10-01 the vendor is late`. Their outcome is a pure function of
 * item, comments and permissions (tracking/carry-out.ts). It is acknowledged first, by a 👍 or an answer, each of which can be
 * done again without being seen twice; then written into the issue in one request, with the comment's id in the marker.
 * From there on the comment is never obeyed again, not after a crash and not after a lost database (docs/adr/0010).
 */
import { dateIn } from "../calendar.js";
import type { CommentFacts, IssueFacts } from "../github/port.js";
import { renderReply, settledReply } from "../render/reply.js";
import { type CarriedOut, type CommandComment, carryOut, type Outcome } from "../tracking/carry-out.js";
import { parseCommands } from "../tracking/commands/parse.js";
import type { NoOther, Other } from "../tracking/commands/types.js";
import type { Edit } from "../tracking/edits.js";
import { withOwnerFound } from "../tracking/outcomes.js";
import { ofItem } from "../tracking/trouble.js";
import type { TrackedDocument, TrackedItem, TrackingIssue } from "../tracking/types.js";
import { refreshDuplicates, refreshItem } from "./issue.js";
import { acknowledge } from "./parts/acknowledge.js";
import type { Context } from "./parts/context.js";
import { followAgain } from "./parts/document.js";
import { commentsToHandle, listedSince, type ToHandle, takeBack } from "./parts/edited.js";
import { assignableAfter, isReadAgain, isToldApart, otherItemAt, settleOther } from "./parts/joins.js";
import { loadIssue } from "./parts/load-issue.js";
import { leaveToNewer } from "./parts/newer.js";
import { commandComments, observed, withCommandsOf } from "./parts/observe.js";
import { attempt } from "./parts/piece.js";
import { type CommentsAt, waitForRoom } from "./parts/room.js";
import type { Scene } from "./parts/scene.js";
import { refreshStatus } from "./parts/status.js";
import { followCommands } from "./parts/tracking-issue.js";

/** Carries out what was written on one issue since the last look, and what a comment was edited into. */
export async function runCommandsOnIssue(context: Context, at: CommentsAt): Promise<void> {
  if (at.stranger) waitForRoom(context, at.installationId);
  const loaded = await loadIssue(context, at);
  if (!loaded) return;
  const { scene, document, item } = loaded;
  const heard = await runCommands(scene, document, item, at.edit ? [at.edit] : []);
  if (!heard) return;
  // GitHub tells the App nothing of what it did itself.
  const homes = new Set([...(document.home ? [document.home] : []), ...(await refreshDuplicates(scene, at.number))]);
  for (const home of homes) await refreshStatus(scene, home);
}

/** Deals with the commands on the item's issue, and with edits of comments there; returns whether there is something to be said of it elsewhere. */
export async function runCommands(
  scene: Scene,
  document: TrackedDocument,
  item: TrackedItem,
  edits: readonly Edit[],
): Promise<boolean> {
  const number = item.issue?.number;
  if (number === undefined) return false;
  const piece = { kind: "commands", ...ofItem(item), number } as const;
  const heard = await attempt(scene, piece, () => runNewCommands(scene, document, item, number, edits));
  return !heard.done || heard.value;
}

async function runNewCommands(
  scene: Scene,
  document: TrackedDocument,
  known: TrackedItem,
  number: number,
  edits: readonly Edit[],
): Promise<boolean> {
  const { github } = scene;
  const facts = await github.issue(number);
  if (!facts) {
    await refreshItem(scene, document, known);
    return true;
  }
  await leaveToNewer(scene, facts);
  const listed = await github.comments(number, listedSince(known.heard, edits));
  const item = withOwnMarker(scene, known, facts, listed);
  const read = { ...commandComments(item, listed), listed, heard: item.heard };
  const { toHandle, approve } = await commentsToHandle(scene, read, edits);
  await takeBack(scene, number, read, edits);
  for (const comment of approve) await acknowledge(scene, number, { comment, done: true, reply: null });
  const comments = toHandle.map((one) => withCommands(scene, one));
  if (comments.length === 0 && item === known) return false;
  const issue = observed(scene, facts, known.issue?.adoptedBy ?? null, known.issue);
  const { item: carriedOut, outcomes, closedAs } = await carryOutAllowed(scene, item, issue, comments);
  const next = withOwnerFound(carriedOut, known, scene.today);
  // Of an older comment a 👍 says that it was carried out, so there it comes last.
  const isLast = ({ comment, done }: Outcome) => done && comment.editedAt !== null;
  const said = listed.filter(({ author }) => author === github.bot).map(({ body }) => body);
  for (const outcome of outcomes) {
    const reply = renderReply(outcome, number) ?? settledReply(outcome, number, said);
    const told = { comment: outcome.comment.id, done: outcome.done && !isLast(outcome), reply };
    await acknowledge(scene, number, told, listed);
  }
  for (const { comment, mute: until } of outcomes) {
    const person = comment.author.toLowerCase();
    const { installationId } = scene.repository;
    if (until !== null)
      await scene.store.saveMute({ installationId, person, until, at: comment.editedAt ?? comment.writtenAt });
  }
  const isSplit = isReadAgain(known, next);
  // Where all ends here, the next sweep finds it unread.
  if (isSplit) await scene.store.saveDocument({ ...document, blob: null });
  const settled = await settleOther(scene, document, known, next);
  await followCommands(scene, document, settled, facts, closedAs, assignableAfter(scene, known, settled));
  for (const { comment } of outcomes.filter(isLast))
    await acknowledge(scene, number, { comment: comment.id, done: true, reply: null });
  if (isSplit) await followAgain(scene, document);
  scene.log.info({ item: item.id, issue: number, comments: comments.length }, "commands dealt with");
  return true;
}

/** The item with what a run that died has written on GitHub already. */
function withOwnMarker(
  scene: Scene,
  item: TrackedItem,
  facts: IssueFacts,
  comments: readonly CommentFacts[],
): TrackedItem {
  const adoptedBy = item.issue?.adoptedBy ?? null;
  if (adoptedBy === null) return withCommandsOf(scene, item, "item", facts);
  const own = comments.find(({ id }) => id === adoptedBy);
  return own ? withCommandsOf(scene, item, "adopted", own) : item;
}

/** What a comment asks for, its dates counted from the day on which it was written, or edited. */
function withCommands({ policy }: Scene, { comment, barred, editedAt }: ToHandle): CommandComment {
  const { id, author, body, createdAt, updatedAt } = comment;
  const on = dateIn(policy.time_zone, new Date(updatedAt));
  const commands = parseCommands(body, { written: on, policy });
  return { id, author: author ?? "", writtenAt: createdAt, on, barred, editedAt, commands };
}

/**
 * Carries the comments out, asking GitHub only what their outcome hangs on: who of those that are not assigned when they write
 * may command all the same, who of those named can be assigned, and which items the issues are that they name. What is learnt can lead to another question, each asked once.
 */
async function carryOutAllowed(
  scene: Scene,
  item: TrackedItem,
  issue: TrackingIssue,
  comments: readonly CommandComment[],
): Promise<CarriedOut> {
  const { github } = scene;
  const [command, assign, asked] = [new Set<string>(), new Set<string>(), new Set<string>()];
  const others = new Map<string, Other | NoOther>();
  let isApart = false;
  for (;;) {
    const result = carryOut(item, issue, comments, { command, assign, others, isApart });
    const { authors, named, refs, isUnsplit } = turnedDown(result);
    const before = asked.size;
    for (const login of authors) {
      if (asked.has(`command ${login}`)) continue;
      asked.add(`command ${login}`);
      if (await github.canTriage(login)) command.add(login);
    }
    for (const login of named) {
      if (asked.has(`assign ${login}`)) continue;
      asked.add(`assign ${login}`);
      if (await github.canAssign(login)) assign.add(login);
    }
    for (const ref of refs) {
      if (asked.has(`other ${ref}`)) continue;
      asked.add(`other ${ref}`);
      others.set(ref, await otherItemAt(scene, { ...item, issue }, ref));
    }
    if (isUnsplit && !asked.has("split")) {
      asked.add("split");
      isApart = await isToldApart(scene, item);
    }
    if (asked.size === before) return result;
  }
}

/** Whether a command was turned down since its author has no right to the other issue that it names. */
const isOthers = ({ why }: Outcome["refused"][number]): boolean =>
  why.kind === "no-other" && why.because === "not-allowed";

interface Turned extends Readonly<Record<"authors" | "named" | "refs", string[]>> {
  readonly isUnsplit: boolean;
}

/**
 * On whose account something was turned down: authors who are not assigned, logins not known to be assignable, issues nobody looked at; and
 * whether something had nothing to split.
 */
function turnedDown({ outcomes }: CarriedOut): Turned {
  const refused = outcomes.flatMap((outcome) => outcome.refused.map(({ why }) => why));
  return {
    authors: outcomes.flatMap(({ barred, comment, refused: why }) =>
      barred === "not-allowed" || why.some(isOthers) ? [comment.author.toLowerCase()] : [],
    ),
    named: refused.flatMap((why) => (why.kind === "not-assignable" ? [why.login] : [])),
    refs: refused.flatMap((why) => (why.kind === "no-other" && why.because === "unasked" ? [why.ref] : [])),
    isUnsplit: refused.some((why) => why.kind === "nothing-to-split"),
  };
}
