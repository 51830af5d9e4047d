/**
 * A merged pull request: follows every postmortem it added or changed, then brings the status comments up to date.
 *
 * A document that this pull request introduced has its home here. One that lives elsewhere keeps its status comment there,
 * and this pull request gets one linking line.
 */
import { AuthorProblem } from "../errors.js";
import type { ChangedFile, PullFacts } from "../github/port.js";
import { isPolicyPath } from "../policy/load.js";
import { OPT_OUT_LABEL, postmortemMatcher } from "../policy/matching.js";
import { linkingLines } from "../render/linking.js";
import { marker, markerKey } from "../render/marker.js";
import type { TrackedDocument } from "../tracking/types.js";
import type { Context } from "./parts/context.js";
import { copiesOf } from "./parts/copies.js";
import { followDocument, holdMany, holdOld, loadDocuments, recordRead } from "./parts/document.js";
import { rememberMerge } from "./parts/followed.js";
import { loadPull } from "./parts/load-scene.js";
import type { LoadedDocument } from "./parts/loaded-document.js";
import { keepComment } from "./parts/once.js";
import { attempt } from "./parts/piece.js";
import { seeRemoved, tellRemoved } from "./parts/removed.js";
import { type At, type Scene, updateRepository } from "./parts/scene.js";
import { refreshStatus } from "./parts/status.js";

export async function followPull(
  context: Context,
  at: At & { readonly number: number },
  remembers = true,
): Promise<void> {
  const loaded = await loadPull(context, at, remembers);
  if (!loaded) return;
  const { scene, pull } = loaded;
  if (!pull?.merged || pull.base !== scene.repository.defaultBranch || pull.labels.includes(OPT_OUT_LABEL)) return;
  const matches = postmortemMatcher(scene.policy);
  const changed = await scene.github.pullFiles(pull, matches);
  const files = changed.filter(
    (file) => matches(file.path) || (file.previousPath !== null && matches(file.previousPath)),
  );
  // What it makes of the policy holds for its own postmortems.
  if (remembers && changed.some(({ path, previousPath }) => isPolicyPath(path) || isPolicyPath(previousPath ?? "")))
    return followPull(context, at, false);
  if (files.length === 0) return;
  if (scene.repository.obstacle) return tellObstacle(scene, pull);
  try {
    const read = await followFiles(scene, pull, files);
    if (read) await rememberMerge(scene, { pull, files: changed, read });
  } catch (error) {
    if (!(error instanceof AuthorProblem)) throw error;
    await tellObstacle(
      { ...scene, repository: await updateRepository(scene, { obstacle: `${error.message} ${error.fix}` }) },
      pull,
    );
  }
}

/** Returns the documents as they were read; null where not all of it could be done. */
async function followFiles(
  scene: Scene,
  pull: PullFacts,
  files: readonly ChangedFile[],
): Promise<readonly TrackedDocument[] | null> {
  const homes = new Set<number>();
  const elsewhere: TrackedDocument[] = [];
  const removed: TrackedDocument[] = [];
  // What goes comes first: it may go on in what appears.
  for (const { path } of files.filter(({ change }) => change === "removed")) {
    const document = await seeRemoved(scene, path);
    if (document) removed.push(document);
  }
  const loaded = await loadChanged(scene, pull, files, await copiesOf(scene, removed));
  const complete: TrackedDocument[] = [];
  for (const document of holdMany(loaded, scene)) {
    const { home } = document.document;
    if (document.insteadOf?.home) homes.add(document.insteadOf.home);
    if (await followDocument(scene, document)) complete.push(document.document);
    if (home === pull.number || home === null) homes.add(pull.number);
    else {
      homes.add(home);
      elsewhere.push(document.document);
    }
  }
  for (const home of await tellRemoved(scene)) homes.add(home);
  for (const { id } of removed) {
    const document = await scene.store.document(scene.repository.id, id);
    if (document?.removedOn) elsewhere.push(document);
  }
  // What is wrong with the policy is told where its author looks.
  if (scene.loaded.problems.length > 0) homes.add(pull.number);
  for (const home of homes) await refreshStatus(scene, home, home === pull.number ? knownComments(pull) : undefined);
  // It may have been asked for before the merge.
  if (loaded.length > 0 && (await isHeldAt(scene, pull.number))) await wantCommands(scene, pull.number);
  if (elsewhere.length > 0 && !pull.locked) await linkToHomes(scene, pull, elsewhere);
  await recordRead(scene, complete);
  return complete.length === loaded.length ? complete : null;
}

