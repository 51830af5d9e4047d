/** Until when a pull request with a postmortem is in time. */
import { describe, expect, it } from "vitest";
import { loadPolicy } from "../../src/policy/load.js";
import { DEFAULT_POLICY } from "../../src/policy/schema.js";
import { reviewDueOn } from "../../src/tracking/reviews.js";

describe("a pull request with a postmortem is due", () => {
  it.each([
    // Mon 16 Sep 2024: two weeks, whether the policy counts business days elsewhere or not.
    ["2024-09-16", "", "2024-09-30"],
    ["2024-09-16", "calendar: { business_days: true }", "2024-09-30"],
    // On a Saturday: as if opened on the Friday before.
    ["2024-09-14", "", "2024-09-27"],
    ["2024-09-16", "calendar: { holidays: [2024-09-20] }", "2024-10-01"],
    ["2024-09-16", "review: { within: 1 business day }", "2024-09-17"],
    ["2024-09-20", "review: { within: 1 }", "2024-09-23"],
    ["2024-09-16", "review: { within: null }", null],
  ])("opened on %s, with %j: %s", (openedOn, policy, dueOn) => {
    const loaded = loadPolicy(policy);
    expect(loaded.problems).toEqual([]);
    expect(reviewDueOn(openedOn, loaded.policy)).toBe(dueOn);
  });

  it.each(["review: { within: soon }", "review: { within: 2 weeks }", "review: { within: 0 }", "review: { after: 3 }"])(
    "%s is a mistake that is told",
    (policy) => {
      const loaded = loadPolicy(policy);
      expect(loaded.problems).toHaveLength(1);
      expect(loaded.policy).toEqual(DEFAULT_POLICY);
    },
  );
});
