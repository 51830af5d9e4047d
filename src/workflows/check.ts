/**
 * The check run of an open pull request: reads its postmortems and the policy file at its head, foresees what the merge would do, and
 * reports it. Everything but the report is only read, so this runs beside whatever else is done in the repository.
 *
 * A pull request with neither Markdown nor the policy costs one request and gets nothing, unless the policy wants every one answered.
 */
import { Retryable } from "../errors.js";
import { Refused } from "../github/errors.js";
import { type ChangedFile, ORGANISATION_REPOSITORY, type PullFacts } from "../github/port.js";
import { besideAnother, isPolicyPath, loadPolicy, loadPolicyFile } from "../policy/load.js";
import { MARKDOWN_FILE, OPT_OUT_LABEL, postmortemMatcher } from "../policy/matching.js";
import type { Policy } from "../policy/schema.js";
import {
  type CheckReport,
  type CheckSection,
  type FollowSection,
  renderCheck,
  renderNoPostmortem,
  renderOptOut,
} from "../render/check.js";
import type { Original } from "../render/parts.js";
import { foresee } from "../tracking/forecast.js";
import type { Repository, TrackedDocument } from "../tracking/types.js";
import { keepCheckRun } from "./parts/check-run.js";
import type { Context } from "./parts/context.js";
import { copiesOf } from "./parts/copies.js";
import { holdMany, holdOld, readDocument } from "./parts/document.js";
import { type Approach, approach, LookAtPull, nullIfLost, viewScene } from "./parts/load-scene.js";
import type { Found, LoadedDocument } from "./parts/loaded-document.js";
import { type Asking, linkedNumber, lookUp } from "./parts/look-up.js";
import { attempt, forget } from "./parts/piece.js";
import { ownPolicy } from "./parts/policy.js";
import { recognise } from "./parts/recognise.js";
import { relatedTo } from "./parts/related.js";
import { roomFor, waitForRoom } from "./parts/room.js";
import type { At, Scene } from "./parts/scene.js";
import { similarTo } from "./parts/similar.js";

interface Asked extends At {
  readonly number: number;
  /** A person asked for it again, so GitHub waits to be told of an end even where nothing changed. */
  readonly rerun: boolean;
  /** It was into another branch than the default one when this was asked for. */
  readonly elsewhere?: true;
}

/** Reports on the pull request as it is now, at its newest commit; nothing where it is closed, or there is nothing to say. */
export async function checkPull(context: Context, at: Asked): Promise<void> {
  waitForRoom(context, at.installationId);
  const found = await approach(context, at);
  if (!found || (at.elsewhere && !mayAnswerAll(found.known))) return;
  const changed = await changedFiles(at.number, found);
  if (changed.length === 0 && !mayAnswerAll(found.known)) return;
  const looked = new LookAtPull(at.number, true);
  const scene = await viewScene(context, at, found, looked);
  if (!scene?.policy.enabled) return;
  const files = filesOf(changed, scene.policy);
  const isAnswered = scene.policy.check.when === "always";
  if (files.postmortems.length + files.policy.length === 0 && !isAnswered) return;
  const piece = { kind: "check", number: at.number } as const;
  const { pull } = looked;
  const isElsewhere = pull?.base !== scene.repository.defaultBranch;
  if (!pull?.open || (isElsewhere && !isAnswered)) return forget(scene, piece);
  const room = roomFor(scene);
  const asking = { certain: at.rerun, mayAsk: room.isLeft };
  const said = await attempt(scene, piece, async () => {
    const told = (isElsewhere ? null : await reportOn(scene, pull, files, asking)) ?? (isAnswered ? NOTHING : null);
    if (told) await keepCheckRun(scene, pull, told.report, at.rerun);
    return told;
  });
  // What was learnt is kept, so then it goes on from here.
  const waitMs = room.renewedInMs;
  if (said.done && said.value?.isPostponed && waitMs !== null)
    throw new Retryable("GitHub's limits leave no room to look up more", { waitMs, blameless: true });
}

/** Whether the policy, as it was last read, has every pull request answered, or was never read. */
export const mayAnswerAll = ({ policyOrigin, policyText }: Repository): boolean =>
  policyOrigin === null || loadPolicy(policyText).policy.check.when === "always";

interface Said {
  readonly report: CheckReport;
  /** Whether there is more to be said once there is room in GitHub's limits. */
  readonly isPostponed: boolean;
}

