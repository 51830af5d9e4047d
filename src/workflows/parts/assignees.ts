/** What becomes of a write where GitHub turns down one of its assignees after all. */
import { Refused } from "../../github/errors.js";
import type { Scene } from "./scene.js";

/**
 * Sends with the assignees; where GitHub turns some of them down, without those, and with the rest. (They were asked for before, but
 * somebody may just have left.) `undefined`: assignees are no part of the write.
 * @throws Refused for any other refusal: it says nothing about assignees.
 */
export async function unlessUnassignable<T, A extends readonly string[] | undefined>(
  { github }: Pick<Scene, "github">,
  assignees: A,
  request: (assignees: A | readonly string[]) => Promise<T>,
): Promise<T> {
  for (let left: A | readonly string[] = assignees; ; ) {
    try {
      return await request(left);
    } catch (error) {
      if (!(error instanceof Refused && error.kind === "unassignable") || !left?.length) throw error;
      left = await withoutTurnedDown(github, left, error);
    }
  }
}

/** Fewer than `logins`: those GitHub did not name, or, where it names nobody, those it says yes to when asked; else nobody. */
async function withoutTurnedDown(
  github: Scene["github"],
  logins: readonly string[],
  { values }: Refused,
): Promise<readonly string[]> {
  const named = new Set(values.map((login) => login.toLowerCase()));
  const rest = logins.filter((login) => !named.has(login));
  if (rest.length < logins.length) return rest;
  const taken: string[] = [];
  for (const login of logins) if (await github.canAssign(login)) taken.push(login);
  return taken.length < logins.length ? taken : [];
}
