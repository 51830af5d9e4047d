/**
 * Pull requests that bring a postmortem and stay open for too long: looked for among those that a check was reported on, or that were reminded
 * of (of these alone the store is told again after it was lost; the others are known with their next push). What GitHub shows now counts: whether it is open, how it is labelled, and whether a new postmortem that is to be followed still stands in it.
 */
import { dateIn } from "../../calendar.js";
import { Refused } from "../../github/errors.js";
import type { OpenPull } from "../../github/port.js";
import { OPT_OUT_LABEL, postmortemMatcher } from "../../policy/matching.js";
import { fingerprint, markerKey } from "../../render/marker.js";
import { renderReview, reviewKey } from "../../render/review.js";
import { type LateReview, reviewDueOn } from "../../tracking/reviews.js";
import { readDocument } from "./document.js";
import { once, ownComments } from "./once.js";
import { attempt } from "./piece.js";
import { presentOf, type Scene } from "./scene.js";

/** More at once are no oversight of an author's; the longest waiting come first. */
const MOST = 50;
/** Of so many is asked what they bring: where every pull request is checked, most bring no postmortem. */
const MOST_ASKED = 200;

/** Those that are late today, oldest first; `isAsked` false: not looked at any further. */
export async function lateReviews(
  scene: Scene,
  isAsked: (number: number) => Promise<boolean> = async () => true,
): Promise<LateReview[]> {
  const { store, repository, policy, today } = scene;
  const checked = policy.review.within === null ? [] : await store.checkedPulls(repository.id);
  if (checked.length === 0) return [];
  const late: LateReview[] = [];
  let asked = 0;
  for (const pull of await openPulls(scene)) {
    const since = dateIn(policy.time_zone, new Date(pull.createdAt));
    const dueOn = reviewDueOn(since, policy);
    if (dueOn === null || today <= dueOn || late.length === MOST) continue;
    if (!checked.includes(pull.number) || pull.labels.includes(OPT_OUT_LABEL) || !(await isAsked(pull.number)))
      continue;
    if (++asked > MOST_ASKED) break;
    const { number, title, author } = pull;
    const piece = { kind: "review", number } as const;
    const brings = await attempt(scene, piece, () => bringsPostmortem(scene, pull), { isLast: false });
    if (brings.done && brings.value) late.push({ number, title, author, since });
  }
  return late;
}

/** Those that are open; none where GitHub refuses to tell, so nobody is named for what is not known. */
async function openPulls({ github, repository }: Scene): Promise<readonly OpenPull[]> {
  try {
    return await github.openPullsInto(repository.defaultBranch);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    // Where the whole repository is out of sight, this throws.
    await github.repository();
    return [];
  }
}

/** Whether it adds a postmortem that is to be followed; whoever only edits one holds nothing up. */
async function bringsPostmortem(scene: Scene, { number, head }: OpenPull): Promise<boolean> {
  const matches = postmortemMatcher(scene.policy);
  for (const { path, change } of await scene.github.pullFiles({ number, mergeCommit: null }, matches)) {
    if (change !== "added" || !matches(path)) continue;
    if ((await readDocument(scene, path, head, null))?.postmortem.followThrough) return true;
  }
  return false;
}

/** Reminds the authors, each pull request once, and nobody who was notified of something else today; returns how many comments were made, `most` at most. */
export async function nudgeReviews(scene: Scene, most: number): Promise<number> {
  const { store, repository } = scene;
  const at = { installationId: repository.installationId, repositoryId: repository.id };
  const isToTell = async (number: number) => (await store.comment(repository.id, reviewKey(number))) === null;
  let made = 0;
  for (const review of most > 0 ? await lateReviews(scene, isToTell) : []) {
    if (made === most) break;
    const key = reviewKey(review.number);
    const people = review.author === null ? [] : [review.author];
    // Whose day is taken is told in a later run.
    if (!(await store.reach({ ...at, people, ...presentOf(scene), key }))) continue;
    const told = await attempt(scene, { kind: "review", number: review.number }, () => tell(scene, review, key));
    if (told.done) made++;
    else await store.releaseReach(at.installationId, at.repositoryId, key);
  }
  return made;
}

async function tell(scene: Scene, review: LateReview, key: string): Promise<void> {
  const { github, repository, policy } = scene;
  const { number } = review;
  await once(scene, {
    key,
    find: async (since) => {
      const comments = await ownComments(scene, number, since);
      return comments.find(({ body }) => markerKey(body, "review") === key) ?? null;
    },
    create: () => github.createComment(number, renderReview(review, policy.review.within ?? 0)),
    record: (tables, { id, body }) =>
      tables.saveComment({ key, repositoryId: repository.id, number, commentId: id, hash: fingerprint(body) }),
  });
}
