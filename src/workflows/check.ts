/**
 * The check run of an open pull request: reads its postmortems at its head, foresees what the merge would do, and reports
 * it. Everything but the report is only read, so this runs beside whatever else is done in the repository.
 *
 * A pull request without Markdown costs one request and gets nothing.
 */
import { Retryable } from "../errors.js";
import { Refused } from "../github/errors.js";
import type { ChangedFile, PullFacts } from "../github/port.js";
import { MARKDOWN_FILE, OPT_OUT_LABEL, postmortemMatcher } from "../policy/matching.js";
import { type CheckReport, type CheckSection, renderCheck, renderOptOut } from "../render/check.js";
import { foresee } from "../tracking/forecast.js";
import { linkedIssue } from "./adoption.js";
import { keepCheckRun } from "./check-run.js";
import type { Context } from "./context.js";
import { holdMany, holdOld, type LoadedDocument, readDocument, recognise, whoCanBeAssigned } from "./document.js";
import type { Assignable } from "./observe.js";
import { attempt, forget } from "./piece.js";
import { type Approach, type At, approach, nullIfLost, observe, type Scene } from "./scene.js";

interface Asked extends At {
  readonly number: number;
  /** A person asked for it anew, so GitHub waits to be told of an end even where nothing changed. */
  readonly again: boolean;
}

/** Reports on the pull request as it is now, at its newest commit; nothing where it is closed or changes no postmortem. */
export async function checkPull(context: Context, at: Asked): Promise<void> {
  const found = await approach(context, at);
  const changed = found ? await changedMarkdown(at.number, found) : [];
  if (!found || changed.length === 0) return;
  const scene = await observe(context, at, found);
  if (!scene?.policy.enabled) return;
  const matches = postmortemMatcher(scene.policy);
  const files = changed.filter(({ path, previousPath }) => matches(path) || (previousPath && matches(previousPath)));
  if (files.length === 0) return;
  const piece = { kind: "check", number: at.number } as const;
  const pull = await scene.github.pull(at.number);
  if (!pull?.open || pull.base !== scene.repository.defaultBranch) return forget(scene, piece);
  await attempt(scene, piece, async () => {
    const report = pull.labels.includes(OPT_OUT_LABEL) ? renderOptOut() : await reportOn(scene, pull, files);
    if (report) await keepCheckRun(scene, pull, report, at.again);
  });
}

/**
 * The Markdown a pull request changes (of more than 3,000 files, GitHub tells the first). Most change none, so this is asked
 * before anything else, by the name the repository was last known by.
 */
async function changedMarkdown(number: number, { known, github }: Approach): Promise<ChangedFile[]> {
  try {
    const files = await github.pullFiles({ number, mergeCommit: null });
    return files.filter(({ path, previousPath }) => MARKDOWN_FILE.test(path) || MARKDOWN_FILE.test(previousPath ?? ""));
  } catch (error) {
    if (error instanceof Refused && error.status === 404) return [];
    return nullIfLost(known, error) ?? [];
  }
}

async function reportOn(scene: Scene, pull: PullFacts, files: readonly ChangedFile[]): Promise<CheckReport | null> {
  const { repository, loaded, links } = scene;
  if (!repository.rebuiltAt && !repository.obstacle) await wantProjection(scene);
  const sections = await sectionsOf(scene, pull, files);
  if (sections.length === 0) return null;
  return renderCheck({
    sections,
    policyProblems: loaded.problems,
    obstacle: repository.obstacle,
    links,
    head: pull.head,
    repository: `${repository.owner}/${repository.name}`,
  });
}

/** What is tracked already must be known, or all of it would seem new. It is built in the repository's own lane. */
async function wantProjection({ store, repository, now }: Scene): Promise<never> {
  await store.want({ kind: "sweep", installationId: repository.installationId, repositoryId: repository.id }, now());
  throw new Retryable("What is tracked in the repository is not read yet");
}

async function sectionsOf(scene: Scene, pull: PullFacts, files: readonly ChangedFile[]): Promise<CheckSection[]> {
  const sections: CheckSection[] = [];
  const loaded: LoadedDocument[] = [];
  for (const { path, previousPath, change } of files) {
    if (change === "removed") {
      sections.push(...(await removed(scene, path)));
      continue;
    }
    // Judged by today's date: a due date that is past before the merge is a slip of the pen.
    const read = await readDocument(scene, path, pull.head, scene.today);
    if (!read) continue;
    if (!read.postmortem.followThrough) {
      sections.push({ kind: "leave-alone", path });
      continue;
    }
    const origin = { home: pull.number, author: pull.author, commit: pull.head, previousPath };
    loaded.push(holdOld(await recognise(scene, read, origin), change, scene));
  }
  const postmortems = loaded.map(({ postmortem }) => postmortem);
  const assignable = await whoCanBeAssigned(scene, postmortems);
  const followed: CheckSection[] = [];
  for (const document of holdMany(loaded, scene)) followed.push(await foreseen(scene, document, assignable));
  return [...followed, ...sections];
}

async function foreseen(
  scene: Scene,
  { document, postmortem, tracked }: LoadedDocument,
  assignable: Assignable,
): Promise<CheckSection> {
  const { policy, today } = scene;
  const forecast = foresee({ document, postmortem, tracked, policy, assignable, today });
  const adopts = new Map<string, number>();
  for (const { item } of forecast.fresh) {
    const linked = await linkedIssue(scene, item);
    if (linked) adopts.set(item.id, linked.number);
  }
  return { kind: "follow", document, forecast, adopts };
}

/** A document that the pull request deletes, if it is tracked. */
async function removed({ store, repository }: Scene, path: string): Promise<CheckSection[]> {
  const document = await store.documentAt(repository.id, path);
  if (!document || document.removedOn) return [];
  const openIssues = (await store.itemsOf(repository.id, document.id)).filter((item) => item.issue?.open).length;
  return [{ kind: "remove", document, openIssues }];
}
