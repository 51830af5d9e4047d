/** Keeps the status comment of a pull request true: rendered from the projection, written only where it changed. */
import { Refused } from "../../github/errors.js";
import { TAKES_NO_COMMENT } from "../../github/refusals.js";
import { renderClosing } from "../../render/closing.js";
import { markerData, markerKey } from "../../render/marker.js";
import { type DocumentStatus, renderStatus } from "../../render/status.js";
import { closedOf, isNews } from "../../tracking/closing.js";
import { missingOwners, resolveOwners } from "../../tracking/owners.js";
import { isTold, type Piece } from "../../tracking/trouble.js";
import type { TrackedDocument } from "../../tracking/types.js";
import { keepComment } from "./once.js";
import { attempt } from "./piece.js";
import { keptRelated } from "./related.js";
import type { Scene } from "./scene.js";

/**
 * Brings the status comment of a home pull request up to date. Where it takes no comment (it is locked, say, or its author blocked
 * the App), the status goes onto the first tracking issue.
 */
export async function refreshStatus(scene: Scene, pull: number): Promise<void> {
  const { store, repository, loaded, links, policy, today } = scene;
  const documents = await store.documentsAtHome(repository.id, pull);
  if (documents.length === 0 && loaded.problems.length === 0 && !repository.obstacle) return;
  const sections = await Promise.all(documents.map((document) => sectionOf(scene, document)));
  const { body } = renderStatus({
    sections,
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
  const { store, policy, repository, troubles } = scene;
  // An item that left the document without ever having had an issue leaves nothing to follow.
  const items = (await store.itemsOf(repository.id, document.id)).filter(
    (item) => item.issue !== null || item.leftOn === null,
  );
  const open = items.filter((item) => item.issue?.open);
  // Whom an adopted issue is assigned to is a person's business: the App asked for nobody there.
  const unowned = open.filter(({ issue }) => issue?.assignees.length === 0 && issue.adoptedBy === null);
  const refused = open.flatMap((item) => missingOwners(item).filter(({ why }) => why === "no-access"));
  const distinct = (names: readonly string[]) => [...new Set(names)];
  return {
    document,
    items,
    unknownOwners: distinct(unowned.flatMap(({ base }) => resolveOwners(base, policy).names)),
    unassignable: distinct(refused.map(({ login }) => login)),
    troubles: [...troubles.values()].filter((trouble) => isTold(trouble) && concerns(trouble.piece, document)),
    related: await keptRelated(scene, document),
  };
}

function firstIssue(sections: readonly DocumentStatus[]): number | null {
  const numbers = sections.flatMap(({ items }) => items.flatMap((item) => item.issue?.number ?? []));
  return numbers.length > 0 ? Math.min(...numbers) : null;
}
