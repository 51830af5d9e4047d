/** What refiners have learnt about an item so far; each fills in what is still open. */
import type { ActionType } from "../../types.js";

export interface Facts {
  owners: string[];
  mentions: string[];
  done: boolean | null;
  priority: string | null;
  ref: string | null;
  refUrl: string | null;
  type: ActionType | null;
}

export const noFacts = (): Facts => ({
  owners: [],
  mentions: [],
  done: null,
  priority: null,
  ref: null,
  refUrl: null,
  type: null,
});

/** Adds owners not yet known, keeping their order. */
export function addOwners(
  facts: Facts,
  found: { readonly owners: readonly string[]; readonly mentions: readonly string[] },
): void {
  for (const owner of found.owners) if (!facts.owners.includes(owner)) facts.owners.push(owner);
  for (const mention of found.mentions) if (!facts.mentions.includes(mention)) facts.mentions.push(mention);
}
