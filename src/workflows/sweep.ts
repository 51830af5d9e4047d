/**
 * Looks for what no webhook told of, cheaply: one tree of the default branch shows every document that changed, one list
 * of issues changed since the last sweep shows what people did to tracking issues. The first sweep of a repository only
 * takes in what is there (see baseline.ts).
 */
import { dateIn } from "../calendar.js";
import { Refused } from "../github/errors.js";
import type { IssueFacts } from "../github/port.js";
import type { Push } from "../jobs/work.js";
import { postmortemMatcher, postmortemsAmong } from "../policy/matching.js";
import { fingerprint } from "../render/marker.js";
import { becameOwnerless } from "../tracking/owner-deadline.js";
import { changedByTime } from "../tracking/summary.js";
import { pieceKey, type Trouble } from "../tracking/trouble.js";
import type { Closing, TrackedDocument, TrackedItem, TrackingIssue } from "../tracking/types.js";
import { renewDigest } from "./digest.js";
import { refreshAll, refreshItem } from "./issue.js";
import { tryAgain } from "./parts/again.js";
import { postmortemsAt } from "./parts/baseline.js";
import type { Context } from "./parts/context.js";
import { copiesOf } from "./parts/copies.js";
import { followDocument, loadDocuments, recordRead, type Wanted } from "./parts/document.js";
import { homesAskingOf } from "./parts/doubts.js";
import { isKnownPush } from "./parts/followed.js";
import { loadScene } from "./parts/load-scene.js";
import type { Origin } from "./parts/loaded-document.js";
import { attempt, forget, issuePiece } from "./parts/piece.js";
import { recheckPulls } from "./parts/recheck.js";
import { seeRemoved, tellRemoved } from "./parts/removed.js";
import { type At, type Scene, updateRepository } from "./parts/scene.js";
import { refreshStatus } from "./parts/status.js";
import { isAsSeen } from "./parts/sweeping.js";
import { followPull, introducedBy } from "./pull.js";
import { sweepCommands } from "./sweep-commands.js";

/** The clocks of GitHub's own machines differ a little, and lists lag: look back a little further than the last sweep. */
const OVERLAP_MS = 10 * 60_000;

/** What a sweep came upon so far. */
interface Touched {
  /** Pull requests whose status comment may change. */
  readonly homes: Set<number>;
  /** Pull requests that were followed, with every document in them. */
  readonly pulls: Set<number>;
  /** Documents that were followed. */
  readonly read: TrackedDocument[];
  /** Paths of postmortems that were not there at the last look. */
  readonly appeared: string[];
}

/** `push`: where nothing but that push wants it. `glance`: where it is wanted only if files are others than were seen. */
export async function sweep(
  context: Context,
  at: At & { readonly push?: Push; readonly glance?: true },
): Promise<void> {
  if (at.push && (await isKnownPush(context, at, at.push))) return;
  if (at.glance && (await isAsSeen(context, at))) return;
  const found = await loadScene(context, at);
  if (!found || found.repository.obstacle) return;
  const scene: Scene = { ...found, patient: !context.eager };
  const { repository, githubTime, policy, loaded } = scene;
  const startedAt = githubTime().toISOString();
  const sweptPolicy = fingerprint(JSON.stringify(loaded.policy));
  const isOtherPolicy = repository.sweptPolicy !== null && repository.sweptPolicy !== sweptPolicy;
  const touched: Touched = { homes: new Set(), pulls: new Set(), read: [], appeared: [] };
  const files = await sweepDocuments(scene, isOtherPolicy, touched);
  // Only now is it known which of those that went have appeared elsewhere.
  for (const home of await tellRemoved(scene)) touched.homes.add(home);
  if (repository.sweptUntil) await sweepIssues(scene, repository.sweptUntil, touched);
  if (repository.sweptUntil) await sweepDays(scene, repository.sweptUntil, touched);
  const elsewhere = await scene.store.duplicatesToAsk(repository.id, MOST_ASKED);
  for (const home of await refreshAll(scene, elsewhere)) touched.homes.add(home);
  for (const home of await tryAgain(scene, files)) touched.homes.add(home);
  for (const home of await homesNamingOthers(scene)) touched.homes.add(home);
  for (const home of touched.homes) await refreshStatus(scene, home);
  await recordRead(scene, touched.read);
  const checked = await recheckPulls(scene, files);
  const unseen = await stillUnseen(scene, touched.appeared);
  const seen = Object.entries(postmortemsAmong(files, policy)).filter(([path]) => !unseen.has(path));
  await renewDigest(await asStored(scene));
  await updateRepository(scene, { sweptUntil: startedAt, seen: Object.fromEntries(seen), sweptPolicy, ...checked });
  await retryRested(scene);
}