const OPTED_OUT: Said = { report: renderOptOut(), isPostponed: false };
const NOTHING: Said = { report: renderNoPostmortem(), isPostponed: false };

/** What of a pull request's files is looked at. */
interface Files {
  readonly postmortems: readonly ChangedFile[];
  readonly policy: readonly ChangedFile[];
}

function filesOf(changed: readonly ChangedFile[], policy: Policy): Files {
  const matches = postmortemMatcher(policy);
  return { postmortems: changed.filter(stoodOrStands(matches)), policy: changed.filter(stoodOrStands(isPolicyPath)) };
}

const stoodOrStands =
  (matches: (path: string) => boolean) =>
  ({ path, previousPath }: ChangedFile): boolean =>
    matches(path) || (previousPath !== null && matches(previousPath));

/**
 * The Markdown and policy files a pull request changes (of more than 3,000 files, GitHub tells the first). Most change none, so this is
 * asked before anything else, by the name the repository was last known by.
 */
async function changedFiles(number: number, { known, github }: Approach): Promise<ChangedFile[]> {
  try {
    const mayMatter = (path: string) => MARKDOWN_FILE.test(path) || isPolicyPath(path);
    const files = await github.pullFiles({ number, mergeCommit: null }, mayMatter);
    return files.filter(stoodOrStands(mayMatter));
  } catch (error) {
    if (error instanceof Refused && error.status === 404) return [];
    return nullIfLost(known, error) ?? [];
  }
}

/** The report on what the pull request changes; null where there is nothing to say. */
async function reportOn(scene: Scene, pull: PullFacts, files: Files, asking: Asking): Promise<Said | null> {
  const { repository, loaded, links, policy } = scene;
  const isOptedOut = pull.labels.includes(OPT_OUT_LABEL);
  if (isOptedOut && files.policy.length === 0) return files.postmortems.length > 0 ? OPTED_OUT : null;
  const postmortems = isOptedOut ? [] : files.postmortems;
  if (postmortems.length > 0 && !repository.rebuiltAt && !repository.obstacle) await wantProjection(scene);
  const { sections, unread } = await sectionsOf(scene, pull, postmortems, asking);
  const all = [...(await policySection(scene, pull, files.policy)), ...sections];
  if (all.length === 0) return null;
  const report = renderCheck({
    sections: all,
    policyProblems: loaded.problems,
    onProblems: policy.check.on_problems,
    obstacle: repository.obstacle,
    links,
    unread,
    head: pull.head,
  });
  return { report, isPostponed: sections.some((section) => section.kind === "follow" && section.postponed > 0) };
}

/** The policy file as it stands in the pull request, where that changes it. */
async function policySection(
  { github, repository, loaded }: Scene,
  pull: PullFacts,
  [changed]: readonly ChangedFile[],
): Promise<CheckSection[]> {
  if (!changed) return [];
  const { place, file } = await ownPolicy(github, pull.head);
  const problems = place === null ? null : besideAnother(loadPolicyFile(file, loaded.text), place).problems;
  const isOrganisations = repository.name.toLowerCase() === ORGANISATION_REPOSITORY;
  const organisation = isOrganisations ? repository.owner : null;
  return [{ kind: "policy", path: place?.path ?? changed.path, problems, organisation }];
}

/** What is tracked already must be known, or all of it would seem new. It is built in the repository's own lane. */
async function wantProjection({ store, repository, wall }: Scene): Promise<never> {
  const { id, installationId } = repository;
  await store.enqueue({ kind: "sweep", installationId, repositoryId: id }, wall(), { gently: true });
  throw new Retryable("What is tracked in the repository is not read yet");
}

/** Documents that one check reads; a pull request that changes more is told of these. */
const MOST_DOCUMENTS = 100;

