/** Keeps the status comment of a pull request true: rendered from the projection, written only where it changed. */
import { Refused } from "../../github/errors.js";
import type { CommentFacts } from "../../github/port.js";
import { TAKES_NO_COMMENT } from "../../github/refusals.js";
import { renderClosing } from "../../render/closing.js";
import { markerData, markerKey } from "../../render/marker.js";
import { type DocumentStatus, renderStatus } from "../../render/status.js";
import { closedOf, isNews } from "../../tracking/closing.js";
import { hasNobody } from "../../tracking/nudging.js";
import { onePerson, resolveOwners } from "../../tracking/owners.js";
import { isTold, type Piece } from "../../tracking/trouble.js";
import type { TrackedDocument, TrackedItem } from "../../tracking/types.js";
import { doubtedElsewhere } from "./doubts.js";
import { statusMarkerOf } from "./markers.js";
import { keepComment } from "./once.js";
import { attempt } from "./piece.js";
import { keptRelated } from "./related.js";
import type { Scene } from "./scene.js";

/**
 * Brings the status comment of a home pull request up to date. Where it takes no comment (it is locked, say, or its author blocked
 * the App), the status goes onto the first tracking issue. `listed`: the comments on the pull request, where they are known.
 */
export async function refreshStatus(scene: Scene, pull: number, listed?: readonly CommentFacts[]): Promise<void> {
  const { store, repository, loaded, links, policy, today } = scene;
  const documents = await store.documentsAtHome(repository.id, pull);
  if (documents.length === 0 && loaded.problems.length === 0 && !repository.obstacle) return;
  const sections = await Promise.all(documents.map((document) => sectionOf(scene, document)));
  const { body } = renderStatus({
    sections,
    policy,
    policyProblems: loaded.problems,
    obstacle: repository.obstacle,
    links,
    label: policy.labels[0] ?? "action-item",
    today,
  });
  const keepAt = (number: number) =>
    keepComment(scene, {
      key: `status:${pull}`,
      number,
      body,
      isThis: (text) => markerData(text, "status") !== null,
      ...(listed && number === pull && { listed }),
    });
  await attempt(scene, { kind: "status", number: pull }, async () => {
    try {
      await keepAt(pull);
    } catch (error) {
      const instead = firstIssue(sections);
      if (!(error instanceof Refused && TAKES_NO_COMMENT.has(error.kind)) || instead === null) throw error;
      await keepAt(instead);
    }
    await keepClosing(scene, pull, sections);
  });
}

/** The status comments among these comments of the App's, which stand on the pull request they speak of; by that, oldest first. */
function statusComments(scene: Scene, comments: readonly CommentFacts[]): Map<number, CommentFacts[]> {
  const found = new Map<number, CommentFacts[]>();
  for (const comment of [...comments].sort((a, b) => a.id - b.id)) {
    const home = comment.author === scene.github.bot ? statusMarkerOf(scene, comment)?.documents[0]?.home : null;
    if (home === comment.number) found.set(home, [...(found.get(home) ?? []), comment]);
  }
  return found;
}

/**
 * Leaves one status comment on each pull request, the oldest, where two came to be: a database that was put back knows nothing of the first.
 * `comments`: some of the App's; returns the pull requests whose status is to be written again.
 */
export async function collapseStatus(scene: Scene, comments: readonly CommentFacts[]): Promise<number[]> {
  const { store, repository, github } = scene;
  const changed: number[] = [];
  for (const [pull, found] of statusComments(scene, comments)) {
    const key = `status:${pull}`;
    const kept = await store.comment(repository.id, key);
    const ids = new Set([...found.map(({ id }) => id), ...(kept?.number === pull ? [kept.commentId] : [])]);
    const [oldest, ...doubles] = [...ids].sort((a, b) => a - b);
    if (oldest === undefined || doubles.length === 0) continue;
    await attempt(scene, { kind: "status", number: pull }, async () => {
      // What it says is not known: it is written again.
      await store.saveComment({ key, repositoryId: repository.id, number: pull, commentId: oldest, hash: "" });
      for (const id of doubles) await github.deleteComment(id);
    });
    changed.push(pull);
  }
  return changed;
}

/** Says once that all is closed, and keeps that true. Where the pull request takes no comment, the status says it all. */
async function keepClosing(scene: Scene, pull: number, sections: readonly DocumentStatus[]): Promise<void> {
  const { store, repository, links, today } = scene;
  const key = `closing:${pull}`;
  const items = sections.flatMap(({ items }) => items);
  const closed = closedOf(items, today);
  const isSaid = (await store.comment(repository.id, key)) !== null;
  if (!isSaid && !(closed && isNews(closed, today))) return;
  const body = renderClosing({ pull, items, closed, links, today });
  try {
    await keepComment(scene, { key, number: pull, body, isThis: (text) => markerKey(text, "closing") !== null });
  } catch (error) {
    if (!(error instanceof Refused && TAKES_NO_COMMENT.has(error.kind))) throw error;
  }
}

/** Whether a piece is of this document, so that its trouble belongs into its section. */
const concerns = (piece: Piece, { id, path }: TrackedDocument): boolean =>
  "document" in piece ? piece.document === id : piece.kind === "document" && piece.path === path;

async function sectionOf(scene: Scene, document: TrackedDocument): Promise<DocumentStatus> {
  const { store, policy, repository, troubles, links } = scene;
  const original = document.copyOf ? await store.document(repository.id, document.copyOf) : null;
  // An item that left the document without ever having had an issue leaves nothing to follow.
  const items = (await store.itemsOf(repository.id, document.id)).filter(
    (item) => item.issue !== null || item.leftOn === null,
  );
  const open = items.filter((item) => item.issue?.open);
  // Whom an adopted issue is assigned to is a person's business: the App asked for nobody there.
  const unowned = open.filter(({ issue }) => issue?.assignees.length === 0 && issue.adoptedBy === null);
  return {
    document,
    items,
    unknownOwners: onePerson(unowned.flatMap(({ base }) => resolveOwners(base, policy).names)),
    ownerless: new Set(
      open.flatMap((item) => (hasNobody(item, resolveOwners(item.base, policy).teams) ? [item.id] : [])),
    ),
    troubles: [...troubles.values()].filter((trouble) => isTold(trouble) && concerns(trouble.piece, document)),
    related: await keptRelated(scene, document),
    goOnIn: await goOnIn(scene, items),
    ...(original && { original: { path: original.path, url: links.document(original) } }),
    doubted: await doubtedElsewhere(scene, items),
  };
}

/** The items of other postmortems in whose issues duplicates among these go on. */
async function goOnIn({ store, repository }: Scene, items: readonly TrackedItem[]): Promise<TrackedItem[]> {
  const own = new Set(items.map(({ issue }) => issue?.number));
  const numbers = new Set(
    items.flatMap(({ issue, sameAs }) => {
      if (!issue || issue.open) return [];
      const other = issue.duplicateOf;
      const isHere = other?.kind === "issue" && other.home === undefined;
      return [...(isHere ? [other.number] : []), ...(sameAs ? [sameAs.issue] : [])];
    }),
  );
  const others: TrackedItem[] = [];
  for (const number of numbers) {
    const other = own.has(number) ? null : await store.itemOfIssue(repository.id, number);
    if (other) others.push(other);
  }
  return others;
}

function firstIssue(sections: readonly DocumentStatus[]): number | null {
  const numbers = sections.flatMap(({ items }) => items.flatMap((item) => item.issue?.number ?? []));
  return numbers.length > 0 ? Math.min(...numbers) : null;
}
