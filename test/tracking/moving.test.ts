/** What is left alone, and what is asked about all the same. */
import { describe, expect, it } from "vitest";
import { type Move, type Seen, sparedFor, sparedToday, subscribersIn } from "../../src/tracking/moving.js";
import type { Nudge } from "../../src/tracking/types.js";
import { anIssue } from "../store/samples.js";

const TODAY = "2024-09-30";
const DUE = "2024-09-20";
const move = (kind: Move["kind"], on: string, by = "lisa", open = false): Move => ({ kind, on, by, open });
const why = (moves: readonly Move[] | null, nudges: readonly Nudge[] = [], blockedBy = 0, due = DUE, until?: string) =>
  sparedToday({
    item: {
      issue: anIssue({ ...(blockedBy > 0 && { blockedBy }) }),
      nudges,
      due,
      openedOn: "2024-09-01",
      waiver: null,
      snoozes: until ? [{ on: DUE, until, by: "lisa", why: null }] : [],
    },
    moves,
    people: ["lisa"],
    every: 7,
    today: TODAY,
  })?.why ?? null;
const nudged = (on: string): Nudge[] => [{ n: 1, on }];

describe("an item that is due for a nudge", () => {
  it.each<[string, ReturnType<typeof why>, ReturnType<typeof why>]>([
    ["is asked about where nothing moves", why([]), null],
    ["is left alone where an open issue blocks it", why([], [], 1), "blocked"],
    ["is left alone where an open pull request of anybody names it", why([move("pull", DUE, "eve", true)]), "pull"],
    ["is asked about where that was merged", why([move("pull", "2024-09-29")]), null],
    ["is left alone where its owner commented yesterday", why([move("comment", "2024-09-29")]), "comment"],
    ["is left alone where its owner committed", why([move("commit", "2024-09-29")]), "commit"],
    ["is asked about where somebody else commented", why([move("comment", "2024-09-29", "eve")]), null],
    ["counts a word of shortly before the first nudge", why([move("comment", "2024-09-18")]), "comment"],
    ["counts no word from before a snooze ended", why([move("comment", "2024-09-20")], [], 0, DUE, TODAY), null],
    ["counts a word since a snooze ended", why([move("comment", "2024-09-29")], [], 0, DUE, "2024-09-28"), "comment"],
    ["counts no word of long before", why([move("comment", "2024-09-01")]), null],
    ["counts no word of before the last nudge", why([move("comment", "2024-09-21")], nudged("2024-09-23")), null],
    ["counts one since the last nudge", why([move("comment", "2024-09-24")], nudged("2024-09-23")), "comment"],
    ["is asked about again after a month of moving", why([move("pull", DUE, "eve", true)], [], 0, "2024-08-30"), null],
    [
      "the month begins again with a nudge",
      why([move("commit", TODAY)], nudged("2024-09-10"), 0, "2024-08-01"),
      "commit",
    ],
    ["is left alone where GitHub refused to tell", why(null), "untold"],
    ["is asked about a month later all the same", why(null, [], 0, "2024-08-30"), null],
    ["is known to be blocked without being told", why(null, [], 1), "blocked"],
    ["is not asked about while it is blocked, however long", why([], [], 2, "2024-01-01"), "blocked"],
  ])("%s", (_, found, wanted) => {
    expect(found).toBe(wanted);
  });
});

it.each([
  ["is told until its time comes again", [], "2024-10-07", "pull"],
  ["is not told once it is due again", [], TODAY, null],
  ["is not told where it was nudged since", nudged(TODAY), "2024-10-07", null],
])("that it was left alone %s", (_, nudges, nextNudgeOn, told) => {
  expect(sparedFor({ spared: { on: "2024-09-29", why: "pull" }, nudges, nextNudgeOn }, TODAY)).toBe(told);
});

it("subscribed is who commented, was mentioned or subscribed, unless they ended that; no bot", () => {
  const seen = (kind: Seen["kind"], by: string | null): Seen => ({ kind, by });
  const timeline = [
    ...[seen("comment", "ada"), seen("mentioned", "eve"), seen("subscribed", "dev"), seen("comment", "app[bot]")],
    ...[seen("pull", "lisa"), seen("unsubscribed", "ada"), seen("unsubscribed", "dev"), seen("comment", "dev")],
    ...[seen("comment", null), seen("unsubscribed", "zoe")],
  ];
  expect(subscribersIn(timeline)).toEqual(["dev", "eve"]);
});
