/** How often repositories are swept, and whether a push that a list shows is worth a sweep. */
import { createHash } from "node:crypto";
import { Refused } from "../../github/errors.js";
import { isPolicyPath, loadPolicy } from "../../policy/load.js";
import { postmortemMatcher, postmortemsAmong } from "../../policy/matching.js";
import type { Repository } from "../../tracking/types.js";
import type { Context } from "./context.js";
import { type Approach, approach } from "./load-scene.js";
import type { At } from "./scene.js";

/**
 * Up to so many repositories of an installation are swept hourly. Of more, one list tells hourly which were pushed to (`installation.ts`), and each is
 * swept in its own night. One that this is no longer so of is looked at when its own sweep is next due.
 */
export const FEW = 20;

/**
 * Whether the default branch shows the postmortems and the policy that were seen last: two requests. What GitHub refuses is the sweep's
 * to tell.
 */
export async function isAsSeen(context: Context, at: At): Promise<boolean> {
  const found = await approach(context, at);
  if (!found) return true;
  try {
    return await showsTheSame(context, found);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return false;
  }
}

async function showsTheSame({ store, githubTime }: Context, { known, github }: Approach): Promise<boolean> {
  const { seen, defaultBranch, policyText } = known;
  const lookedAt = githubTime().toISOString();
  const head = await github.head(defaultBranch);
  if (!seen || !head) return false;
  const { policy } = loadPolicy(policyText);
  const tracked = (await store.documentsOf(known.id)).filter(({ removedOn }) => removedOn === null);
  const blobs = new Map(tracked.map(({ path, blob }) => [path, blob]));
  const matches = postmortemMatcher(policy);
  const files = await github.files(head, (path) => matches(path) || blobs.has(path) || isPolicyPath(path));
  const isSame =
    sameRecords(postmortemsAmong(files, policy), seen) &&
    [...blobs].every(([path, blob]) => files.get(path) === blob) &&
    isSamePolicy(
      known,
      [...files.keys()].filter(isPolicyPath).map((path) => files.get(path) ?? ""),
    );
  if (isSame) await store.saveSlot(known.id, "glance", lookedAt);
  return isSame;
}

const sameRecords = (some: Readonly<Record<string, string>>, others: Readonly<Record<string, string>>): boolean =>
  Object.keys(some).length === Object.keys(others).length &&
  Object.entries(some).every(([path, blob]) => others[path] === blob);

/** Whether the repository has the policy file that was read last; `blobs`: of what may be one. */
function isSamePolicy({ policyText, policyOrigin }: Repository, blobs: readonly string[]): boolean {
  if (policyOrigin?.kind !== "own" || policyText === null) return blobs.length === 0;
  const bytes = Buffer.from(policyText);
  const read = createHash("sha1").update(`blob ${bytes.length}\0`).update(bytes).digest("hex");
  return blobs.length === 1 && blobs[0] === read;
}
