/**
 * `follow-through sync`: reconciles documents that somebody names, whatever the guards say: being asked is what they wait
 * for. Old pull requests are not commented on; a document without a home has its tracking issues only.
 */
import { postmortemMatcher } from "../policy/matching.js";
import type { Context } from "./context.js";
import { followDocument, loadDocument } from "./document.js";
import { documentRemoved } from "./pull.js";
import { type At, type Scene, setScene } from "./scene.js";
import { refreshStatus } from "./status.js";

/** Reconciles one document; returns whether there was one. */
export async function syncDocument(context: Context, at: At & { readonly path: string }): Promise<void> {
  const scene = await setScene(context, at);
  if (scene && !scene.repository.obstacle) await syncPath(scene, at.path);
}

/** The paths of a repository's postmortems, at the head of its default branch. */
export async function postmortemPaths({ github, repository, policy }: Scene): Promise<string[]> {
  const head = await github.head(repository.defaultBranch);
  if (!head) return [];
  return [...(await github.files(head)).keys()].filter(postmortemMatcher(policy)).sort();
}

/** Reconciles the document at a path, on the scene; `since` (a day) leaves older incidents alone. */
export async function syncPath(scene: Scene, path: string, since: string | null = null): Promise<boolean> {
  const { github, repository } = scene;
  const commit = (await github.head(repository.defaultBranch)) ?? repository.defaultBranch;
  const loaded = await loadDocument(scene, path, { home: null, author: null, commit, previousPath: null });
  if (!loaded) {
    await documentRemoved(scene, path);
    return false;
  }
  const { date } = loaded.postmortem.incident;
  if (since && date && date < since) return false;
  await followDocument(scene, { ...loaded, document: { ...loaded.document, held: null } });
  if (loaded.document.home) await refreshStatus(scene, loaded.document.home);
  return true;
}
