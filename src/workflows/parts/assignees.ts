/** What becomes of a write where GitHub does not assign all it was asked for: it says so, or leaves somebody out without a word. */
import { Refused } from "../../github/errors.js";
import type { IssueFacts } from "../../github/port.js";
import type { Missing } from "../../tracking/types.js";
import { whyNotAssigned } from "./accounts.js";
import type { Scene } from "./scene.js";

/** An issue as GitHub has it after a write, and whom of those asked for it turned down. */
export interface Assigned {
  readonly facts: IssueFacts;
  readonly turnedDown: readonly string[];
}

/**
 * Sends with the assignees; where GitHub turns some of them down, without those, and with the rest. (They were asked for before, but
 * somebody may just have left.) `undefined`: assignees are no part of the write.
 * @throws Refused for any other refusal: it says nothing about assignees.
 */
export async function unlessUnassignable<A extends readonly string[] | undefined>(
  { github }: Pick<Scene, "github">,
  assignees: A,
  request: (assignees: A | readonly string[]) => Promise<IssueFacts>,
): Promise<Assigned> {
  for (let left: A | readonly string[] = assignees; ; ) {
    try {
      const facts = await request(left);
      return { facts, turnedDown: (assignees ?? []).filter((login) => !left?.includes(login)) };
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

/**
 * Who of those asked for is not assigned, and why: whom GitHub did not turn down and left out all the same, it is asked about. What it
 * does not say of somebody is never told of them.
 */
export async function missingFrom(
  scene: Scene,
  asked: readonly string[],
  { facts, turnedDown }: Assigned,
): Promise<readonly Missing[]> {
  const missing: Missing[] = [];
  for (const login of asked.filter((one) => !facts.assignees.includes(one))) {
    const hasAccess = !turnedDown.includes(login) && (await scene.github.canAssign(login));
    missing.push({ login, why: hasAccess ? "left-out" : await whyNotAssigned(scene, login) });
  }
  return missing;
}
