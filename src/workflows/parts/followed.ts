/**
 * The push of a merge brings no second reading where the merge was followed through: what a sweep would find of it is recorded then, and a
 * push that tells of nothing else comes to nothing. So does one of Markdown that is no postmortem.
 */
import type { ChangedFile, PullFacts } from "../../github/port.js";
import type { Push } from "../../jobs/work.js";
import { isPolicyPath, loadPolicy, POLICY_FILE } from "../../policy/load.js";
import { postmortemMatcher } from "../../policy/matching.js";
import type { Repository, TrackedDocument } from "../../tracking/types.js";
import { checkKey } from "./check-run.js";
import type { Context } from "./context.js";
import { recheckPulls } from "./recheck.js";
import { type At, type Scene, updateRepository } from "./scene.js";

/** So many files of a merge are remembered; the push of a larger one is swept. */
const MOST_PATHS = 100;

/** A merge that was followed through. */
export interface Merge {
  readonly pull: PullFacts;
  /** Every file that it changed. */
  readonly files: readonly ChangedFile[];
  /** The postmortems among them as they were read and followed, all of them. */
  readonly read: readonly TrackedDocument[];
}

/** Records that a merge was followed through, where the default branch still shows what was merged; has checks that it concerns made again. */
export async function rememberMerge(scene: Scene, merge: Merge): Promise<void> {
  const { store } = scene;
  const { pull, files } = merge;
  // A merged pull request is checked no more.
  await store.forgetComment(scene.repository.id, checkKey(pull.number));
  const paths = files.flatMap(({ path, previousPath }) => [path, ...(previousPath === null ? [] : [previousPath])]);
  const repository = (await store.repository(scene.repository.id)) ?? scene.repository;
  if (pull.mergeCommit === null || paths.length > MOST_PATHS || paths.some(isPolicyPath)) return;
  const seen = await seenAfter({ ...scene, repository }, merge);
  if (seen === null) return;
  const checked = await recheckPulls({ ...scene, repository }, new Map(Object.entries(seen)));
  await updateRepository(scene, { seen, followed: { commit: pull.mergeCommit, paths }, ...checked });
}

/** The postmortems on the default branch after the merge, as a sweep would find them; null where that takes a look. */
async function seenAfter(
  { store, repository, policy, troubles }: Scene,
  { files, read }: Merge,
): Promise<Repository["seen"]> {
  if (!repository.seen || !repository.sweptUntil) return null;
  const matches = postmortemMatcher(policy);
  const blobs = new Map(read.map(({ path, blob }) => [path, blob]));
  const failing = new Set(
    [...troubles.values()].flatMap(({ piece }) => (piece.kind === "document" ? [piece.path] : [])),
  );
  const seen = { ...repository.seen };
  for (const { path, previousPath, change, blob } of files) {
    if (previousPath !== null) delete seen[previousPath];
    if (change === "removed") delete seen[path];
    else if (failing.has(path)) return null;
    else if (!matches(path)) {
      if (await store.documentAt(repository.id, path)) return null;
    }
    // What could not be read, as in a repository that was just taken away, a sweep is to look for.
    else if (blob === null || blobs.get(path) !== blob) return null;
    else seen[path] = blob;
  }
  return seen;
}

/** Whether a sweep for this push would find nothing, as the store knows without asking GitHub. */
export async function isKnownPush({ store, abreast }: Context, { repositoryId: id }: At, push: Push): Promise<boolean> {
  const repository = await store.repository(id);
  if (!repository?.seen || !repository.sweptUntil || !repository.rebuiltAt || repository.obstacle) return false;
  if (repository.lostAt || repository.policyOrigin === null || abreast?.get(id) !== Number.POSITIVE_INFINITY)
    return false;
  const { followed } = repository;
  if (followed?.commit === push.head && push.paths.every((path) => followed.paths.includes(path))) return true;
  const matches = postmortemMatcher(loadPolicy(repository.policyText).policy);
  for (const path of push.paths)
    if (matches(path) || POLICY_FILE.test(path) || (await store.documentAt(id, path))) return false;
  return true;
}
