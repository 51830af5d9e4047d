/** What a digest is made of. */
import { addDays, type PlainDate, weekday } from "../../calendar.js";
import type { DigestInput } from "../../render/digest.js";
import type { Tables } from "../../store/types.js";
import { historyFrom } from "../../tracking/digest.js";
import { lateReviews } from "./reviews.js";
import type { Scene } from "./scene.js";

/** What is told of a repository on a day. */
export async function digestInput(scene: Scene): Promise<DigestInput> {
  const { store, repository, today, links, policy } = scene;
  const stored = await storedInput(store, repository.id, { policy, today, links });
  return { ...stored, reviews: await lateReviews(scene) };
}

/** The same as far as the database knows it: all but the pull requests that stay open. */
export async function storedInput(
  store: Tables,
  repositoryId: number,
  { policy, today, links }: Pick<Scene, "policy" | "today" | "links">,
): Promise<DigestInput> {
  const documents = await store.documentsOf(repositoryId);
  const gone = new Set(documents.filter(({ removedOn }) => removedOn !== null).map(({ id }) => id));
  const open = await store.openItems(repositoryId);
  return {
    open: open.filter(({ documentId }) => !gone.has(documentId)),
    waiting: open.filter(({ documentId }) => gone.has(documentId)),
    closed: await store.itemsClosedSince(repositoryId, historyFrom(today)),
    documents: new Map(documents.map((document) => [document.id, document])),
    policy,
    today,
    links,
    label: policy.labels[0] ?? "action-item",
  };
}

/** The week a day is in, by its Monday (ISO 8601 weeks begin on Monday): `2024-11-18`. */
export function weekOf(today: PlainDate): PlainDate {
  return addDays(today, -((weekday(today) + 6) % 7));
}
