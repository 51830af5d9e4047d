/** What all work on one tracking issue begins with: the scene, and the item and document that the issue is of. */
import type { TrackedDocument, TrackedItem } from "../../tracking/types.js";
import type { Context } from "./context.js";
import { loadScene } from "./load-scene.js";
import type { At, Scene } from "./scene.js";

export interface LoadedIssue {
  readonly scene: Scene;
  readonly document: TrackedDocument;
  readonly item: TrackedItem;
}

/**
 * Null where nothing can be done in the repository, or the issue is not followed. Work is wanted only of issues that are, so the item is read
 * once, after the scene is loaded: that may have built the projection.
 */
export async function loadIssue(context: Context, at: At & { readonly number: number }): Promise<LoadedIssue | null> {
  const scene = await loadScene(context, at, { remembers: true });
  if (!scene || scene.repository.obstacle) return null;
  return followedIn(scene, at.number);
}

/** The item and document of an issue; null where it is not followed. */
export async function followedIn(scene: Scene, number: number): Promise<LoadedIssue | null> {
  const { store, repository } = scene;
  const item = await store.itemOfIssue(repository.id, number);
  const document = item && (await store.document(repository.id, item.documentId));
  return document ? { scene, document, item } : null;
}
