/** Keeps the status comment of a pull request true: rendered from the projection, written only where it changed. */
import { markerData } from "../render/marker.js";
import { type DocumentStatus, renderStatus } from "../render/status.js";
import { resolveOwners } from "../tracking/owners.js";
import type { TrackedDocument } from "../tracking/types.js";
import { keepComment } from "./once.js";
import type { Scene } from "./scene.js";

/** Brings the status comment of a home pull request up to date; `locked` where the pull request takes no comments. */
export async function refreshStatus(scene: Scene, pull: number, options: { locked?: boolean } = {}): Promise<void> {
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
    repository: `${repository.owner}/${repository.name}`,
  });
  const number = options.locked ? firstIssue(sections) : pull;
  if (number === null) {
    scene.log.warn(
      { pull, repository: repository.id },
      "locked pull request without a tracking issue: no place for the status",
    );
    return;
  }
  await keepComment(scene, {
    key: `status:${pull}`,
    number,
    body,
    isThis: (text) => markerData(text, "status") !== null,
  });
}

async function sectionOf({ store, policy, repository }: Scene, document: TrackedDocument): Promise<DocumentStatus> {
  // An item that left the document without ever having had an issue leaves nothing to follow.
  const items = (await store.itemsOf(repository.id, document.id)).filter(
    (item) => item.issue !== null || item.leftOn === null,
  );
  const owners = items
    .filter((item) => item.issue?.open && item.issue.assignees.length === 0)
    .map(({ base }) => resolveOwners(base, policy));
  const distinct = (names: readonly string[]) => [...new Set(names)];
  return {
    document,
    items,
    unknownOwners: distinct(owners.flatMap(({ names }) => names)),
    unassignable: distinct(owners.flatMap(({ logins }) => logins)),
  };
}

/** A locked pull request refuses comments; its status goes onto the first tracking issue. */
function firstIssue(sections: readonly DocumentStatus[]): number | null {
  const numbers = sections.flatMap(({ items }) => items.flatMap((item) => item.issue?.number ?? []));
  return numbers.length > 0 ? Math.min(...numbers) : null;
}
