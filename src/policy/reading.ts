/** What a policy says about reading documents. */
import type { PlainDate } from "../calendar.js";
import type { ReadOptions } from "../postmortem/types.js";
import type { Policy } from "./schema.js";

/** The reader's options under a policy; `today` (in the policy's time zone) or null where past dates are not asked for. */
export function readOptions(policy: Policy, today: PlainDate | null): ReadOptions {
  return {
    dateOrder: policy.date_order,
    sprints: Object.fromEntries(Object.entries(policy.sprints).map(([name, day]) => [name.toLowerCase(), day])),
    ticketPrefixes: policy.ticket_prefixes,
    levels: policy.problems,
    maxItems: policy.guards.max_new_items,
    today,
  };
}
