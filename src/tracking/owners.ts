/**
 * From the owners a document names to people GitHub can assign. `@login` and `@org/team` stand as they are; a name counts
 * only if the policy's `owners` map has it. Nobody is guessed by name.
 */

import { isLoginOrTeam } from "../logins.js";
import type { Policy } from "../policy/schema.js";
import type { ActionItem } from "../postmortem/types.js";
import { oneLine } from "../text.js";
import type { Missing, TrackedItem, Unassignable } from "./types.js";

/**
 * GitHub assigns ten to an issue at most; and no issue notifies more people or teams than it can assign.
 * https://docs.github.com/en/issues/tracking-your-work-with-issues/assigning-issues-and-pull-requests-to-other-github-users
 */
export const MOST_PEOPLE = 10;

export interface ResolvedOwners {
  /** Logins to assign, lower-case, sorted, without duplicates. */
  readonly logins: readonly string[];
  /** Teams (`org/team`), which GitHub cannot assign; they are mentioned instead. */
  readonly teams: readonly string[];
  /** Names that stand for nobody GitHub knows. */
  readonly names: readonly string[];
}

type OwnedItem = Pick<ActionItem, "owners" | "mentions">;

/** Resolves an item's owners through the policy; pure, and silent about who can be assigned. */
export function resolveOwners(item: OwnedItem, policy: Pick<Policy, "owners">): ResolvedOwners {
  const map = byKey(policy.owners);
  const mentioned = new Set(item.mentions.map(key));
  const logins = new Set<string>();
  const teams = new Set<string>();
  const names: string[] = [];
  for (const owner of item.owners) {
    // A mention that GitHub cannot know, such as one of another host's, is a name like any other.
    const people = map.get(key(owner)) ?? (mentioned.has(key(owner)) && isLoginOrTeam(owner) ? [`@${owner}`] : null);
    if (!people) names.push(owner);
    for (const person of people ?? []) {
      const name = key(person);
      if (name.includes("/")) teams.add(name);
      else logins.add(name);
    }
  }
  return { logins: [...logins].sort(), teams: [...teams].sort(), names };
}

/**
 * Whom the document names and GitHub did not assign to the item's issue, as long as that matters: not where a person gave it to somebody
 * else, where the issue is a person's own, or the item left the document.
 */
export function missingOwners({ issue, written, leftOn, missing = [] }: TrackedItem): readonly Missing[] {
  if (leftOn || (issue && issue.adoptedBy !== null)) return [];
  const assigned = issue?.assignees ?? [];
  const isByHand = assigned.length > 0 && !assigned.some((login) => written?.assignees.includes(login));
  return isByHand ? [] : missing.filter(({ login }) => !assigned.includes(login));
}

/** Those of them whom GitHub said it does not assign. */
export const unassignableOwners = (item: TrackedItem): readonly Unassignable[] =>
  missingOwners(item).flatMap(({ login, why }) => (why === "left-out" ? [] : [{ login, why }]));

/**
 * Whom the document names for an item: each person once, as it writes them first, and without those whom a person took off the issue since the
 * App had assigned them.
 */
export function namedOwners(
  { base, issue, written }: Pick<TrackedItem, "base" | "issue" | "written">,
  policy: Pick<Policy, "owners">,
): readonly string[] {
  const takenOff = issue ? (written?.assignees ?? []).filter((login) => !issue.assignees.includes(login)) : [];
  const isTakenOff = (owner: string): boolean => {
    const { logins, teams } = resolveOwners({ owners: [owner], mentions: base.mentions }, policy);
    return logins.length > 0 && teams.length === 0 && logins.every((login) => takenOff.includes(login));
  };
  return onePerson(base.owners.filter((owner) => !isTakenOff(owner)));
}

/** Who has an item, as it is told wherever there is room for names alone: who is assigned, else whom the document names and nobody took off. */
export function currentOwners(
  item: Pick<TrackedItem, "base" | "issue" | "written">,
  policy: Pick<Policy, "owners">,
): readonly string[] {
  const assignees = item.issue?.assignees ?? [];
  return assignees.length > 0 ? assignees : namedOwners(item, policy);
}

/** The names without those that are another spelling of one before: `@Alice`, `alice` and `ALICE` are one. */
export const onePerson = (names: readonly string[]): readonly string[] => {
  const seen = new Map<string, string>();
  for (const name of names) if (!seen.has(key(name))) seen.set(key(name), name);
  return [...seen.values()];
};

/** The policy's names, made comparable once for all items of a document: there may be thousands of both. */
function byKey(owners: Policy["owners"]): ReadonlyMap<string, readonly string[]> {
  const known = KEYED.get(owners);
  if (known !== undefined) return known;
  const made = new Map(Object.entries(owners).map(([name, who]) => [key(name), who]));
  KEYED.set(owners, made);
  return made;
}

const KEYED = new WeakMap<Policy["owners"], ReadonlyMap<string, readonly string[]>>();

/** “Marcus R.” in one place is often “Marcus R” in the other. */
const key = (name: string): string =>
  oneLine(name)
    .replace(/^@/, "")
    .replace(/(?<=\S)\.$/, "")
    .toLowerCase();
