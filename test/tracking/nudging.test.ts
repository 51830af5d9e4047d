import { describe, expect, it } from "vitest";
import { DEFAULT_POLICY } from "../../src/policy/schema.js";
import { nextNudgeOn } from "../../src/tracking/nudging.js";
import { anIssue, anItem } from "../store/samples.js";

const next = (part: Parameters<typeof anItem>[0], every = 7, enabled = true) =>
  nextNudgeOn(anItem({ due: "2024-09-25", openedOn: "2024-09-16", nudges: [], ...part }), {
    nudges: { ...DEFAULT_POLICY.nudges, every, enabled },
  });

const snooze = (until: string) => ({ on: "2024-09-17", until, by: "lisa", why: null });
const waiver = (until: string) => ({ on: "2024-09-17", by: "lisa", why: "freeze", until });

describe("the next nudge", () => {
  it.each([
    ["the day after the due date", {}, "2024-09-26"],
    [
      "a week after the last one",
      {
        nudges: [
          { n: 1, on: "2024-09-26" },
          { n: 2, on: "2024-10-04" },
        ],
      },
      "2024-10-11",
    ],
    [
      "counts from the new date once it was moved",
      { due: "2024-10-10", nudges: [{ n: 1, on: "2024-09-26" }] },
      "2024-10-11",
    ],
    [
      "goes on from the last one where the date was moved back",
      { due: "2024-09-20", nudges: [{ n: 1, on: "2024-09-26" }] },
      "2024-10-03",
    ],
    ["a week after the opening of what was past its date then", { due: "2024-09-11" }, "2024-09-23"],
    ["the next day for what was due on the day it was opened", { due: "2024-09-16" }, "2024-09-17"],
    ["not before a snooze ends", { snoozes: [snooze("2024-10-02")] }, "2024-10-02"],
    ["as ever where the snooze ends before", { snoozes: [snooze("2024-09-20")] }, "2024-09-26"],
    ["by the last of many snoozes", { snoozes: [snooze("2024-12-01"), snooze("2024-09-30")] }, "2024-09-30"],
    ["not before the day of a waiver", { waiver: waiver("2024-11-01") }, "2024-11-01"],
    ["none without a date", { due: null }, null],
    ["none for a closed issue", { issue: anIssue({ open: false }) }, null],
    ["none without an issue", { issue: null }, null],
    ["none for what left its document", { leftOn: "2024-09-20" }, null],
  ])("%s", (_, part, on) => {
    expect(next(part)).toBe(on);
  });

  it("keeps to the policy", () => {
    expect(next({ nudges: [{ n: 1, on: "2024-09-26" }] }, 3)).toBe("2024-09-29");
    expect(next({}, 7, false)).toBeNull();
  });
});
