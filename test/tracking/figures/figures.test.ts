/** Each figure on examples calculated by hand; it is Mon 30 Sep 2024. */
import { describe, expect, it } from "vitest";
import { type Counted, countedOnce, inPeriod } from "../../../src/tracking/figures/counted.js";
import { type Figures, figuresOf } from "../../../src/tracking/figures/figures.js";
import { spread } from "../../../src/tracking/figures/share.js";
import { counted, DAY, slip, type Words } from "./samples.js";

/** The figures since a day, null from the beginning. */
function figures(all: readonly Counted[], since: string | null = null, until = DAY): Figures {
  const period = { since, until };
  return figuresOf(countedOnce(inPeriod(all, period)), period);
}

const waiver = (until: string | null) => ({ on: "2024-09-10", by: "dev", why: "no budget", until });
const snoozes = [{ on: "2024-09-20", until: "2024-10-15", by: "dev", why: null }];

/** Closed as a duplicate of an issue, which is open, or was closed as not planned. */
const duplicateOf = (number: number, closedOn: string | null = null): Words => {
  const open = closedOn === null;
  const of = { kind: "issue", number, open, closedOn, ...(!open && { closedAs: "not_planned" as const }) } as const;
  return { closed: "2024-09-20", as: "duplicate", issue: { duplicateOf: of } };
};

describe("what became of items", () => {
  it.each<[string, Words, Partial<Figures>]>([
    ["open", {}, { open: 1, completed: { count: 0, of: 1 }, givenUp: 0, overdue: 0 }],
    ["overdue", { item: { due: "2024-09-29" } }, { open: 1, overdue: 1 }],
    ["due today", { item: { due: DAY } }, { open: 1, overdue: 0 }],
    ["snoozed", { item: { due: "2024-09-29", snoozes } }, { open: 1, overdue: 0 }],
    [
      "waived until a day",
      { item: { due: "2024-09-29", waiver: waiver("2024-12-01") } },
      { open: 1, overdue: 0, givenUp: 0 },
    ],
    ["waived until a day that has come", { item: { due: "2024-09-29", waiver: waiver(DAY) } }, { open: 1, overdue: 1 }],
    ["done", { closed: "2024-09-20" }, { open: 0, completed: { count: 1, of: 1 }, givenUp: 0 }],
    [
      "waived for good",
      { closed: "2024-09-20", as: "not_planned", item: { waiver: waiver(null) } },
      { open: 0, givenUp: 1 },
    ],
    ["not planned", { closed: "2024-09-20", as: "not_planned" }, { givenUp: 1, completed: { count: 0, of: 1 } }],
    ["a duplicate of nothing that GitHub names", { closed: "2024-09-20", as: "duplicate" }, { givenUp: 1 }],
    ["a duplicate of an issue that is open", duplicateOf(900), { items: 1, open: 1, overdue: 0, givenUp: 0 }],
    ["a duplicate of one that was closed since", duplicateOf(900, "2024-10-02"), { open: 1, givenUp: 0 }],
    ["a duplicate of one that is not planned", duplicateOf(900, "2024-09-25"), { open: 0, givenUp: 1 }],
    ["gone", { closed: "2024-09-20", as: "gone" }, { givenUp: 1 }],
    [
      "left its document",
      { item: { leftOn: "2024-09-10", due: "2024-09-20" } },
      { items: 1, open: 0, overdue: 0, givenUp: 0 },
    ],
    ["of a document that is gone", { document: { removedOn: "2024-09-10" } }, { items: 1, open: 0, givenUp: 0 }],
    ["ticked before it had an issue", { item: { openedOn: null, issue: null } }, { items: 0 }],
  ])("%s", (_, words, expected) => {
    expect(figures([counted(words)])).toMatchObject(expected);
  });

  it("is counted over those that were open on any day of the period, as they stood at its end", () => {
    const all = [
      counted({ on: "2024-05-01", closed: "2024-06-30" }), // over before
      counted({ on: "2024-05-01", closed: "2024-07-01" }), // its last day was the first
      counted({ on: "2024-05-01", closed: "2024-09-10" }), // open at the end
      counted({ on: "2024-08-31" }), // opened on the last day
      counted({ on: "2024-09-01" }), // not yet
    ];
    expect(figures(all, "2024-07-01", "2024-08-31")).toMatchObject({
      items: 3,
      opened: 1,
      completed: { count: 1, of: 3 },
      open: 2,
    });
    expect(figures(all)).toMatchObject({ items: 5, opened: 5, completed: { count: 3, of: 5 }, open: 2 });
  });

  it("counts work once: with the issue that it goes on in, and else with the oldest of its duplicates", () => {
    const own = counted({ issue: { number: 500 } });
    const joined = counted({ closed: "2024-09-20", as: "duplicate", item: { sameAs: { id: "i", issue: 500 } } });
    const all = [
      own, // open
      counted(duplicateOf(500)), // counts with it
      joined, // as well
      counted(duplicateOf(900)), // of an issue that is no item's, which is open
      counted(duplicateOf(900)), // the same work
      counted({ closed: "2024-09-20" }), // done
      counted({ closed: "2024-09-20", as: "not_planned" }), // given up
    ];
    expect(figures(all)).toMatchObject({ items: 4, opened: 4, open: 2, completed: { count: 1, of: 4 }, givenUp: 1 });
    // Of another repository of that name's number it says nothing.
    const other = counted({ ...duplicateOf(500), counted: { repository: "acme/api" } });
    expect(figures([own, other])).toMatchObject({ items: 2, open: 2 });
  });

  it("counts a duplicate in the periods in which the issue that it goes on in was open", () => {
    const open = duplicateOf(900);
    const late = duplicateOf(900, "2024-09-25");
    const since = (words: Words) =>
      figures([counted({ ...words, closed: "2024-05-20", on: "2024-05-01" })], "2024-08-01");
    expect(since(open)).toMatchObject({ items: 1, open: 1 });
    expect(since(late)).toMatchObject({ items: 1, open: 0, givenUp: 1 });
    expect(since({ ...open, issue: {} })).toMatchObject({ items: 0 });
  });

  it("counts two that are duplicates of each other, since they go on nowhere", () => {
    const each = (number: number, of: number) => {
      const words = duplicateOf(of, "2024-09-20");
      return counted({ ...words, issue: { ...words.issue, number } });
    };
    expect(figures([each(701, 702), each(702, 701)])).toMatchObject({ items: 2, givenUp: 2 });
  });

  it("has ages with bounds", () => {
    // 0, 30 | 31, 90 | 91, 180 | 181 days, and one that is done.
    const opened = ["2024-09-30", "2024-08-31", "2024-08-30", "2024-07-02", "2024-07-01", "2024-04-03", "2024-04-02"];
    const done = counted({ on: "2024-01-01", closed: "2024-09-01" });
    expect(figures([...opened.map((on) => counted({ on })), done]).openByAge).toEqual([2, 2, 2, 1]);
  });
});

