/**
 * Keeps one check run true: the newest about a pull request, at the commit that is its head. What a check run said cannot be
 * taken back (annotations only add up), so a report that changed on the same commit is a new check run; GitHub shows the
 * newest. Annotations beyond the first request's are added to it, from where an earlier try stopped.
 */
import { ANNOTATIONS_PER_REQUEST, type PullFacts } from "../../github/port.js";
import { type CheckReport, checkId, pullOfCheck } from "../../render/check.js";
import type { KeptComment } from "../../tracking/types.js";
import { once } from "./once.js";
import type { Scene } from "./scene.js";

/** Under which a pull request's newest check run is kept. */
export const checkKey = (pull: number): string => `check:${pull}`;

/** A check run, and how many annotations of its report it has. */
interface Run {
  readonly id: number;
  readonly annotations: number;
}

/**
 * Makes sure the report stands, once; writes nothing where it does already. With `rerun` it is said again in any case,
 * since a person asked GitHub to run the check again and sees it wait until then.
 */
export async function keepCheckRun(
  scene: Scene,
  pull: Pick<PullFacts, "number" | "head">,
  report: CheckReport,
  rerun: boolean,
): Promise<void> {
  const { github, store, repository, log } = scene;
  const id = checkId(pull.number, report);
  const key = checkKey(pull.number);
  const total = report.annotations.length;
  const batch = (from: number): CheckReport => ({
    ...report,
    annotations: report.annotations.slice(from, from + ANNOTATIONS_PER_REQUEST),
  });
  const keep = (run: Run): KeptComment => {
    const hash = `${pull.head} ${id} ${run.annotations}`;
    return { key, repositoryId: repository.id, number: pull.number, commentId: run.id, hash };
  };
  const find = async (): Promise<Run | null> => {
    const runs = await github.checkRuns(pull.head);
    const newest = runs.findLast(({ externalId }) => pullOfCheck(externalId) === pull.number);
    return newest?.externalId === id ? newest : null;
  };
  const create = async (): Promise<Run> => {
    const first = batch(0);
    const made = await github.createCheckRun(pull.head, id, first);
    return { id: made.id, annotations: first.annotations.length };
  };

  const kept = await store.comment(repository.id, key);
  const complete = kept && { id: kept.commentId, annotations: total };
  const isKept = complete !== null && keep(complete).hash === kept?.hash;
  const known = isKept ? complete : await find();
  if (known && known.annotations >= total && rerun) await github.updateCheckRun(known.id, batch(total));
  if (isKept) return;
  const run =
    known ?? (await once(scene, { key, find, create, record: (tables, made) => tables.saveComment(keep(made)) }));
  for (let sent = run.annotations; sent < total; sent += ANNOTATIONS_PER_REQUEST) {
    await github.updateCheckRun(run.id, batch(sent));
  }
  await store.transaction(async (tables) => {
    await tables.saveComment(keep({ id: run.id, annotations: total }));
    // What was found may be what a try that was killed had made.
    await tables.finishIntent(repository.id, key);
  });
  log.info({ repository: repository.id, pull: pull.number, conclusion: report.conclusion }, "pull request checked");
}
