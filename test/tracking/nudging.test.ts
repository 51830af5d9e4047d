import { describe, expect, it } from "vitest";
import { DEFAULT_POLICY, type Policy } from "../../src/policy/schema.js";
import { nextNudgeOn } from "../../src/tracking/nudging.js";
import { anIssue, anItem } from "../store/samples.js";

const next = (part: Parameters<typeof anItem>[0], every = 7, enabled = true) =>
  nextNudgeOn(anItem({ due: "2024-09-25", openedOn: "2024-09-16", nudges: [], ...part }), {
    ...DEFAULT_POLICY,
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

  it.each([
    ["a holiday moves it", { holidays: ["2024-09-26"] }, "2024-09-27"],
    ["over the weekend", { holidays: ["2024-09-26", "2024-09-27"], business_days: true }, "2024-09-30"],
    [
      "a weekend is a day like others where nobody said otherwise",
      { holidays: ["2024-09-26", "2024-09-27"] },
      "2024-09-28",
    ],
  ])("%s", (_, calendar, on) => {
    const item = anItem({ due: "2024-09-25", openedOn: "2024-09-16", nudges: [] });
    expect(nextNudgeOn(item, { ...DEFAULT_POLICY, calendar: { ...DEFAULT_POLICY.calendar, ...calendar } })).toBe(on);
  });

  const byPolicy = (part: Parameters<typeof anItem>[0], nudges: Partial<Policy["nudges"]>, severity?: string | null) =>
    nextNudgeOn(
      anItem({ due: "2024-09-25", openedOn: "2024-09-16", nudges: [], ...part }),
      { ...DEFAULT_POLICY, nudges: { ...DEFAULT_POLICY.nudges, ...nudges } },
      severity,
    );
  const on = (...days: string[]) => ({ nudges: days.map((day, index) => ({ n: index + 1, on: day })) });
  it.each<[string, Parameters<typeof anItem>[0], Partial<Policy["nudges"]>, string | null | undefined, string]>([
    ["a reminder before the date", {}, { before: 3 }, null, "2024-09-22"],
    ["then the day after it", on("2024-09-22"), { before: 3 }, null, "2024-09-26"],
    ["no reminder where the issue is younger", { openedOn: "2024-09-23" }, { before: 3 }, null, "2024-09-26"],
    ["a reminder of a moved date too", { ...on("2024-09-22"), due: "2024-10-10" }, { before: 3 }, null, "2024-10-07"],
    ["by priority", on("2024-09-26"), { by_priority: { p1: 2 } }, null, "2024-09-28"],
    ["by severity", on("2024-09-26"), { by_severity: { "SEV-1": 3 } }, "sev1", "2024-09-29"],
    [
      "by priority rather",
      on("2024-09-26"),
      { by_priority: { p1: 2 }, by_severity: { sev1: 3 } },
      "sev1",
      "2024-09-28",
    ],
    ["by no other severity", on("2024-09-26"), { by_severity: { "SEV-1": 3 } }, "sev2", "2024-10-03"],
    [
      "the earliest where the severity is not at hand",
      on("2024-09-26"),
      { by_severity: { sev1: 3 } },
      undefined,
      "2024-09-29",
    ],
    ["slower after a month", on("2024-09-26", "2024-10-25"), {}, null, "2024-11-08"],
    ["slower by priority too", on("2024-10-25"), { by_priority: { p1: 2 } }, null, "2024-11-08"],
    ["never faster for it", on("2024-10-25"), { every: 21 }, null, "2024-11-15"],
  ])("comes as the policy says: %s", (_, part, nudges, severity, day) => {
    expect(byPolicy(part, nudges, severity)).toBe(day);
  });

  it("keeps to the policy", () => {
    expect(next({ nudges: [{ n: 1, on: "2024-09-26" }] }, 3)).toBe("2024-09-29");
    expect(next({}, 7, false)).toBeNull();
  });
});
