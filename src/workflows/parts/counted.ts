/** What is counted of a repository, as the store has it: by its own policy, on its own day. Nothing is asked of GitHub. */
import { dateIn, type PlainDate } from "../../calendar.js";
import { loadPolicy } from "../../policy/load.js";
import type { Tables } from "../../store/types.js";
import { urgencyOf } from "../../tracking/due.js";
import type { Counted } from "../../tracking/figures/counted.js";
import { ownerLateOn } from "../../tracking/owner-deadline.js";
import { currentOwners, resolveOwners } from "../../tracking/owners.js";
import type { Repository } from "../../tracking/types.js";

export interface CountedRepository {
  /** Its day, in the policy's time zone. */
  readonly today: PlainDate;
  /** All items, also those that have no issue. */
  readonly counted: readonly Counted[];
}

export async function countedIn(
  store: Pick<Tables, "documentsOf" | "itemsIn">,
  repository: Repository,
  now: Date,
): Promise<CountedRepository> {
  const { policy } = loadPolicy(repository.policyText);
  const today = dateIn(policy.time_zone, now);
  const documents = new Map((await store.documentsOf(repository.id)).map((document) => [document.id, document]));
  const counted = (await store.itemsIn(repository.id)).flatMap((item) => {
    const document = documents.get(item.documentId);
    if (!document) return [];
    const { teams } = resolveOwners(item.base, policy);
    const urgency = urgencyOf(item, document, policy);
    const owner = ownerLateOn(item, policy, today);
    const known = owner && { ownerLate: owner.late, ownerBy: owner.by };
    const owners = currentOwners(item, policy);
    return [{ item, document, repository: nameOf(repository), owners, teams, urgency, day: today, ...known }];
  });
  return { today, counted };
}

/** `acme/shop`. */
export const nameOf = ({ owner, name }: Pick<Repository, "owner" | "name">): string => `${owner}/${name}`;
