/**
 * An installation may have changed: created, suspended, removed, or its repositories renamed, added or taken away. GitHub is
 * asked how it is now; what was lost is kept for a while, in case it comes back.
 */
import type { Work } from "../jobs/work.js";
import type { Repository } from "../tracking/types.js";
import type { Context } from "./parts/context.js";
import { newRepository } from "./parts/load-scene.js";
import { FEW } from "./parts/sweeping.js";

/** Data of a removed installation or repository is purged after so many days. */
export const PURGE_AFTER_DAYS = 30;

/**
 * Enqueues a look at every installation that is not as the store has it, in one list: made, suspended or removed while no webhook
 * came through, or before the database was lost; and at those of many repositories, which are not swept hourly. On start and every hour.
 */
export async function findInstallations({ store, app, wall }: Context): Promise<void> {
  const found = new Map((await app.installations()).map(({ id, suspended }) => [id, suspended]));
  const known = new Map(
    (await store.installations()).map((one) => [one.id, one.removedAt ? undefined : one.suspended]),
  );
  const large: number[] = [];
  for (const id of new Set([...found.keys(), ...known.keys()])) {
    if (found.get(id) !== known.get(id))
      await store.enqueue({ kind: "installation", installationId: id }, wall(), { gently: true });
    else if (known.get(id) === false && (await store.hasMoreRepositories(id, FEW))) large.push(id);
  }
  for (const [index, installationId] of large.entries())
    await store.enqueue({ kind: "installation", installationId }, wall(), { gently: true, waitMs: index * SPACING_MS });
}

/** So many installations are looked at as soon as the service starts. */
const AT_ONCE = 20;
/** The others follow at this distance: 10,000 of them within ten minutes. */
const SPACING_MS = 60;
/** So many are put on the list in one transaction. */
const A_TRANSACTION = 200;

/**
 * Enqueues a look at everything, at the start: what happened while the service was down was told to nobody. Installations with the
 * most to lose come first, and GitHub is asked over minutes where they are many.
 */
export async function lookAtAll({ store, wall }: Context): Promise<void> {
  await store.enqueue({ kind: "deliveries", installationId: 0 }, wall());
  const ids = await store.installationsByOpenItems();
  for (let first = 0; first < ids.length; first += A_TRANSACTION) {
    await store.transaction(async (tables) => {
      for (const [index, installationId] of ids.slice(first, first + A_TRANSACTION).entries()) {
        const waitMs = Math.max(0, first + index + 1 - AT_ONCE) * SPACING_MS;
        await tables.enqueue({ kind: "installation", installationId }, wall(), { waitMs });
      }
    });
  }
}

export async function lookAtInstallation(context: Context, installationId: number): Promise<void> {
  const { store, app, wall, log } = context;
  const facts = await app.installation(installationId);
  const at = context.now();
  const known = await store.installation(installationId);
  if (!facts) {
    if (known && !known.removedAt) await store.saveInstallation({ ...known, removedAt: at.toISOString() });
    log.info({ installation: installationId }, "installation is gone");
    return;
  }
  const { account, suspended } = facts;
  await store.saveInstallation({ id: installationId, account, suspended, removedAt: null });
  if (suspended) return;

  const repositories = await app.repositories(installationId);
  const isLarge = repositories.length > FEW;
  const present = new Set(repositories.map((repository) => repository.id));
  for (const repository of await store.repositories(installationId)) {
    if (present.has(repository.id) || repository.lostAt) continue;
    // It may have been transferred to an account where the App is installed too.
    const elsewhere = await app.installationOf(repository);
    if (elsewhere !== null) await store.enqueue({ kind: "installation", installationId: elsewhere }, wall());
    await store.changeRepository(repository.id, { lostAt: at.toISOString() });
  }
  for (const found of repositories) {
    const { owner, name, defaultBranch, visibility } = found;
    const change = { installationId, owner, name, defaultBranch, visibility, lostAt: null };
    const stored = await store.changeRepository(found.id, change);
    if (!stored) await store.saveRepository(newRepository(installationId, found));
    // The first sweep takes in what is there, so that later ones see what appeared; and what stood in the way of the
    // App (a permission, say) may be gone now.
    if ((!stored?.seen || stored.obstacle) && !found.fork && !found.archived) {
      await store.enqueue({ kind: "sweep", installationId, repositoryId: found.id }, wall());
    } else if (stored && isLarge && !found.fork && !found.archived)
      await sweepIfNeeded(context, stored, found.pushedAt);
  }
}

/** GitHub tells of pushes by the second. */
const toSecond = (instant: string): string => new Date(Math.floor(Date.parse(instant) / 1000) * 1000).toISOString();

/** Enqueues what its hourly sweep would have done: files that a push changed unheard, and what GitHub refused or was given up tried again. */
async function sweepIfNeeded(
  { store, wall, log }: Context,
  repository: Repository,
  pushedAt: string | null,
): Promise<void> {
  const { id: repositoryId, installationId, sweptUntil } = repository;
  const sweep: Work = { kind: "sweep", installationId, repositoryId };
  if ((await store.troubles(repositoryId)).length > 0) return store.enqueue(sweep, wall(), { gently: true });
  const keys = await store.work.retryRested(repositoryId, wall());
  if (keys.length > 0) log.info({ repository: repositoryId, keys }, "what was given up is wanted again");
  const isNews = pushedAt !== null && sweptUntil !== null && pushedAt >= toSecond(sweptUntil);
  const glanced = isNews ? await store.lastSlot(repositoryId, "glance") : null;
  if (isNews && (glanced === null || glanced < pushedAt))
    await store.enqueue({ ...sweep, glance: true }, wall(), { gently: true });
}
