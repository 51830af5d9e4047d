/** What the policy's guards hold back: the same before a merge, after it, and on the command line. */
import { daysBetween, type PlainDate } from "../calendar.js";
import type { Policy } from "../policy/schema.js";
import type { Incident } from "../postmortem/types.js";

type Guarding = Pick<Policy, "guards">;

/** Whether an incident is longer past than a postmortem that is only edited may be. */
export const isLongPast = ({ date }: Pick<Incident, "date">, { guards }: Guarding, today: PlainDate): boolean =>
  date !== null && daysBetween(date, today) > guards.max_age;

/** Whether so many new items, of all documents of a pull request together, are more than it opens by itself. */
export const areTooMany = (newItems: number, { guards }: Guarding): boolean => newItems > guards.max_new_items;
