/**
 * The check on what a merge queue is about to merge. Its pull requests were judged before they came into the queue, so it is answered at
 * once, under the name that is required of them: an unanswered one would time out, and the queue would put its pull requests out.
 */
import { Refused } from "../github/errors.js";
import { groupCheckId, renderMergeGroup } from "../render/check.js";
import { mayAnswerAll } from "./check.js";
import { checkKey } from "./parts/check-run.js";
import type { Context } from "./parts/context.js";
import { approach, viewScene } from "./parts/load-scene.js";
import { once } from "./parts/once.js";
import type { At, Scene } from "./parts/scene.js";

interface Asked extends At {
  /** The commit to be checked. */
  readonly head: string;
  /** The last pull request in it; null where that is not known. */
  readonly pull: number | null;
  /** A person asked for it again, so GitHub waits to be told of an end. */
  readonly rerun: boolean;
}

/** Says that the pull requests were judged, once; nothing where they are not answered either. */
export async function answerMergeGroup(context: Context, at: Asked): Promise<void> {
  const { store, log } = context;
  const found = await approach(context, at);
  if (!found) return;
  const isJudged = at.pull === null || (await store.comment(at.repositoryId, checkKey(at.pull))) !== null;
  if (!isJudged && !mayAnswerAll(found.known)) return;
  const scene = await viewScene(context, at, found, { remembers: true });
  if (!scene?.policy.enabled || !(isJudged || scene.policy.check.when === "always")) return;
  try {
    await keepAnswer(scene, at);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    // The group may be gone by now. Where checks cannot be written at all, the checks of pull requests tell.
    log.info({ repository: at.repositoryId, status: error.status }, "a merge group cannot be answered");
  }
}

async function keepAnswer(scene: Scene, { head, rerun }: Asked): Promise<void> {
  const { github, store, repository } = scene;
  const report = renderMergeGroup();
  const id = groupCheckId(report);
  const key = `merge-group:${head}`;
  const find = async () => (await github.checkRuns(head)).findLast(({ externalId }) => externalId === id) ?? null;
  const there = await find();
  if (!there) {
    // Nothing is kept of it: GitHub knows, and the commit is gone in a moment.
    await once(scene, { key, find, create: () => github.createCheckRun(head, id, report), record: async () => {} });
    return;
  }
  if (rerun) await github.updateCheckRun(there.id, report);
  // It may be what a try that was killed had made.
  await store.finishIntent(repository.id, key);
}
