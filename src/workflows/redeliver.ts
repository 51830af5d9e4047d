/**
 * Asks GitHub to deliver again what failed: it does not do so by itself, and forgets after three days. On start and every
 * hour. https://docs.github.com/en/webhooks/using-webhooks/automatically-redelivering-failed-deliveries-for-a-github-app-webhook
 */
import { Refused } from "../github/errors.js";
import type { Context } from "./parts/context.js";

const KEPT_MS = 3 * 86_400_000;
/** A delivery may fail while another process looks: look back a little further than the last time. */
const OVERLAP_MS = 60 * 60_000;
/** What failed so often fails for a reason that delivering it again does not fix; the sweep takes care of it. */
const MAX_ATTEMPTS = 5;

/** The App's own work has no repository; its progress is kept under this number, which no repository has. */
const NO_REPOSITORY = 0;

/** Returns how many deliveries were asked for again. */
export async function redeliverFailed({ store, app, githubTime, log }: Context): Promise<number> {
  const last = await store.lastSlot(NO_REPOSITORY, "redelivered");
  // Before GitHub told the time, as far back as it goes.
  const oldest = Math.max(0, githubTime().getTime() - KEPT_MS);
  const since = last === null ? oldest : Math.max(oldest, Date.parse(last) - OVERLAP_MS);
  const byGuid = new Map<string, { id: number; ok: boolean; attempts: number }>();
  // Newest first: the first of a GUID is its latest attempt.
  for (const { id, guid, ok } of await app.deliveriesSince(new Date(since).toISOString())) {
    const known = byGuid.get(guid);
    byGuid.set(guid, { id: known?.id ?? id, ok: (known?.ok ?? false) || ok, attempts: (known?.attempts ?? 0) + 1 });
  }
  const startedAt = githubTime();
  const failed = [...byGuid.values()].filter(({ ok, attempts }) => !ok && attempts < MAX_ATTEMPTS);
  for (const { id } of failed) {
    // One that GitHub will not repeat (it may have forgotten it meanwhile) holds up no other.
    await app.redeliver(id).catch((error: unknown) => {
      if (!(error instanceof Refused)) throw error;
      log.warn({ delivery: id, status: error.status }, "a failed delivery could not be asked for again");
    });
  }
  await store.saveSlot(NO_REPOSITORY, "redelivered", startedAt.toISOString());
  if (failed.length > 0) log.info({ deliveries: failed.length }, "failed deliveries asked for again");
  return failed.length;
}
