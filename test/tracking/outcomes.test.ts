/** What came of a nudge, by hand-made examples. */
import { describe, expect, it } from "vitest";
import type { Move } from "../../src/tracking/moving.js";
import { ledOf, outcomeOf, withAnswers, withOwnerFound } from "../../src/tracking/outcomes.js";
import type { Nudge, TrackedItem } from "../../src/tracking/types.js";
import { anIssue, anItem } from "../store/samples.js";

const NUDGE: Nudge = { n: 1, on: "2024-09-20" };
const TODAY = "2024-09-30";
const LATER: Nudge = { n: 2, on: "2024-09-28" };
const item = (part: Partial<TrackedItem> = {}) => anItem({ nudges: [NUDGE, LATER], slips: [], snoozes: [], ...part });
const slip = (on: string) => ({ on, from: "2024-09-19", to: "2024-10-01", by: "lisa", why: null });
const move = (kind: Move["kind"], on: string, by = "lisa"): Move => ({ kind, by, on, open: false });

describe("a nudge", () => {
  it.each<[string, Partial<TrackedItem>, string | null]>([
    ["led to closing", { issue: anIssue({ open: false, closedOn: "2024-09-27" }) }, "closed"],
    [
      "led to nothing where it was closed later",
      { issue: anIssue({ open: false, closedOn: "2024-09-28" }) },
      "nothing",
    ],
    ["led to another date", { slips: [slip("2024-09-21")] }, "moved"],
    ["led to nothing where the date was moved before", { slips: [slip("2024-09-19")] }, "nothing"],
    ["led to a rest", { snoozes: [{ on: "2024-09-20", until: "2024-10-01", by: "lisa", why: null }] }, "snoozed"],
    ["led to a waiver", { waiver: { on: "2024-09-22", until: null, by: "lisa", why: "x" } }, "snoozed"],
    ["led to what the timeline showed", { answers: [{ n: 1, how: "linked" }] }, "linked"],
    ["led to nothing where another was answered", { answers: [{ n: 2, how: "linked" }] }, "nothing"],
    [
      "counts as the most that came of it",
      { answers: [{ n: 1, how: "commented" }], slips: [slip("2024-09-21")] },
      "moved",
    ],
  ])("%s", (_, part, outcome) => {
    expect(outcomeOf(item(part), NUDGE, TODAY)).toBe(outcome);
  });

  it("is open until its week is over", () => {
    expect(outcomeOf(item(), NUDGE, "2024-09-27")).toBeNull();
    expect(outcomeOf(item(), NUDGE, "2024-09-28")).toBe("nothing");
  });

  it.each<[string, readonly Move[], TrackedItem["answers"]]>([
    ["work by anybody", [move("pull", "2024-09-22", "eve")], [{ n: 1, how: "linked" }]],
    ["its owner's word", [move("comment", "2024-09-22")], [{ n: 1, how: "commented" }]],
    [
      "work rather than a word",
      [move("comment", "2024-09-21"), move("commit", "2024-09-22")],
      [{ n: 1, how: "linked" }],
    ],
    ["nobody else's word", [move("comment", "2024-09-22", "eve")], undefined],
    ["nothing of before or of long after", [move("commit", "2024-09-19"), move("commit", "2024-10-06")], undefined],
    [
      "each nudge by itself",
      [move("comment", "2024-09-20"), move("pull", "2024-09-28")],
      [
        { n: 1, how: "commented" },
        { n: 2, how: "linked" },
      ],
    ],
  ])("is answered by %s", (_, moves, answers) => {
    expect(withAnswers(item(), moves, ["lisa"]).answers).toEqual(answers);
  });

  it("was answered once, whatever is seen later", () => {
    const answered = item({ answers: [{ n: 1, how: "commented" }] });
    expect(withAnswers(answered, [move("pull", "2024-09-22")], ["lisa"])).toBe(answered);
  });
});

describe("an owner", () => {
  const nobodys = item({ issue: anIssue({ assignees: [] }) });
  const ada = item({ issue: anIssue({ assignees: ["ada"] }) });
  it.each<[string, TrackedItem, TrackedItem, string, TrackedItem["answers"]]>([
    ["is an answer where nobody had it", nobodys, ada, "2024-09-30", [{ n: 2, how: "assigned" }]],
    ["is none where somebody had it", ada, ada, "2024-09-30", undefined],
    ["is none where nobody has it still", nobodys, nobodys, "2024-09-30", undefined],
    ["is none after the week", nobodys, ada, "2024-10-06", undefined],
    ["is none where nothing was asked", { ...nobodys, nudges: [] }, { ...ada, nudges: [] }, "2024-09-30", undefined],
    [
      "is none where another answer came first",
      { ...nobodys, answers: [{ n: 2, how: "linked" }] },
      { ...ada, answers: [{ n: 2, how: "linked" }] },
      "2024-09-30",
      [{ n: 2, how: "linked" }],
    ],
  ])("%s", (_, before, now, today, answers) => {
    expect(withOwnerFound(now, before, today).answers).toEqual(answers);
  });
});

it("the share of those that led to something leaves out what is still open, and what is long ago", () => {
  const one = item({ answers: [{ n: 1, how: "linked" }] });
  expect(ledOf([one, item()], TODAY)).toEqual({ count: 1, of: 2 });
  expect(ledOf([one, item()], "2024-10-20")).toEqual({ count: 1, of: 4 });
  expect(ledOf([one, item()], "2025-01-20")).toEqual({ count: 0, of: 0 });
});
