/**
 * Whether the database knows of what the App wrote last: one that was put back from a copy knows of neither the issues opened nor the nudges
 * sent after the copy was made, and would do both again. So the first work in a repository after each start looks at what the App wrote
 * there since the last sweep; where anything of that is unknown, the projection is built from GitHub first.
 */
import { Refused } from "../../github/errors.js";
import type { CommentFacts, IssueFacts } from "../../github/port.js";
import { markerKey, parseMuteMarker, parseNudgeMarker } from "../../render/marker.js";
import { nudgeKey } from "../../tracking/nudging.js";
import { itemMarkerOf } from "./markers.js";
import type { Scene } from "./scene.js";

/** As a sweep does: the clocks of GitHub's own machines differ a little, and lists lag. */
const OVERLAP_MS = 10 * 60_000;

/** Where GitHub refuses to show what was written last, that is looked for again after so long: every piece of work would ask otherwise. */
const AGAIN_AFTER_MS = 3_600_000;

/** Looks whether the App wrote something that the store does not know of, unless this process knows that it did not. */
export async function isBehind(scene: Scene): Promise<boolean> {
  const { abreast, repository, wall } = scene;
  const now = wall().getTime();
  const until = abreast?.get(repository.id) ?? Number.NEGATIVE_INFINITY;
  // A clock that was put back does not have it wait for longer.
  if (until === Number.POSITIVE_INFINITY || (until > now && until - now <= AGAIN_AFTER_MS)) return false;
  const found = await look(scene);
  if (found !== "behind")
    abreast?.set(repository.id, found === "refused" ? now + AGAIN_AFTER_MS : Number.POSITIVE_INFINITY);
  return found === "behind";
}

async function look(scene: Scene): Promise<"behind" | "abreast" | "refused"> {
  const { github, store, repository, log } = scene;
  const last = repository.sweptUntil ?? repository.rebuiltAt;
  if (last === null) return "abreast";
  const since = new Date(Date.parse(last) - OVERLAP_MS).toISOString();
  try {
    const begun = new Set((await store.intents(repository.id)).map(({ key }) => key));
    for (const issue of await github.ownIssuesSince(since)) if (await isNewIssue(scene, begun, issue)) return "behind";
    for (const comment of await github.allComments(since))
      if (await isNewComment(scene, begun, comment)) return "behind";
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    log.warn({ repository: repository.id, status: error.status }, "what was written last cannot be read");
    return "refused";
  }
  return "abreast";
}

/** Whether an issue of the App's is one the store does not know of. What was begun and not recorded is looked for by itself. */
async function isNewIssue(scene: Scene, begun: ReadonlySet<string>, facts: IssueFacts): Promise<boolean> {
  const { store, repository } = scene;
  if (markerKey(facts.body, "digest") !== null) return repository.digestIssue === null && !begun.has("digest-issue");
  const found = itemMarkerOf(scene, "item", facts);
  if (found === null || begun.has(`issue:${found.item.id}`)) return false;
  return !(await store.item(repository.id, found.item.id))?.issue;
}

async function isNewComment(scene: Scene, begun: ReadonlySet<string>, comment: CommentFacts): Promise<boolean> {
  const { github, store, repository } = scene;
  if (comment.author !== github.bot) return false;
  const nudge = parseNudgeMarker(comment.body);
  if (nudge) {
    const item = await store.item(repository.id, nudge.item);
    if (item?.issue?.number !== comment.number || begun.has(nudgeKey(nudge))) return false;
    return !item.nudges.some(({ n }) => n === nudge.n);
  }
  const answer = parseMuteMarker(comment.body) && markerKey(comment.body, "reply");
  if (answer) return !begun.has(`comment:${answer}`) && (await store.comment(repository.id, answer)) === null;
  const adopted = itemMarkerOf(scene, "adopted", comment);
  if (adopted === null || begun.has(`adopt:${adopted.item.id}`)) return false;
  return !(await store.item(repository.id, adopted.item.id))?.issue;
}
