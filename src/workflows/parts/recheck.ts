/**
 * Open pull requests are checked again where their check may say something else now: the policy is another, or a postmortem on the default
 * branch is. Only the newest are, each in its own turn and within the room that checks have; one that says the same writes nothing.
 */
import { Refused } from "../../github/errors.js";
import type { Work } from "../../jobs/work.js";
import { postmortemsAmong } from "../../policy/matching.js";
import { fingerprint } from "../../render/marker.js";
import type { Repository } from "../../tracking/types.js";
import { checkKey } from "./check-run.js";
import { hasRoom } from "./room.js";
import type { Scene } from "./scene.js";

/** So many of the newest open pull requests. Who goes on with an older one pushes, or asks for “Re-run”. */
const MOST_CHECKED = 20;

/**
 * Enqueues the checks that may be others now; `files`: path and blob on the default branch. Returns what they go by, to be kept: what it was
 * before, where GitHub's limits leave no room, so that the next sweep does it.
 */
export async function recheckPulls(
  scene: Scene,
  files: ReadonlyMap<string, string>,
): Promise<Pick<Repository, "checkedBy">> {
  const { store, repository, policy, loaded } = scene;
  const now = {
    policy: fingerprint(JSON.stringify([policy, loaded.problems])),
    base: fingerprint(JSON.stringify(Object.entries(postmortemsAmong(files, policy)).sort())),
  };
  const { checkedBy: before } = repository;
  if (!before || (before.policy === now.policy && before.base === now.base)) return { checkedBy: now };
  if (!hasRoom(scene, repository.installationId)) return { checkedBy: before };
  const isOtherPolicy = before.policy !== now.policy;
  const checked = isOtherPolicy ? [] : await store.checkedPulls(repository.id);
  if (!isOtherPolicy && checked.length === 0) return { checkedBy: now };
  await wantChecks(scene, async (pull) => isOtherPolicy || (await isChecked(scene, pull)));
  return { checkedBy: now };
}

/** Whether a pull request has a check: another changes no postmortem. */
const isChecked = async ({ store, repository }: Scene, pull: number): Promise<boolean> =>
  (await store.comment(repository.id, checkKey(pull))) !== null;

async function wantChecks(scene: Scene, isWanted: (pull: number) => Promise<boolean>): Promise<void> {
  const { store, repository, wall } = scene;
  const { id: repositoryId, installationId, defaultBranch } = repository;
  for (const { number, base } of await newestPulls(scene)) {
    if (!(await isWanted(number))) continue;
    const check: Work = { kind: "check", installationId, repositoryId, number, rerun: false };
    await store.enqueue(base === defaultBranch ? check : { ...check, elsewhere: true }, wall(), { gently: true });
  }
}

/** None where GitHub does not list them: a check that is old stands in nobody's way. */
async function newestPulls({ github, repository, log }: Scene): Promise<{ number: number; base: string }[]> {
  try {
    return await github.openPulls(MOST_CHECKED);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    log.warn(
      { repository: repository.id, status: error.status },
      "open pull requests cannot be listed, nor checked again",
    );
    return [];
  }
}
