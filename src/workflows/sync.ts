/**
 * `follow-through sync`: reconciles documents that somebody names, whatever the guards say: being asked is what they wait
 * for. Old pull requests are not commented on; a document without a home has its tracking issues only.
 */
import { postmortemMatcher } from "../policy/matching.js";
import { wantsIssue } from "../tracking/decide.js";
import type { Context } from "./context.js";
import { followDocument, type LoadedDocument, loadDocument, newItems } from "./document.js";
import { type At, type Scene, setScene } from "./scene.js";
import { refreshStatus } from "./status.js";

/** Reconciles one document, as part of the service's work. */
export async function syncDocument(context: Context, at: At & { readonly path: string }): Promise<void> {
  const scene = await setScene(context, at);
  if (!scene || scene.repository.obstacle) return;
  const { documents } = await planSync(scene, [at.path], null);
  for (const document of documents) await syncOne(scene, document);
}

export interface SyncPlan {
  /** What there is to do, oldest path first; a document that is as it should be is not among them. */
  readonly documents: readonly LoadedDocument[];
  /** How many postmortems there are in all. */
  readonly total: number;
  /** Named paths at which there is none. */
  readonly missing: readonly string[];
  /** How many issues would be opened. */
  readonly issues: number;
}

/**
 * Finds out what a sync would do, and writes nothing: the named documents, or all there are; with `since` (a day), only of
 * incidents on or after it. A run that was broken off goes on from where it stopped, since what is done is not planned again.
 */
export async function planSync(scene: Scene, paths: readonly string[], since: string | null): Promise<SyncPlan> {
  const { github, repository, policy } = scene;
  const head = await github.head(repository.defaultBranch);
  const files = head ? await github.files(head) : new Map<string, string>();
  const matches = postmortemMatcher(policy);
  const asked = paths.length > 0 ? paths : [...files.keys()].filter(matches).sort();
  const documents: LoadedDocument[] = [];
  for (const path of asked) {
    const blob = files.get(path);
    if (!head || blob === undefined || (await isSettled(scene, path, blob))) continue;
    const loaded = await loadDocument(scene, path, { home: null, author: null, commit: head, previousPath: null });
    const date = loaded?.postmortem.incident.date;
    if (loaded && !(since && date && date < since))
      documents.push({ ...loaded, document: { ...loaded.document, held: null } });
  }
  return {
    documents,
    total: asked.filter((path) => files.has(path)).length,
    missing: asked.filter((path) => !files.has(path)),
    issues: documents.reduce((sum, document) => sum + newItems(document), 0),
  };
}

/** Whether the document was read as it is now and every item of it has what it should have. */
async function isSettled({ store, repository }: Scene, path: string, blob: string): Promise<boolean> {
  const document = await store.documentAt(repository.id, path);
  if (document?.blob !== blob || document.held) return false;
  return !(await store.itemsOf(document.id)).some((item) => wantsIssue(item, document));
}

/** Reconciles one planned document. */
export async function syncOne(scene: Scene, loaded: LoadedDocument): Promise<void> {
  await followDocument(scene, loaded);
  if (loaded.document.home) await refreshStatus(scene, loaded.document.home);
}
