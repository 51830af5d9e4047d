/**
 * Why GitHub does not assign somebody, with answers that are kept for a while: a person who has no access needs it; somebody who is gone,
 * a bot and an organisation need somebody else in their place.
 */
import { Refused } from "../../github/errors.js";
import type { WhyUnassignable } from "../../tracking/types.js";
import type { Scene } from "./scene.js";

/** Accounts seldom change, and whether one can be assigned is asked again all the same. */
const KEPT_MS = 24 * 3_600_000;

const WHYS: readonly WhyUnassignable[] = ["no-access", "no-account", "bot", "organisation"];

const question = (login: string, why: WhyUnassignable): string => `account ${login}: ${why}`;

/**
 * Why a login cannot be assigned that GitHub said no to. What GitHub does not tell, or there is no room to ask for, is taken for what it
 * said: no access.
 */
export async function whyNotAssigned(
  { github, store, repository, now }: Pick<Scene, "github" | "store" | "repository" | "now">,
  login: string,
  mayAsk: () => boolean = () => true,
): Promise<WhyUnassignable> {
  const questions = WHYS.map((why) => question(login, why));
  const [last] = (await store.answers(repository.id, questions)).sort((a, b) => (a.at < b.at ? 1 : -1));
  const age = last ? now().getTime() - Date.parse(last.at) : -1;
  const known = WHYS.find((why) => question(login, why) === last?.question);
  if (known && age >= 0 && age < KEPT_MS) return known;
  if (!mayAsk()) return "no-access";
  try {
    const kind = await github.account(login);
    const why = kind === null ? "no-account" : kind === "person" ? "no-access" : kind;
    await store.saveAnswer({
      repositoryId: repository.id,
      question: question(login, why),
      yes: true,
      at: now().toISOString(),
    });
    return why;
  } catch (error) {
    if (error instanceof Refused) return "no-access";
    throw error;
  }
}