async function sectionsOf(
  scene: Scene,
  pull: PullFacts,
  files: readonly ChangedFile[],
  asking: Asking,
): Promise<{ sections: CheckSection[]; unread: number }> {
  const sections: CheckSection[] = [];
  const found: Found[] = [];
  const changes = new Map(files.map(({ path, change }) => [path, change]));
  const going = new Set(files.filter(({ change }) => change === "removed").map(({ path }) => path));
  const paths = { has: (path: string) => !going.has(path) };
  let [read, unread] = [0, 0];
  for (const { path, previousPath, change, blob } of files) {
    if (change === "removed") continue;
    if (read === MOST_DOCUMENTS || (read > 0 && !asking.mayAsk())) {
      unread++;
      continue;
    }
    read++;
    // Judged by today's date: a due date that is past before the merge is a slip of the pen.
    const document = await readDocument(scene, path, pull.head, scene.today);
    // A link to a file shows that file, which is followed where it stands.
    if (!document || (blob !== null && document.blob !== blob)) continue;
    const { optOut } = document.postmortem;
    if (optOut !== undefined) {
      sections.push({ kind: "leave-alone", path, by: optOut });
      continue;
    }
    const origin = { home: pull.number, author: pull.author, commit: pull.head, previousPath, paths };
    found.push({ read: document, origin });
  }
  // What goes may go on in a copy of it that this changes nothing of.
  for (const { path, home, author } of await copiesOf(scene, await standingAt(scene, going))) {
    const document = changes.has(path) ? null : await readDocument(scene, path, pull.head, scene.today);
    const origin = { home, author, commit: pull.head, previousPath: null, paths };
    if (document && document.postmortem.optOut === undefined) found.push({ read: document, origin });
  }
  const loaded = (await recognise(scene, found)).map((one) =>
    holdOld(one, changes.get(one.document.path) ?? "edited", scene),
  );
  const goingOn = new Set(loaded.map(({ document }) => document.id));
  for (const path of going) {
    const gone = await removed(scene, path);
    sections.push(...gone.filter((section) => section.kind !== "remove" || !goingOn.has(section.document.id)));
  }
  const followed: CheckSection[] = [];
  for (const one of holdMany(loaded, scene)) {
    const original = await originalOf(scene, one, loaded);
    followed.push({ ...(await foreseen(scene, one, asking)), ...(original && { original }) });
  }
  return { sections: [...followed, ...sections], unread };
}

/** The tracked documents that stand at these paths. */
async function standingAt({ store, repository }: Scene, paths: Iterable<string>): Promise<TrackedDocument[]> {
  const documents: TrackedDocument[] = [];
  for (const path of paths) {
    const document = await store.documentAt(repository.id, path);
    if (document) documents.push(document);
  }
  return documents;
}

/** What a document is a copy of, which this pull request may bring as well; null where it is none. */
async function originalOf(
  { store, repository, links }: Scene,
  { document: { copyOf, commit } }: LoadedDocument,
  loaded: readonly LoadedDocument[],
): Promise<Original | null> {
  if (!copyOf) return null;
  const brought = loaded.find(({ document }) => document.id === copyOf)?.document;
  if (brought) return { path: brought.path, url: links.permalink({ commit, path: brought.path }) };
  const stored = await store.document(repository.id, copyOf);
  return stored && { path: stored.path, url: links.document(stored) };
}

async function foreseen(scene: Scene, loaded: LoadedDocument, asking: Asking): Promise<FollowSection> {
  const { policy, today } = scene;
  const { document, postmortem, tracked, doubts } = loaded;
  const { assignable, unassignable, unasked, issues, leftOut, postponed } = await lookUp(scene, loaded, asking, {
    issues: true,
  });
  const forecast = foresee({
    document,
    postmortem,
    tracked,
    ...(doubts && { doubts }),
    policy,
    assignable: new Set([...assignable, ...unasked]),
    unassignable,
    unasked,
    today,
  });
  const adopts = new Map<string, number>();
  for (const { item } of forecast.fresh) {
    const number = linkedNumber(scene, document, item.base);
    if (number !== null && issues.has(number)) adopts.set(item.id, number);
  }
  const titles = postmortem.items.filter(({ done }) => !done).map(({ title }) => title);
  const isCopy = document.held === "copy";
  const like = isCopy ? [] : await similarTo(scene, loaded);
  const related = await relatedTo(scene, document, { items: tracked, titles }, like);
  const { form } = postmortem;
  return { kind: "follow", document, forecast, ...(form && { form }), adopts, leftOut, postponed, related };
}

/** A document that the pull request deletes, if it is tracked. */
async function removed({ store, repository }: Scene, path: string): Promise<CheckSection[]> {
  const document = await store.documentAt(repository.id, path);
  if (!document || document.removedOn) return [];
  const openIssues = (await store.itemsOf(repository.id, document.id)).filter((item) => item.issue?.open).length;
  return [{ kind: "remove", document, openIssues }];
}
