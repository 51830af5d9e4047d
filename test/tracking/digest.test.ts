/** The figures of the digest, on examples calculated by hand; it is Mon 30 Sep 2024, a week ago was the 23rd, the quarter began in July. */
import { describe, expect, it } from "vitest";
import { ages, type Digest, digestOf, historyFrom, type Standing, weeks } from "../../src/tracking/digest.js";
import type { ItemState } from "../../src/tracking/summary.js";
import type { Canonical, TrackedItem, TrackingIssue } from "../../src/tracking/types.js";
import { document, item, standing } from "../render/samples.js";

const TODAY = "2024-09-30";

const of = (
  title: string,
  part: Partial<TrackedItem> = {},
  issue: Partial<TrackingIssue> = {},
  priority: string | null = null,
) => item(title, { openedOn: "2024-09-02", ...part }, { priority }, { assignees: ["lisa"], ...issue });
const closed = (
  title: string,
  closedOn: string,
  part: Partial<TrackedItem> = {},
  closedAs: TrackingIssue["closedAs"] = "completed",
) => of(title, part, { open: false, closedOn, ...(closedAs && { closedAs }) });
const slip = (on: string, from: string | null, to: string | null) => ({ on, from, to, by: "dev", why: null });

const digest = (part: Partial<Standing>): Digest => digestOf(standing({ today: TODAY, ...part }));
const titles = (items: readonly TrackedItem[]) => items.map(({ base }) => base.title);

describe("each open item stands in one group, the first it belongs to", () => {
  const slips = [slip("2024-09-25", "2024-10-01", "2024-10-20")];
  const snoozes = [{ on: "2024-09-20", until: "2024-10-05", by: "dev", why: null }];
  const waiver = { on: "2024-09-20", by: "dev", why: "no budget", until: "2024-12-01" };
  it.each<[keyof Digest, TrackedItem]>([
    ["overdue", of("a", { due: "2024-09-29" })],
    ["overdue", of("a", { due: "2024-09-29", slips }, { assignees: [] })],
    ["moved", of("a", { due: "2024-10-20", slips })],
    ["moved", of("a", { due: "2024-10-02", slips })],
    ["moved", of("a", { due: null, slips: [slip("2024-09-23", "2024-10-01", null)] })],
    ["soon", of("a", { due: TODAY })],
    ["soon", of("a", { due: "2024-10-06" }, { assignees: [] })],
    // Moved before this week, or to an earlier day.
    ["later", of("a", { due: "2024-10-20", slips: [slip("2024-09-22", "2024-10-01", "2024-10-20")] })],
    ["later", of("a", { due: "2024-10-20", slips: [slip("2024-09-25", "2024-11-01", "2024-10-20")] })],
    ["unready", of("a", { due: "2024-10-07" }, { assignees: [] })],
    ["unready", of("a", { due: null })],
    ["later", of("a", { due: "2024-10-07" })],
    ["snoozed", of("a", { due: "2024-09-01", snoozes })],
    ["waived", of("a", { due: "2024-09-01", waiver })],
    // Nobody is asked about what left its document.
    ["waiting", of("a", { due: "2024-09-01", leftOn: "2024-09-20" })],
  ])("%s", (group, one) => {
    const found = digest({ open: [one] });
    const groups = Object.entries({ ...found, overdue: found.overdue.flatMap(({ items }) => items) });
    expect(groups.filter(([, items]) => Array.isArray(items) && items.length > 0).map(([name]) => name)).toEqual([
      group,
    ]);
  });
});

