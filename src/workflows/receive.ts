/**
 * A delivery arrives: reduced to a trigger and committed before it is answered. The answer never waits for GitHub's API;
 * a database that does not answer in time makes the delivery fail, so that it can be delivered again.
 */
import { DatabaseDown } from "../errors.js";
import { type HandledEvent, toTrigger } from "../github/trigger.js";
import type { Store } from "../store/types.js";

/** GitHub gives ten seconds for an answer; one that says "not recorded" is worth more than none. */
const COMMIT_WITHIN_MS = 8_000;

/**
 * Records what to look at because of a delivery; `ignored` where nothing is.
 * @throws DatabaseDown where it cannot be committed right now.
 */
export async function receive(
  store: Store,
  event: HandledEvent & { readonly id: string },
  bot: string | null,
  now: Date,
): Promise<"recorded" | "ignored"> {
  const trigger = toTrigger(event, bot);
  if (!trigger) return "ignored";
  const commit = async (): Promise<"recorded" | "ignored"> => {
    const { work, onlyIfTracked } = trigger;
    if (onlyIfTracked && "number" in work && !(await store.itemOfIssue(work.repositoryId, work.number)))
      return "ignored";
    await store.want(work, now, { cause: event.id });
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
