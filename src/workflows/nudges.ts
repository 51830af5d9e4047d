/**
 * Overdue comments: one pass over the items of a repository whose next nudge is due. Each is looked at on GitHub first, so
 * that nobody is reminded of what they closed a minute ago; each comment is made once, however often a pass is restarted;
 * and a pass is capped, the rest follow in the next.
 */
import { parseNudgeMarker } from "../render/marker.js";
import { renderNudge } from "../render/nudge.js";
import { withDerived } from "../tracking/decide.js";
import { resolveOwners } from "../tracking/owners.js";
import { isOverdue } from "../tracking/summary.js";
import { ofItem } from "../tracking/trouble.js";
import type { Nudge, TrackedItem } from "../tracking/types.js";
import { refreshItem } from "./issue.js";
import type { Context } from "./parts/context.js";
import { loadScene } from "./parts/load-scene.js";
import { whoHas } from "./parts/observe.js";
import { once, ownComments } from "./parts/once.js";
import { attempt, issuePiece } from "./parts/piece.js";
import type { At, Scene } from "./parts/scene.js";
import { refreshStatus } from "./parts/status.js";

/** Comments on what is overdue; returns how many comments were made. */
export async function nudge(context: Context, at: At): Promise<number> {
  const found = await loadScene(context, at);
  if (!found || found.repository.obstacle || !found.policy.nudges.enabled) return 0;
  const scene: Scene = { ...found, patient: !context.eager };
  const documents = new Set<string>();
  let made = 0;
  for (const item of await dueItems(scene)) {
    documents.add(item.documentId);
    const seen = await attempt(scene, issuePiece(item), () => refreshItem(scene, item));
    const { issue } = seen.done ? seen.value : item;
    if (!seen.done || !issue) continue;
    const piece = { kind: "overdue", ...ofItem(item), number: issue.number } as const;
    const told = await attempt(scene, piece, () => nudgeItem(scene, seen.value));
    if (told.done && told.value) made++;
  }
  for (const home of await homesOf(scene, documents)) await refreshStatus(scene, home);
  return made;
}

/**
 * Whose next nudge is due, as many as one pass comments on. Where GitHub refused one before, it is tried beside these once it has waited,
 * so that it takes nobody's place.
 */
async function dueItems({ store, repository, today, policy, troubles, patient, now }: Scene): Promise<TrackedItem[]> {
  const most = policy.nudges.max_per_run;
  const refused = new Map<string, boolean>();
  for (const { piece, notBefore } of troubles.values()) {
    if (piece.kind !== "issue" && piece.kind !== "overdue") continue;
    const waits = patient && notBefore > now().toISOString();
    refused.set(piece.item, waits || refused.get(piece.item) === true);
  }
  const items = await store.itemsToNudge(repository.id, today, most + refused.size);
  const others = items.filter(({ id }) => !refused.has(id));
  const again = items.filter(({ id }) => refused.get(id) === false);
  return [...others.slice(0, most), ...again.slice(0, most)];
}

async function nudgeItem(scene: Scene, item: TrackedItem): Promise<boolean> {
  const { store, github, policy, links, today } = scene;
  const document = await store.document(item.repositoryId, item.documentId);
  const { issue } = item;
  if (!document || !issue?.open || !isOverdue(item, today) || !item.nextNudgeOn || item.nextNudgeOn > today)
    return false;
  const nudge: Nudge = { n: (item.nudges.at(-1)?.n ?? 0) + 1, on: today };
  const { teams } = resolveOwners(item.base, policy);
  await once(scene, {
    key: `nudge:${item.id}:${nudge.n}`,
    find: async (since) => {
      const comments = await ownComments(scene, issue.number, since);
      return comments.find(({ body }) => isNudge(body, item.id, nudge.n)) ?? null;
    },
    create: () => github.createComment(issue.number, renderNudge({ item, document, nudge, links, teams, today })),
    record: async (tables, comment) => {
      const said = parseNudgeMarker(comment.body) ?? nudge;
      const next = { ...item, nudges: [...item.nudges, { n: said.n, on: said.on }] };
      await tables.saveItem(withDerived(next, policy, whoHas(item)));
    },
  });
  return true;
}

function isNudge(body: string, item: string, n: number): boolean {
  const found = parseNudgeMarker(body);
  return found?.item === item && found.n === n;
}

async function homesOf({ store, repository }: Scene, documents: ReadonlySet<string>): Promise<Set<number>> {
  const homes = new Set<number>();
  for (const id of documents) {
    const document = await store.document(repository.id, id);
    if (document?.home) homes.add(document.home);
  }
  return homes;
}
