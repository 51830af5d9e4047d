/** Postmortems that are themselves late: pull requests with one that stay open longer than the policy lets them. */
import type { PlainDate } from "../calendar.js";
import { daysAfter } from "../policy/business-days.js";
import type { Policy } from "../policy/schema.js";

/** A pull request with a postmortem that has been open for too long. */
export interface LateReview {
  readonly number: number;
  readonly title: string;
  /** A login; null for a deleted account. */
  readonly author: string | null;
  /** The day it was opened. */
  readonly since: PlainDate;
}

/** The last day on which a pull request of a day is in time; null where the policy sets none. Saturdays and Sundays never count. */
export function reviewDueOn(
  openedOn: PlainDate,
  { review, calendar }: Pick<Policy, "review" | "calendar">,
): PlainDate | null {
  if (review.within === null) return null;
  return daysAfter(openedOn, review.within, { calendar: { ...calendar, business_days: true } });
}
