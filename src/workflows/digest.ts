/**
 * The weekly digest of a repository: one rolling issue, its text renewed by the hour, and one comment a week, made once however often
 * the run is repeated. A repository without any tracked item gets none.
 */
import { addDays, type PlainDate, weekday } from "../calendar.js";
import { type DigestInput, hasNews, renderDigestComment, renderDigestIssue } from "../render/digest.js";
import { withoutMarkers } from "../render/marker.js";
import { historyFrom } from "../tracking/digest.js";
import { toTell } from "./parts/channels.js";
import type { Context } from "./parts/context.js";
import { loadScene } from "./parts/load-scene.js";
import { lateReviews } from "./parts/reviews.js";
import { isPosted, isRenewalDue, post, type Rolling, renew } from "./parts/rolling.js";
import type { At, Scene } from "./parts/scene.js";

/** Posts this week's digest; returns whether there was one to post. */
export async function postDigest(context: Context, at: At): Promise<boolean> {
  const found = await loadScene(context, at);
  if (!found || found.repository.obstacle || !found.policy.digest.enabled) return false;
  const scene: Scene = { ...found, patient: !context.eager };
  const input = await digestInput(scene);
  const rolling = digestOf(scene, input);
  if (!hasNews(input) || (await isPosted(scene, rolling))) return false;
  return post(scene, rolling);
}

/** Has the rolling issue, where there is one, show how things stand now: part of each sweep, and of effect once an hour. */
export async function renewDigest(scene: Scene): Promise<void> {
  if (!scene.policy.digest.enabled || !isRenewalDue(scene, "digest")) return;
  await renew(scene, digestOf(scene, await digestInput(scene)));
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
  return hasNews(input) ? withoutMarkers(renderDigestIssue(input)) : null;
}

/** What is told of a repository on a day. */
export async function digestInput(scene: Scene): Promise<DigestInput> {
  const { store, repository, today, links, policy } = scene;
  const documents = await store.documentsOf(repository.id);
  const gone = new Set(documents.filter(({ removedOn }) => removedOn !== null).map(({ id }) => id));
  const open = await store.openItems(repository.id);
  return {
    open: open.filter(({ documentId }) => !gone.has(documentId)),
    waiting: open.filter(({ documentId }) => gone.has(documentId)),
    closed: await store.itemsClosedSince(repository.id, historyFrom(today)),
    documents: new Map(documents.map((document) => [document.id, document])),
    reviews: await lateReviews(scene),
    policy,
    today,
    links,
    label: policy.labels[0] ?? "action-item",
  };
}

/** The week a day is in, by its Monday (ISO 8601 weeks begin on Monday): `2024-11-18`. */
export function weekOf(today: PlainDate): PlainDate {
  return addDays(today, -((weekday(today) + 6) % 7));
}
