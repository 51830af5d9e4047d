/**
 * The reminder of a pull request with a postmortem that stays open, once:
 *
 *   @ada, this postmortem has been in review since Mon 2 Sep 2024, longer than 10 business days.
 */
import type { LateReview } from "../tracking/reviews.js";
import { marker } from "./marker.js";
import { count, day } from "./words.js";

/** Names the comment; also in its marker. */
export const reviewKey = (number: number): string => `review:${number}`;

/** `within`: the policy's business days. */
export function renderReview({ number, author, since }: LateReview, within: number): string {
  const late = `his postmortem has been in review since ${day(since)}, longer than ${count(within, "business day")}.`;
  return [
    author === null ? `T${late}` : `@${author}, t${late}`,
    "",
    "Its action items become issues once it is merged. Merge it, or close it if it is not needed; what is still unclear can follow in a later pull request.",
    "",
    "This is said once. To leave a pull request out, give it the label `no-follow-through`.",
    "",
    marker("review", { key: reviewKey(number) }),
  ].join("\n");
}