/** With the repository as what was done so far left it. */
async function asStored(scene: Scene): Promise<Scene> {
  return { ...scene, repository: (await scene.store.repository(scene.repository.id)) ?? scene.repository };
}

/** The status comments of so many postmortems are looked at for what became of the earlier ones they name. */
const MOST_NAMING = 100;

/** Of the earlier postmortems that a status comment names, items are closed elsewhere: no webhook tells this repository. */
async function homesNamingOthers({ store, repository }: Scene): Promise<number[]> {
  const homes: number[] = [];
  for (const id of await store.newestLikeOthers(repository.id, MOST_NAMING)) {
    const document = await store.document(repository.id, id);
    if (document?.home) homes.push(document.home);
  }
  return homes;
}

/** GitHub answers and the repository can be worked in: what was given up here may go well now. */
async function retryRested({ store, repository, wall, log }: Scene): Promise<void> {
  const keys = await store.work.retryRested(repository.id, wall());
  if (keys.length > 0) log.info({ repository: repository.id, keys }, "what was given up is wanted again");
}

/**
 * Follows every document whose blob is not the one last read, and all of them where the policy is another (`isOtherPolicy`); returns
 * the blobs of all postmortems, and of what is tracked, as they are now.
 */
async function sweepDocuments(
  scene: Scene,
  isOtherPolicy: boolean,
  touched: Touched,
): Promise<ReadonlyMap<string, string>> {
  const { github, repository, policy, store } = scene;
  const documents = await store.documentsOf(repository.id);
  const tracked = documents.filter((document) => document.removedOn === null);
  // Where one has gone, whatever stands there now has come since, even if the last sweep saw neither.
  const left = new Set(documents.filter(({ removedOn }) => removedOn !== null).map(({ path }) => path));
  const byPath = new Set(tracked.map((document) => document.path));
  const matches = postmortemMatcher(policy);
  const head = await github.head(repository.defaultBranch);
  const files = head
    ? await github.files(head, (path) => byPath.has(path) || matches(path))
    : new Map<string, string>();
  const now = postmortemsAmong(files, policy);
  const known = isOtherPolicy ? await knownUnderNewPolicy(scene, now) : repository.seen;
  const changed = tracked.filter(({ path, blob }) => isOtherPolicy || files.get(path) !== blob);
  const went: TrackedDocument[] = [];
  for (const { path, home } of changed) {
    const gone = files.has(path) ? null : await seeRemoved(scene, path);
    if (gone) went.push(gone);
    if (home) touched.homes.add(home);
  }
  const wanted: Wanted[] = [];
  for (const path of Object.keys(now)) {
    if (!known || (known[path] !== undefined && !left.has(path)) || byPath.has(path)) continue;
    touched.appeared.push(path);
    if (await isPushed(scene, path, touched)) wanted.push({ scene, path, origin: originAt(scene, head) });
  }
  for (const { path, commit } of changed) {
    const blob = files.get(path);
    // It may have been followed with the pull request of one that appeared.
    const current = await store.documentAt(repository.id, path);
    if (blob === undefined || (current?.blob === blob && !isOtherPolicy)) continue;
    // Where somebody changed it since it was last followed, what was refused then may be taken now.
    const same = commit === head || repository.seen?.[path] === blob;
    wanted.push({ scene: { ...scene, patient: scene.patient && same }, path, origin: originAt(scene, head) });
  }
  const asked = new Set(wanted.map(({ path }) => path));
  for (const { path } of await copiesOf(scene, went))
    if (!asked.has(path)) wanted.push({ scene, path, origin: originAt(scene, head) });
  await followAll(scene, wanted, touched);
  return files;
}