describe("a duplicate is closed with the issue that it goes on in", () => {
  const CLOSED = "2024-09-25";
  const LAST_MONTH = "2024-08-20";
  const snoozes = [{ on: "2024-09-20", until: "2024-10-05", by: "dev", why: null }];
  const waiver = { on: "2024-09-20", by: "dev", why: "no budget", until: null };
  /** An item in each state that one can have, of issue 12; null: it has no issue that a duplicate could name. */
  const OTHERS: Readonly<Record<ItemState, TrackedItem | null>> = {
    open: of("other", {}, { number: 12 }),
    overdue: of("other", { due: "2024-09-01" }, { number: 12 }),
    snoozed: of("other", { snoozes }, { number: 12 }),
    left: of("other", { leftOn: "2024-09-20" }, { number: 12 }),
    waiting: null,
    done: of("other", {}, { number: 12, open: false, closedOn: CLOSED, closedAs: "completed" }),
    waived: of("other", { waiver }, { number: 12, open: false, closedOn: CLOSED, closedAs: "not_planned" }),
    dropped: item("other", {}, { dropped: true }, { number: 12, open: false, closedOn: CLOSED }),
    "not-planned": of("other", {}, { number: 12, open: false, closedOn: CLOSED, closedAs: "not_planned" }),
    duplicate: of("other", {}, { number: 12, open: false, closedOn: CLOSED, closedAs: "duplicate" }),
    gone: of("other", {}, { number: 12, open: false, closedOn: CLOSED, closedAs: "gone" }),
  };
  type Shown = Extract<Canonical, { kind: "issue" }>;
  const seen = (other: TrackedItem): Shown => ({
    kind: "issue",
    number: 12,
    open: other.issue?.open ?? false,
    closedOn: other.issue?.closedOn ?? null,
    ...(other.issue?.closedAs && { closedAs: other.issue.closedAs }),
  });
  const duplicateOf = (duplicateOf: Canonical, closedOn = CLOSED, part: Partial<TrackedItem> = {}) =>
    of("duplicate", part, { number: 90, open: false, closedOn, closedAs: "duplicate", duplicateOf });
  const told = (part: Partial<Standing>) => {
    const { closed, duplicates, figures } = digest(part);
    const week = weeks(standing({ today: TODAY, ...part })).at(-1);
    expect([figures.closed, week?.closed]).toEqual([closed.length, closed.length]);
    return { thanked: titles(closed), duplicates: titles(duplicates) };
  };

  const ITEMS = Object.entries(OTHERS).flatMap(([state, other]) => (other ? [[state, other] as const] : []));
  const together = (other: TrackedItem, own: TrackedItem): Partial<Standing> =>
    other.issue?.open ? { open: [other], closed: [own] } : { closed: [other, own] };

  it.each(ITEMS)("where that is an item's, %s: only that one is closed, if it is", (_, other) => {
    for (const own of [duplicateOf(seen(other)), duplicateOf({ ...seen(other), open: true, closedOn: null })])
      expect(told(together(other, own))).toEqual({
        thanked: other.issue?.open ? [] : ["other"],
        duplicates: ["duplicate"],
      });
    const joined = duplicateOf(seen(other), CLOSED, { sameAs: { id: other.id, issue: 12 } });
    expect(told(together(other, joined)).duplicates).toEqual(["duplicate"]);
    // Weeks later it is no news that it is a duplicate, whatever becomes of the other one.
    expect(told(together(other, duplicateOf(seen(other), LAST_MONTH))).duplicates).toEqual([]);
  });

  it.each(ITEMS)("where that is nobody's item, and as one that is %s: with it", (_, other) => {
    const open = other.issue?.open ?? false;
    expect(told({ closed: [duplicateOf(seen(other))] })).toEqual(
      open ? { thanked: [], duplicates: ["duplicate"] } : { thanked: ["duplicate"], duplicates: [] },
    );
    // It was closed a month ago, the other one this week.
    expect(told({ closed: [duplicateOf(seen(other), LAST_MONTH)] })).toEqual({
      thanked: open ? [] : ["duplicate"],
      duplicates: [],
    });
  });

  it.each(["nothing", "hidden"] as const)("and by itself where GitHub names %s", (kind) => {
    expect(told({ closed: [duplicateOf({ kind })] })).toEqual({ thanked: ["duplicate"], duplicates: [] });
  });

  it.each(ITEMS)("what is none is closed where it is (%s)", (_, one) => {
    const thanked = one.issue?.open ? [] : ["other"];
    expect(told(one.issue?.open ? { open: [one] } : { closed: [one] })).toEqual({ thanked, duplicates: [] });
  });

  it("what was open a week ago is told of it all the same", () => {
    const other = of("other", {}, { number: 12 });
    expect(digest(together(other, duplicateOf(seen(other)))).figures).toMatchObject({
      open: 1,
      openBefore: 2,
      closed: 0,
    });
  });
});

