/** The small pure figures: owners, titles, states, bounds. */
import { describe, expect, it } from "vitest";
import { bounded } from "../../src/tracking/bounds.js";
import { resolveOwners } from "../../src/tracking/owners.js";
import { isOverdue, overdueDays, progressOf, stateOf } from "../../src/tracking/summary.js";
import { issueTitle } from "../../src/tracking/title.js";
import type { Closing } from "../../src/tracking/types.js";
import { anIssue, anItem } from "../store/samples.js";
import { an, postmortem } from "./samples.js";

describe("owners", () => {
  const policy = { owners: { "Marcus R.": ["@Marcus"], "web team": ["@lisa", "@acme/web"], ada: ["@ada-l"] } };
  const resolve = (owners: string[], mentions: string[] = []) => resolveOwners({ owners, mentions }, policy);

  it.each([
    ["a login", ["Lisa"], ["Lisa"], { logins: ["lisa"], teams: [], names: [] }],
    ["a team", ["acme/platform"], ["acme/platform"], { logins: [], teams: ["acme/platform"], names: [] }],
    ["a name the policy knows", ["marcus r."], [], { logins: ["marcus"], teams: [], names: [] }],
    ["also without its last dot", ["Marcus R"], [], { logins: ["marcus"], teams: [], names: [] }],
    ["a name that stands for several", ["Web Team"], [], { logins: ["lisa"], teams: ["acme/web"], names: [] }],
    ["a name nobody knows", ["Priya"], [], { logins: [], teams: [], names: ["Priya"] }],
    ["a login the policy maps to another", ["ada"], ["ada"], { logins: ["ada-l"], teams: [], names: [] }],
    ["the same one twice", ["lisa", "Web Team"], ["lisa"], { logins: ["lisa"], teams: ["acme/web"], names: [] }],
    ["a bare word that looks like a login is a name", ["lisa"], [], { logins: [], teams: [], names: ["lisa"] }],
    ["nobody", [], [], { logins: [], teams: [], names: [] }],
  ])("%s", (_, owners, mentions, resolved) => {
    expect(resolve(owners, mentions)).toEqual(resolved);
  });
});

describe("a title", () => {
  it("is one line without what could make it read as something else", () => {
    expect(issueTitle("Add\ta\r\n  pool \u202Elimit\u202C\u0007")).toBe("Add a pool limit");
  });

  it("is 256 characters at most, counted as GitHub counts them", () => {
    const words = "reconnect ".repeat(30).trim();
    expect(issueTitle("x".repeat(256))).toBe("x".repeat(256));
    expect(issueTitle("🔥".repeat(300))).toBe(`${"🔥".repeat(127)}…`);
    expect(issueTitle(words)).toMatch(/reconnect…$/);
    expect(issueTitle(words).length).toBeLessThanOrEqual(256);
  });
});

describe("the state of an item", () => {
  const on = "2024-09-25";
  const ticked = { ...anItem().base, done: true };
  const closedAs = (reason: Closing) => anIssue({ open: false, closedOn: on, closedAs: reason });
  const waivedUntil = (until: string | null) => ({ on: "2024-09-20", by: "ada", why: "code freeze", until });
  const snoozedTo = (until: string) => [{ on: "2024-09-20", until, by: "ada", why: null }];
  it.each([
    ["closed", { issue: anIssue({ open: false }) }, "done"],
    ["ticked, without an issue", { issue: null, base: { ...anItem().base, done: true } }, "done"],
    ["ticked, but its issue open", { base: { ...anItem().base, done: true }, due: on }, "open"],
    ["due today", { due: on }, "open"],
    ["due yesterday", { due: "2024-09-24" }, "overdue"],
    ["without a date", { due: null }, "open"],
    ["gone from the document", { leftOn: on, due: "2024-09-01" }, "left"],
    ["gone and closed", { leftOn: on, issue: anIssue({ open: false }) }, "done"],
    [
      "gone from the document, and closed as not planned",
      { leftOn: on, issue: closedAs("not_planned") },
      "not-planned",
    ],
    ["without an issue", { issue: null, due: "2024-09-01" }, "waiting"],
    ["closed as completed", { issue: closedAs("completed") }, "done"],
    ["closed as not planned", { issue: closedAs("not_planned") }, "not-planned"],
    ["closed as a duplicate", { issue: closedAs("duplicate") }, "duplicate"],
    ["whose issue is gone", { issue: closedAs("gone") }, "gone"],
    ["ticked, and closed as not planned", { base: ticked, issue: closedAs("not_planned") }, "done"],
    ["ticked, and gone", { base: ticked, issue: closedAs("gone") }, "done"],
    [
      "dropped, and closed",
      { base: { ...anItem().base, dropped: true as const }, issue: closedAs("not_planned") },
      "dropped",
    ],
    ["waived for good", { waiver: waivedUntil(null), issue: closedAs("not_planned") }, "waived"],
    ["waived for now", { waiver: waivedUntil("2024-10-01"), due: "2024-09-01" }, "waived"],
    ["waived until today", { waiver: waivedUntil(on), due: "2024-09-01" }, "overdue"],
    ["snoozed and overdue", { snoozes: snoozedTo("2024-10-01"), due: "2024-09-01" }, "snoozed"],
    ["snoozed before its date", { snoozes: snoozedTo("2024-10-01"), due: "2024-10-20" }, "snoozed"],
    ["snoozed until today", { snoozes: snoozedTo(on), due: "2024-09-01" }, "overdue"],
    ["snoozed and closed", { snoozes: snoozedTo("2024-10-01"), issue: closedAs("completed") }, "done"],
  ])("%s: %3$s", (_, part, state) => {
    expect(stateOf(anItem(part), on)).toBe(state);
  });

  it("adds up, with those that left", () => {
    const items = [
      anItem({ issue: anIssue({ open: false }) }),
      anItem({ due: "2024-09-01" }),
      anItem({ due: null }),
      anItem({ leftOn: on }),
      anItem({ issue: null }),
    ];
    expect(progressOf(items, on)).toEqual({
      total: 5,
      of: { done: 1, overdue: 1, open: 1, left: 1, waiting: 1 },
    });
  });

  it("counts overdue days across months", () => {
    expect(overdueDays({ due: "2024-08-30" }, "2024-09-02")).toBe(3);
    expect(overdueDays({ due: "2024-09-30" }, "2024-09-02")).toBe(0);
    expect(isOverdue({ due: null }, on)).toBe(false);
  });
});

describe("bounds", () => {
  it("leave what is of a usual length as it is", () => {
    const read = postmortem([
      an("Add timeouts", { owners: ["lisa"], dueText: "Oct 1", refUrl: "https://x.example/1" }),
    ]);
    expect(bounded(read)).toEqual(read);
  });

  it("cut what would not fit into a marker", () => {
    const long = "word ".repeat(20_000).trim();
    const names = Array.from({ length: 500 }, () => long);
    const item = an(long, {
      owners: names,
      mentions: names,
      dueText: long,
      priority: long,
      ref: long,
      refUrl: long,
      group: long,
      window: long,
    });
    const read = {
      ...postmortem([item]),
      title: long,
      incident: { id: long, date: null, severity: long, services: names, tags: names },
    };
    expect(JSON.stringify(bounded(read)).length).toBeLessThan(12_000);
    expect(bounded(read).items[0]?.refUrl).toBeNull();
  });
});
