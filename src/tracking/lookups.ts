/**
 * What of a document is looked up at GitHub: whether its people can be assigned, and whether the issues it links are there. Everybody
 * can propose a document that names thousands, so only the first of them are looked up.
 */
import type { Policy } from "../policy/schema.js";
import type { ActionItem } from "../postmortem/types.js";
import { type Here, linkedIssueNumber } from "./linked.js";
import { resolveOwners } from "./owners.js";

/** People and issues of one document, together. */
export const MOST_LOOKUPS = 100;

export interface Lookups {
  readonly logins: ReadonlySet<string>;
  readonly issues: ReadonlySet<number>;
  /** Those beyond the most. */
  readonly leftOut: { readonly logins: ReadonlySet<string>; readonly issues: ReadonlySet<number> };
}

/** The first people and linked issues of a document, in the order in which it names them. `here`: null where links do not matter. */
export function lookupsOf(
  items: readonly Pick<ActionItem, "owners" | "mentions" | "ref" | "refUrl" | "refWithin">[],
  policy: Pick<Policy, "owners">,
  here: Here | null,
): Lookups {
  const [logins, issues] = [new Set<string>(), new Set<number>()];
  const leftOut = { logins: new Set<string>(), issues: new Set<number>() };
  const hasRoom = () => logins.size + issues.size < MOST_LOOKUPS;
  for (const item of items) {
    for (const login of resolveOwners(item, policy).logins) {
      if (!logins.has(login)) (hasRoom() ? logins : leftOut.logins).add(login);
    }
    const issue = here && linkedIssueNumber(item, here);
    if (issue !== null && !issues.has(issue)) (hasRoom() ? issues : leftOut.issues).add(issue);
  }
  return { logins, issues, leftOut };
}