/** Old documents that only the new policy takes for postmortems did not appear, and are left alone like all old ones. */
async function knownUnderNewPolicy(
  scene: Scene,
  now: Readonly<Record<string, string>>,
): Promise<Readonly<Record<string, string>>> {
  const { seen, sweptUntil } = scene.repository;
  return { ...((sweptUntil && (await postmortemsAt(scene, sweptUntil))) || now), ...seen };
}

/** Of what nobody is known to have proposed. */
const originAt = ({ repository }: Scene, head: string | null): Origin => ({
  home: null,
  author: null,
  commit: head ?? repository.defaultBranch,
  previousPath: null,
});

/** Whether a document that appeared was pushed directly; else it is followed with the pull request that brought it, if that can be found. */
async function isPushed(scene: Scene, path: string, touched: Touched): Promise<boolean> {
  const piece = { kind: "document", path } as const;
  const found = await attempt(scene, piece, () => introducedBy(scene, path), { isLast: false });
  if (!found.done) return false;
  const pull = found.value;
  if (pull === null) return true;
  touched.homes.add(pull);
  // Another document of the same pull request may have come first, and this one with it.
  if (!touched.pulls.has(pull)) {
    touched.pulls.add(pull);
    const { installationId, id: repositoryId } = scene.repository;
    await followPull(scene, { installationId, repositoryId, number: pull });
  }
  // That found whether it can be followed, and kept it where not.
  const after = (await failingDocuments(scene)).get(path);
  if (after?.times === scene.troubles.get(pieceKey(piece))?.times) await forget(scene, piece);
  return false;
}

async function followAll(sweeping: Scene, wanted: readonly Wanted[], touched: Touched): Promise<void> {
  const scenes = new Map(wanted.map(({ path, scene }) => [path, scene]));
  for (const loaded of await loadDocuments(sweeping, wanted)) {
    const { document } = loaded;
    // Its home may be older than its place: it may go on there from elsewhere.
    if (document.home) touched.homes.add(document.home);
    if (loaded.insteadOf?.home) touched.homes.add(loaded.insteadOf.home);
    const scene = scenes.get(document.path) ?? sweeping;
    if (await followDocument(scene, loaded)) touched.read.push(document);
  }
}

/** What appeared and could not be followed at all has not been seen: the next sweeps come upon it again. */
async function stillUnseen(scene: Scene, appeared: readonly string[]): Promise<ReadonlySet<string>> {
  const { store, repository } = scene;
  const unseen = new Set<string>();
  for (const path of (await failingDocuments(scene)).keys()) {
    const isKnown = repository.seen?.[path] !== undefined || (await store.documentAt(repository.id, path)) !== null;
    if (!isKnown) unseen.add(path);
  }
  for (const path of appeared) if (await isHidden(scene, path)) unseen.add(path);
  return unseen;
}

/**
 * Whether GitHub shows a file in the tree and not by itself, as it may for a while. Asked only of what was not followed, which few are: those
 * that opted out.
 */
async function isHidden({ github, store, repository }: Scene, path: string): Promise<boolean> {
  if (await store.documentAt(repository.id, path)) return false;
  try {
    return (await github.file(path, repository.defaultBranch)).kind === "missing";
  } catch (error) {
    if (error instanceof Refused) return true;
    throw error;
  }
}

/** The documents that could not be followed so far, by path, as they are kept now: also by what ran in between. */
async function failingDocuments({ store, repository }: Scene): Promise<ReadonlyMap<string, Trouble>> {
  const troubles = await store.troubles(repository.id);
  return new Map(
    troubles.flatMap((trouble) => (trouble.piece.kind === "document" ? [[trouble.piece.path, trouble]] : [])),
  );
}

