/**
 * `follow-through sync`: reconciles documents that somebody names, whatever the guards say: being asked is what they wait
 * for. Old pull requests are commented on only where that is asked for too; a document without a home has its tracking
 * issues only.
 */
import type { PlainDate } from "../calendar.js";
import { postmortemMatcher, postmortemsAmong } from "../policy/matching.js";
import { wantsIssue } from "../tracking/decide.js";
import { followDocument, loadDocuments, newItems, recordRead, type Wanted } from "./parts/document.js";
import type { LoadedDocument, Origin } from "./parts/loaded-document.js";
import { attempt, forget } from "./parts/piece.js";
import type { Scene } from "./parts/scene.js";
import { refreshStatus } from "./parts/status.js";
import { introducedBy } from "./pull.js";

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

export interface SyncOptions {
  /** The documents to reconcile; none: all there are. */
  readonly paths?: readonly string[];
  /** Only of incidents on or after this day. */
  readonly since?: PlainDate | undefined;
  /** Whether a document whose pull request is known by its history only gets its status comment there. */
  readonly comment?: boolean | undefined;
}

/**
 * Finds out what a sync would do, and writes nothing. A run that was broken off goes on from where it stopped, since what is
 * done is not planned again.
 */
export async function planSync(scene: Scene, { paths = [], since, comment = false }: SyncOptions): Promise<SyncPlan> {
  const { github, repository, policy } = scene;
  const head = await github.head(repository.defaultBranch);
  const matches = postmortemMatcher(policy);
  // Those that are tracked count as there wherever they stand, whatever the policy says by now.
  const tracked = await scene.store.documentsOf(repository.id);
  const named = new Set([...paths, ...tracked.map(({ path }) => path)]);
  const files = head ? await github.files(head, (path) => named.has(path) || matches(path)) : new Map<string, string>();
  const asked = paths.length > 0 ? paths : Object.keys(postmortemsAmong(files, policy)).sort();
  const wanted: Wanted[] = [];
  for (const path of asked) {
    const blob = files.get(path);
    if (!head || blob === undefined) continue;
    const piece = { kind: "document", path } as const;
    const found = await attempt(scene, piece, () => originOf(scene, path, head, comment, files), { isLast: false });
    if (!found.done) continue;
    const origin = found.value;
    if (await isSettled(scene, path, blob, origin, paths.length > 0)) {
      await forget(scene, piece);
      continue;
    }
    wanted.push({ scene, path, origin });
  }
  const origins = new Map(wanted.map(({ path, origin }) => [path, origin]));
  const documents = (await loadDocuments(scene, wanted)).flatMap((loaded) => {
    const { date } = loaded.postmortem.incident;
    if (since && date && date < since) return [];
    const { home, author } = (loaded.document.home === null && origins.get(loaded.document.path)) || loaded.document;
    const { copyOf, ...document } = loaded.document;
    // A copy is opened where it is asked for by its name.
    const isCopy = document.held === "copy" && copyOf !== undefined && paths.length === 0;
    const held = isCopy ? { held: "copy" as const, copyOf } : { held: null };
    return [{ ...loaded, document: { ...document, ...held, home, author } }];
  });
  return {
    documents,
    total: asked.filter((path) => files.has(path)).length,
    missing: asked.filter((path) => !files.has(path)),
    issues: documents.reduce((sum, document) => sum + newItems(document), 0),
  };
}

/** Where a document that has no home yet belongs: the pull request that introduced it, where comments on old ones are asked for. */
async function originOf(
  scene: Scene,
  path: string,
  commit: string,
  comment: boolean,
  paths: NonNullable<Origin["paths"]>,
): Promise<Origin> {
  const home = comment ? await introducedBy(scene, path) : null;
  const author = home === null ? null : ((await scene.github.pull(home))?.author ?? null);
  return { home, author, commit, previousPath: null, paths };
}

/** Whether the document was read as it is now, and it and every item of it have what they should have. */
async function isSettled(
  { store, repository }: Scene,
  path: string,
  blob: string,
  origin: Origin,
  isNamed: boolean,
): Promise<boolean> {
  const document = await store.documentAt(repository.id, path);
  const isHeld = document?.held && (isNamed || document.held !== "copy");
  if (document?.blob !== blob || isHeld || (document.home ?? origin.home) !== document.home) return false;
  return !(await store.itemsOf(repository.id, document.id)).some((item) => wantsIssue(item, document));
}

/** Reconciles one planned document. */
export async function syncOne(scene: Scene, loaded: LoadedDocument): Promise<void> {
  const complete = await followDocument(scene, loaded);
  if (loaded.document.home) await refreshStatus(scene, loaded.document.home);
  if (complete) await recordRead(scene, [loaded.document]);
}