describe("whether dates held", () => {
  const dated = (closed: string | undefined, due: string | null, originalDue = due, words: Words = {}) =>
    counted({ ...words, ...(closed && { closed }), item: { due, originalDue, ...words.item } });
  const all = [
    dated("2024-09-10", "2024-09-10"), // by both
    dated("2024-09-11", "2024-09-20", "2024-09-10"), // by the second only
    dated("2024-09-21", "2024-09-20", "2024-09-10"), // by neither
    dated("2024-09-11", null, "2024-09-10"), // the date was taken away, and it is after it
    dated("2024-09-11", null), // never had one
    dated(undefined, "2024-09-29"), // passed
    dated(undefined, DAY), // today is in time
    dated(undefined, "2024-09-29", "2024-09-29", { item: { snoozes } }), // a snooze moves no date
    dated(undefined, "2024-09-29", "2024-09-29", { item: { waiver: waiver("2024-12-01") } }), // a waiver puts it aside
    dated("2024-09-30", "2024-09-20", "2024-09-20", { as: "not_planned" }), // nobody owes it
  ];

  it("by the first date, by the one that holds, and what was broken", () => {
    const { byFirstDate, byCurrentDate, breaches } = figures(all);
    expect(byFirstDate).toEqual({ count: 1, of: 4 });
    expect(byCurrentDate).toEqual({ count: 2, of: 3 });
    // Of the three done with a date and the four open with one: the third done, the first and the third open.
    expect(breaches.date).toEqual({ count: 3, of: 7 });
  });

  it("on an earlier day, by the date of that day", () => {
    const moved = dated(undefined, "2024-12-01", "2024-09-01", {
      item: { slips: [slip("2024-09-20", "2024-09-01", "2024-12-01")] },
    });
    expect(figures([moved]).breaches.date).toEqual({ count: 0, of: 1 });
    expect(figures([moved], null, "2024-09-10")).toMatchObject({ breaches: { date: { count: 1, of: 1 } }, overdue: 1 });
  });

  it("says of a deadline for owners only what is known", () => {
    const late = (ownerLate?: boolean) => counted({ counted: ownerLate === undefined ? {} : { ownerLate } });
    expect(figures([late(true), late(false), late(false), late()]).breaches.owner).toEqual({ count: 1, of: 3 });
    expect(figures([late()]).breaches.owner).toEqual({ count: 0, of: 0 });
  });
});

