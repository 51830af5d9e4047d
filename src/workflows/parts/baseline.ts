/**
 * What the first sweep of a repository takes for known. Where the App was never at work before, that is all there is:
 * postmortems from before it are followed through by `sync`, when somebody asks. Where it was, and its database was lost,
 * it is what stood there a little before the App's last word: what appeared since may have been told to nobody, and GitHub
 * forgets deliveries after three days.
 */
import { Refused } from "../../github/errors.js";
import type { CommentFacts, IssueFacts } from "../../github/port.js";
import { postmortemMatcher, postmortemsAmong } from "../../policy/matching.js";
import type { Scene } from "./scene.js";

/** A merge may have been missed before the App wrote the last time. */
const LOOK_BACK_MS = 3 * 86_400_000;

/**
 * The blob of every postmortem, by path, as they stood a little before the App's last word; null where nothing is to be
 * looked for. `issues` and `comments`: all that the App's bot wrote in the repository.
 */
export async function knownBefore(
  scene: Scene,
  issues: readonly IssueFacts[],
  comments: readonly CommentFacts[],
): Promise<Record<string, string> | null> {
  const written = [...issues, ...comments].map(({ createdAt }) => Date.parse(createdAt));
  if (written.length === 0) return null;
  const at = Math.max(Math.min(...written), Math.max(...written) - LOOK_BACK_MS);
  return postmortemsAt(scene, new Date(at).toISOString());
}

/**
 * The blob of every file that the policy, as it is now, takes for a postmortem, by path, at an ISO instant; null where the
 * default branch has not moved since, or GitHub has no record of it.
 */
export async function postmortemsAt(
  { github, repository, policy }: Scene,
  instant: string,
): Promise<Record<string, string> | null> {
  try {
    const commit = await github.branchAt(repository.defaultBranch, instant);
    return commit === null ? null : postmortemsAmong(await github.files(commit, postmortemMatcher(policy)), policy);
  } catch (error) {
    // An older GitHub Enterprise Server keeps no such record, and a commit that was forced away may be gone.
    if (error instanceof Refused) return null;
    throw error;
  }
}