async function sweepIssues(scene: Scene, since: string, touched: Touched): Promise<void> {
  const { github, store, repository } = scene;
  const from = new Date(Date.parse(since) - OVERLAP_MS).toISOString();
  const [tracked, pulls]: [number[], number[]] = [[], []];
  for (const facts of await github.issuesSince(from)) {
    if (facts.isPull) {
      if ((await store.documentsAtHome(repository.id, facts.number)).length > 0) pulls.push(facts.number);
      continue;
    }
    for (const home of await sweepDuplicates(scene, facts)) touched.homes.add(home);
    const item = await store.itemOfIssue(repository.id, facts.number);
    if (!item?.issue) continue;
    tracked.push(facts.number);
    const same =
      facts.open === item.issue.open &&
      (facts.open || facts.closedAs === closingOnGitHub(item.issue)) &&
      facts.title === item.issue.title &&
      facts.assignees.join() === item.issue.assignees.join();
    if (same) continue;
    const document = await store.document(repository.id, item.documentId);
    if (!document) continue;
    await attempt(scene, issuePiece(item), () => refreshItem(scene, document, item));
    if (document.home) touched.homes.add(document.home);
    for (const home of await homesAskingOf(scene, document, item)) touched.homes.add(home);
  }
  // A comment changes its issue's time too, so a quiet repository's comments need not be listed.
  if (tracked.length + pulls.length > 0) await sweepCommands(scene, from, { tracked, pulls }, touched.homes);
}

/** As what GitHub has an issue closed: a duplicate may count as completed. */
const closingOnGitHub = ({ duplicateOf, closedAs }: TrackingIssue): Closing =>
  duplicateOf ? "duplicate" : (closedAs ?? "completed");

/** The duplicates of an issue that is not any more as they know it. */
async function sweepDuplicates(scene: Scene, { number, open, closedAs }: IssueFacts): Promise<number[]> {
  const duplicates = await scene.store.duplicatesOf(scene.repository.id, number);
  const isOther = ({ issue }: TrackedItem) => {
    const known = issue?.duplicateOf;
    return known?.kind === "issue" && (known.open !== open || (!open && known.closedAs !== closedAs));
  };
  return refreshAll(scene, duplicates.filter(isOther));
}

/** Of so many duplicates it is asked each time what became of the issues they go on in. */
const MOST_ASKED = 20;

/**
 * What the days since the last sweep changed with nobody doing anything, is told: a waiver or snooze that ended, a date that passed, the time for
 * finding an owner.
 */
async function sweepDays(scene: Scene, since: string, touched: Touched): Promise<void> {
  const { store, repository, policy, today } = scene;
  const last = dateIn(policy.time_zone, new Date(since));
  if (last >= today) return;
  const doubting = new Set<string>();
  for (const item of await store.openItems(repository.id)) {
    // Whether what it may be in other words stands in its own postmortem again.
    if (item.perhaps) doubting.add(item.documentId);
    const isOwnerless = becameOwnerless(item, policy, last, today);
    const changed = isOwnerless ? "ownerless" : changedByTime(item, last, today);
    const document = changed === null ? null : await store.document(repository.id, item.documentId);
    if (!document) continue;
    // Its issue does not say that it is overdue: a comment does.
    if (changed !== "overdue") await attempt(scene, issuePiece(item), () => refreshItem(scene, document, item));
    if (document.home) touched.homes.add(document.home);
  }
  for (const id of doubting) {
    const home = (await store.document(repository.id, id))?.home;
    if (home) touched.homes.add(home);
  }
  // What goes on in another issue has its own date all the same.
  for (const item of await store.duplicates(repository.id)) {
    const document = changedByTime(item, last, today) && (await store.document(repository.id, item.documentId));
    if (document?.home) touched.homes.add(document.home);
  }
}