it("what the document said at the merge is counted where it is known, of what was opened in the period", () => {
  const merged = (on: string, owner: boolean, date: boolean) => counted({ on, item: { atMerge: { owner, date } } });
  const all = [
    merged("2024-09-01", true, true),
    merged("2024-09-02", true, false),
    merged("2024-09-03", false, true),
    merged("2024-09-04", false, false),
    merged("2024-08-31", true, true),
    counted(),
  ];
  expect(figures(all, "2024-09-01").atMerge).toEqual({
    owner: { count: 2, of: 4 },
    date: { count: 2, of: 4 },
    both: { count: 1, of: 4 },
  });
});

describe("slips", () => {
  const put = (...slips: ReturnType<typeof slip>[]) => counted({ item: { slips } });
  const all = [
    put(slip("2024-09-05", "2024-09-10", "2024-09-20"), slip("2024-09-18", "2024-09-20", "2024-10-04")), // 10 + 14 days
    put(slip("2024-09-05", "2024-09-10", "2024-09-13", "ada")), // 3 days
    put(slip("2024-09-06", "2024-09-10", null, null)), // to no date at all, by the document
    put(slip("2024-09-06", "2024-09-10", "2024-09-08")), // to an earlier day
    put(slip("2024-09-06", null, "2024-09-08")), // its first date
    put(),
  ];

  it("are moves to a later day or to none: how many, how far, by whom", () => {
    expect(figures(all).slips).toEqual({
      items: { count: 3, of: 6 },
      moves: 4,
      days: { median: 3, p90: 24, of: 3 },
      by: [
        { by: "dev", moves: 2, days: 24 },
        { by: "ada", moves: 1, days: 3 },
        { by: null, moves: 1, days: 0 },
      ],
    });
  });

  it("are those of the period", () => {
    expect(figures(all, "2024-09-06", "2024-09-17").slips).toMatchObject({
      items: { count: 1, of: 6 },
      moves: 1,
    });
  });

  it("that are only counted are counted", () => {
    const many = counted({
      item: {
        slips: [slip("2024-09-02", "2024-09-03", "2024-09-04"), slip("2024-09-20", "2024-09-24", "2024-09-25")],
        slipsLeftOut: 20,
      },
    });
    expect(figures([many]).slips.moves).toBe(22);
    // Which of them came before the second that was kept, nobody knows.
    expect(figures([many], null, "2024-09-10").slips.moves).toBe(1);
    expect(figures([many], "2024-09-10").slips.moves).toBe(1);
  });
});

describe("days to close", () => {
  it("are those that occurred, over what was done in the period", () => {
    // Opened on the 1st of September; 1, 2, 4, 8 and 29 days.
    const days = ["2024-09-02", "2024-09-03", "2024-09-05", "2024-09-09", "2024-09-30"].map((closed) =>
      counted({ closed }),
    );
    const others = [counted({ closed: "2024-09-04", as: "not_planned" }), counted()];
    expect(figures([...days, ...others]).daysToClose).toEqual({ median: 4, p90: 29, of: 5 });
    expect(figures([...days, ...others], "2024-09-05").daysToClose).toEqual({ median: 8, p90: 29, of: 3 });
    expect(figures(others).daysToClose).toBeNull();
  });

  it.each([
    [[5], 5, 5],
    [[1, 2], 1, 2],
    [[3, 1, 2], 2, 3],
    [[10, 20, 30, 40, 50, 60, 70, 80, 90, 100], 50, 90],
    [[0, 0, 0, 0, 0, 0, 0, 0, 0, 365], 0, 0],
  ])("of %j", (values, median, p90) => {
    expect(spread(values)).toEqual({ median, p90, of: values.length });
  });
});

it("nudges are counted in the period, and of those whose week is over, what led to something", () => {
  const nudged = (answered: readonly number[], day: string) =>
    counted({
      item: {
        nudges: [1, 2, 3].map((n) => ({ n, on: `2024-09-0${n}` })),
        answers: answered.map((n) => ({ n, how: "commented" as const })),
      },
      counted: { day },
    });
  const [over, young] = ["2024-09-11", "2024-09-09"];
  expect(figures([nudged([3], over), nudged([], over)]).nudges).toEqual({ sent: 6, led: { count: 1, of: 6 } });
  // Of the second and third nobody knows yet what comes of them.
  expect(figures([nudged([1, 3], young)]).nudges).toEqual({ sent: 3, led: { count: 1, of: 1 } });
  expect(figures([nudged([1, 3], over)], "2024-09-02").nudges).toEqual({ sent: 2, led: { count: 1, of: 2 } });
});
