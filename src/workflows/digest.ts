/**
 * The weekly digest of a repository: one rolling issue, its text renewed by the hour, and one comment a week, made once however often
 * the run is repeated. A repository without any tracked item gets none.
 */
import { type DigestInput, isTold, renderDigestComment, renderDigestIssue } from "../render/digest.js";
import { withoutMarkers } from "../render/marker.js";
import { organisationText, postOrganisation, renewOrganisation } from "./organisation.js";
import { toTell } from "./parts/channels.js";
import type { Context } from "./parts/context.js";
import { lookForDeparted } from "./parts/departed.js";
import { digestInput, weekOf } from "./parts/digest-input.js";
import { loadScene } from "./parts/load-scene.js";
import { isPosted, isRenewalDue, post, type Rolling, renew } from "./parts/rolling.js";
import type { At, Scene } from "./parts/scene.js";

/** Posts this week's digest; returns whether there was one to post. */
export async function postDigest(context: Context, at: At): Promise<boolean> {
  const found = await loadScene(context, at);
  if (!found || found.repository.obstacle || !found.policy.digest.enabled) return false;
  const scene: Scene = { ...found, patient: !context.eager };
  await lookForDeparted(scene);
  const input = await digestInput(scene);
  const rolling = digestOf(scene, input);
  const isDue = isTold(input, scene.policy) && !(await isPosted(scene, rolling));
  const posted = isDue && (await post(scene, rolling));
  // Its own goes first: the other is of everybody's.
  return (await postOrganisation(scene)) || posted;
}

/** Has the rolling issue, where there is one, show how things stand now: part of each sweep, and of effect once an hour. */
export async function renewDigest(scene: Scene): Promise<void> {
  if (!scene.policy.digest.enabled) return;
  if (isRenewalDue(scene, "digest")) await renew(scene, digestOf(scene, await digestInput(scene)));
  await renewOrganisation(scene);
}

function digestOf(scene: Scene, input: DigestInput): Rolling {
  const week = weekOf(scene.today);
  return {
    kind: "digest",
    week,
    wants: toTell(scene, week),
    text: (of) => renderDigestIssue(input, of),
    comment: (week) => renderDigestComment(input, week),
  };
}

/** The digest's text as it would stand now, whether it was posted this week or not; null where there is nothing to say. Nothing is written. */
export async function previewDigest(context: Context, at: At): Promise<string | null> {
  const scene = await loadScene(context, at);
  if (!scene || scene.repository.obstacle) return null;
  const input = await digestInput(scene);
  const texts = [isTold(input, scene.policy) ? renderDigestIssue(input) : null, await organisationText(scene)];
  const told = texts.filter((text) => text !== null).map(withoutMarkers);
  return told.length > 0 ? told.join("\n\n") : null;
}
