/**
 * A delivery arrives: reduced to a trigger and committed before it is answered. The answer never waits for GitHub's API;
 * a database that does not answer in time makes the delivery fail, so that it can be delivered again.
 */
import { DatabaseDown } from "../errors.js";
import { type EventName, toTrigger } from "../github/trigger.js";
import type { Work } from "../jobs/work.js";
import type { Store } from "../store/types.js";

/** GitHub gives ten seconds for an answer; one that says "not recorded" is worth more than none. */
const COMMIT_WITHIN_MS = 8_000;

/** A delivery whose signature was right. */
export interface Delivery {
  readonly id: string;
  readonly event: EventName;
  /** JSON, whatever its shape. */
  readonly payload: unknown;
}

/**
 * Records what to look at because of a delivery; `ignored` where nothing is.
 * @throws InvalidPayload where the payload is not as GitHub describes the event.
 * @throws DatabaseDown where it cannot be committed right now.
 */
export async function receive(
  store: Store,
  { id, event, payload }: Delivery,
  bot: string | null,
  now: Date,
): Promise<"recorded" | "ignored"> {
  const trigger = toTrigger(event, payload, bot);
  if (!trigger) return "ignored";
  const commit = async (): Promise<"recorded" | "ignored"> => {
    const { work, onlyIfTracked, policyOf } = trigger;
    if (onlyIfTracked && !(await isTracked(store, work))) return "ignored";
    if (policyOf !== undefined) await store.saveSlot(policyOf, "policy", now.toISOString());
    await store.enqueue(work, now, { cause: id });
    return "recorded";
  };
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new DatabaseDown("The database takes too long.")), COMMIT_WITHIN_MS);
  });
  try {
    return await Promise.race([commit(), tooLate]);
  } finally {
    clearTimeout(timer);
  }
}

/** Whether the issue or pull request that work is about is followed. */
async function isTracked(store: Store, work: Work): Promise<boolean> {
  if (!("number" in work)) return true;
  return work.kind === "pull-commands"
    ? (await store.documentsAtHome(work.repositoryId, work.number)).length > 0
    : store.isTracked(work.repositoryId, work.number);
}