/** Where nothing was ever said on it, no comment of the App's need be looked for. */
const knownComments = ({ comments }: PullFacts) => (comments === 0 ? [] : undefined);

async function isHeldAt({ store, repository }: Scene, pull: number): Promise<boolean> {
  return (await store.documentsAtHome(repository.id, pull)).some(({ held }) => held !== null);
}

async function wantCommands({ store, repository, wall }: Scene, number: number): Promise<void> {
  const { installationId, id: repositoryId } = repository;
  await store.enqueue({ kind: "pull-commands", installationId, repositoryId, number }, wall());
}

/** `copies`: those of postmortems that the pull request removed, which it did not change. */
async function loadChanged(
  scene: Scene,
  pull: PullFacts,
  files: readonly ChangedFile[],
  copies: readonly TrackedDocument[],
): Promise<LoadedDocument[]> {
  const changed = new Map(files.filter(({ change }) => change !== "removed").map((file) => [file.path, file]));
  const commit = pull.mergeCommit ?? scene.repository.defaultBranch;
  const wanted = [...changed.values()].map((file) => ({
    scene,
    path: file.path,
    origin: { home: pull.number, author: pull.author, commit, previousPath: file.previousPath },
    accepts: async (blob: string) => !(await isLink(scene, pull, file, blob)),
  }));
  const unchanged = copies
    .filter(({ path }) => !changed.has(path))
    .map(({ path, home, author }) => ({ scene, path, origin: { home, author, commit, previousPath: null } }));
  const loaded = await loadDocuments(scene, [...wanted, ...unchanged]);
  return loaded.map((one) => holdOld(one, changed.get(one.document.path)?.change ?? "edited", scene));
}

/**
 * Whether a link was merged that leads to a file: that one is followed where it stands, and its items are not followed twice.
 * `blob`: what the default branch shows at the path, which may just have changed since the merge.
 */
async function isLink({ github }: Scene, pull: PullFacts, file: ChangedFile, blob: string | null): Promise<boolean> {
  if (file.blob === null || blob === file.blob) return false;
  const merged = await github.file(file.path, pull.head);
  return merged.kind === "file" && merged.blob !== file.blob;
}

/** The number of the merged pull request that introduced the document; null where it was pushed directly. */
export async function introducedBy({ github, repository }: Scene, path: string): Promise<number | null> {
  const commit = await github.firstCommitOf(path, repository.defaultBranch);
  return commit === null ? null : github.mergedPullOf(commit, repository.defaultBranch);
}

/** One comment on a pull request that edited documents whose status comment stands elsewhere, or removed some. */
async function linkToHomes(scene: Scene, pull: PullFacts, documents: readonly TrackedDocument[]): Promise<void> {
  const body = `${linkingLines(documents, scene.links)}\n\n${marker("link", { key: `link:${pull.number}` })}`;
  await attempt(scene, { kind: "link", number: pull.number }, () =>
    keepComment(scene, {
      key: `link:${pull.number}`,
      number: pull.number,
      body,
      isThis: (text) => markerKey(text, "link") !== null,
      listed: knownComments(pull),
    }),
  );
}

/** What stands in the way is said once, where the author looks; where even that is refused, in the log. */
async function tellObstacle(scene: Scene, pull: PullFacts): Promise<void> {
  scene.log.warn({ repository: scene.repository.id, pull: pull.number }, "repository cannot be worked in");
  try {
    await refreshStatus(scene, pull.number);
  } catch (error) {
    if (!(error instanceof AuthorProblem)) throw error;
  }
}