describe("what is worst comes first", () => {
  it("by severity, then priority, then age; each item once, with its first assignee", () => {
    const documents = new Map([
      ["low", document({ id: "low", incident: { ...document().incident, severity: "SEV-3" } })],
      ["high", document({ id: "high", incident: { ...document().incident, severity: "SEV-1" } })],
    ]);
    const late = (title: string, due: string, documentId: string, priority: string | null, assignees: string[]) =>
      of(title, { due, documentId }, { assignees }, priority);
    const open = [
      late("old, minor", "2024-01-01", "low", null, ["dev"]),
      late("P1 of SEV-1", "2024-09-29", "high", "P1", ["lisa", "dev"]),
      late("P0 of SEV-1", "2024-09-29", "high", "p0", ["dev"]),
      late("critical of SEV-1", "2024-09-20", "high", "Critical", []),
    ];
    expect(digest({ open, documents }).overdue.map(({ owner, items }) => [owner, titles(items)])).toEqual([
      [null, ["critical of SEV-1"]],
      ["dev", ["P0 of SEV-1", "old, minor"]],
      ["lisa", ["P1 of SEV-1"]],
    ]);
  });
});

describe("the figures", () => {
  it("hold what is open against a week ago", () => {
    const { figures } = digest({
      open: [of("a"), of("b", { openedOn: "2024-09-24" })],
      closed: [
        closed("c", "2024-09-25"),
        closed("d", "2024-09-26", { openedOn: "2024-09-25" }),
        closed("e", "2024-09-10"),
      ],
    });
    expect(figures).toMatchObject({ open: 2, openBefore: 2, opened: 2, closed: 2 });
  });

  it("say which of last week's dates held, as they stood when it began", () => {
    const { figures } = digest({
      open: [
        of("not done", { due: "2024-09-27" }),
        of("put off", { due: "2024-10-20", slips: [slip("2024-09-25", "2024-09-26", "2024-10-20")] }),
        of("due today, so still to come", { due: TODAY }),
        of("due long before", { due: "2024-09-22" }),
        of("waived", { due: "2024-09-27", waiver: { on: "2024-09-25", by: "dev", why: "no", until: "2024-12-01" } }),
      ],
      closed: [
        closed("in time", "2024-09-24", { due: "2024-09-24" }),
        closed("late", "2024-09-26", { due: "2024-09-25" }),
        closed("given up", "2024-09-24", { due: "2024-09-25" }, "not_planned"),
      ],
    });
    expect(figures.promises).toEqual({ of: 4, count: 1 });
  });

  it("say what was done this quarter by its first date", () => {
    const { figures } = digest({
      closed: [
        closed("in time", "2024-07-01", { originalDue: "2024-07-01" }),
        closed("by the second date", "2024-08-10", { originalDue: "2024-08-01", due: "2024-08-20" }),
        closed("last quarter", "2024-06-30", { originalDue: "2024-07-01" }),
        closed("without a date", "2024-08-01", { originalDue: null }),
        closed("not planned", "2024-08-01", { originalDue: "2024-09-01" }, "not_planned"),
      ],
    });
    expect(figures.onTime).toEqual({ of: 2, count: 1 });
  });
});

it.each([
  ["2024-09-30", "2024-07-01"],
  ["2024-10-02", "2024-08-07"],
  ["2024-01-01", "2023-11-06"],
])("on %s closed items are asked for since %s: the quarter, and eight weeks", (today, from) => {
  expect(historyFrom(today)).toBe(from);
});

it("ages have their bounds", () => {
  const opened = ["2024-09-30", "2024-08-31", "2024-08-30", "2024-07-02", "2024-07-01", "2024-04-03", "2024-04-02"];
  expect(
    ages(
      opened.map((openedOn) => of("a", { openedOn })),
      TODAY,
    ),
  ).toEqual([2, 2, 2, 1]);
});

it("weeks end on the day of the digest", () => {
  const counted = weeks(
    standing({
      today: TODAY,
      open: [of("a", { openedOn: "2024-09-24" }), of("b", { openedOn: "2024-09-23" })],
      closed: [closed("c", TODAY, { openedOn: "2024-08-01" }), closed("d", "2024-08-12", { openedOn: "2024-07-01" })],
    }),
  );
  expect(counted.map(({ ends, opened, closed }) => [ends, opened, closed])).toEqual([
    ["2024-08-12", 0, 1],
    ["2024-08-19", 0, 0],
    ["2024-08-26", 0, 0],
    ["2024-09-02", 0, 0],
    ["2024-09-09", 0, 0],
    ["2024-09-16", 0, 0],
    ["2024-09-23", 1, 0],
    ["2024-09-30", 1, 1],
  ]);
});
