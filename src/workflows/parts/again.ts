/**
 * What becomes of refused pieces in time: each sweep enqueues those again that have waited long enough, and forgets those that are of
 * no concern any more. Documents that could not be followed whole count as unread, so the sweep itself takes them up.
 */
import type { Work } from "../../jobs/work.js";
import { isFight, type Trouble } from "../../tracking/trouble.js";
import type { TrackedDocument, TrackedItem } from "../../tracking/types.js";
import { forget } from "./piece.js";
import type { Scene } from "./scene.js";

/** An answer that could not be given is not made up for; it is told for so long. */
const TOLD_MS = 7 * 86_400_000;
/** What lacks something is asked about each week: not refused again for longer, there is nothing left to ask. */
const ASKED_MS = 14 * 86_400_000;

/** Returns the pull requests whose status comments are to be looked at. `paths`: the files of the default branch. */
export async function tryAgain(scene: Scene, paths: ReadonlyMap<string, unknown>): Promise<Set<number>> {
  const homes = new Set<number>();
  const { store, repository, now, wall } = scene;
  for (const trouble of [...scene.troubles.values()]) {
    const { piece } = trouble;
    const item = "item" in piece ? await store.item(repository.id, piece.item) : null;
    const document = item && (await store.document(repository.id, item.documentId));
    if (isMoot(trouble, { item, document, paths, now: now() })) {
      await forget(scene, piece);
      if (document?.home) homes.add(document.home);
      continue;
    }
    if (trouble.notBefore > now().toISOString()) continue;
    if (piece.kind === "status") homes.add(piece.number);
    const work = workFor(trouble, { installationId: repository.installationId, repositoryId: repository.id });
    if (work) await store.enqueue(work, wall());
  }
  return homes;
}

interface Known {
  readonly item: TrackedItem | null;
  readonly document: TrackedDocument | null;
  readonly paths: ReadonlyMap<string, unknown>;
  readonly now: Date;
}

/** Whether there is nothing left to be done, so that nobody need be told of it any more. */
function isMoot(trouble: Trouble, { item, document, paths, now }: Known): boolean {
  const { piece, notBefore, lastAt } = trouble;
  switch (piece.kind) {
    case "issue":
      return !item || !document || (item.issue === null && (document.removedOn !== null || item.leftOn !== null));
    case "overdue":
      return !item?.issue?.open || item.nextNudgeOn === null || !!document?.removedOn;
    case "commands":
      return !item?.issue;
    case "section":
      return !item?.issue?.open || !isFight(trouble, now);
    case "document":
      return !paths.has(piece.path);
    case "reply":
      return Date.parse(lastAt) + TOLD_MS < now.getTime();
    case "ask":
      return Date.parse(lastAt) + ASKED_MS < now.getTime();
    case "label":
      // It is asked for again with the next issue that is to have it.
      return notBefore <= now.toISOString();
    default:
      return false;
  }
}

/** The work that tries a piece again, where the sweep does not do so itself. */
function workFor({ piece }: Trouble, at: { installationId: number; repositoryId: number }): Work | null {
  switch (piece.kind) {
    case "issue":
    case "section":
      return piece.number === null ? null : { kind: "issue", ...at, number: piece.number };
    case "overdue":
    case "review":
    case "ask":
      return { kind: "nudges", ...at };
    case "commands":
    case "pull-commands":
      return { kind: piece.kind, ...at, number: piece.number };
    case "link":
      return { kind: "pull", ...at, number: piece.number };
    case "digest":
    case "organisation-digest":
      return { kind: "digest", ...at };
    case "check":
      return { kind: "check", ...at, number: piece.number, rerun: false };
    default:
      return null;
  }
}
