/** Figures by what items are counted by, and month by month. */
import { describe, expect, it } from "vitest";
import { asOf } from "../../../src/tracking/figures/as-of.js";
import { type Counted, inPeriod } from "../../../src/tracking/figures/counted.js";
import { FACETS, type Facet, groupsOf } from "../../../src/tracking/figures/groups.js";
import { monthsOf } from "../../../src/tracking/figures/months.js";
import { document } from "../../render/samples.js";
import { counted, DAY, slip, type Words } from "./samples.js";

const EVER = { since: null, until: DAY };
const incident = (part: object) => ({ document: { incident: { ...document().incident, ...part } } });
const names = (all: readonly Counted[], facet: Facet) =>
  groupsOf(inPeriod(all, EVER), facet, EVER).map(({ name, figures }) => [name, figures.items]);

describe("groups", () => {
  const each = (...words: Words[]) => words.map(counted);
  it.each<[Facet, readonly Counted[], readonly (readonly [string | null, number])[]]>([
    [
      "severity",
      each(
        incident({ severity: "SEV-2" }),
        incident({ severity: "sev1" }),
        incident({ severity: null }),
        incident({ severity: "Sev 2" }),
        incident({ severity: "SEV-2" }),
      ),
      [
        ["sev1", 1],
        ["SEV-2", 3],
        [null, 1],
      ],
    ],
    [
      "priority",
      each({ priority: "P2" }, { priority: "High" }, { priority: "p0" }, {}),
      [
        ["p0", 1],
        ["P2", 1],
        ["High", 1],
        [null, 1],
      ],
    ],
    // In each of its services; the one with the most open first.
    [
      "service",
      each(
        { ...incident({ services: ["pay", "shop"] }), closed: "2024-09-20" },
        incident({ services: ["shop"] }),
        incident({ services: [] }),
      ),
      [
        ["shop", 2],
        ["pay", 1],
        [null, 1],
      ],
    ],
    [
      "team",
      each({ counted: { teams: ["acme/pay"] } }, {}),
      [
        ["acme/pay", 1],
        [null, 1],
      ],
    ],
    [
      "owner",
      each({ assignees: ["lisa", "dev"] }, { assignees: ["dev"] }, { assignees: [] }),
      [
        ["dev", 2],
        ["lisa", 1],
        [null, 1],
      ],
    ],
    [
      "type",
      each({ type: "detect" }, { type: "prevent" }, { type: "prevent" }, {}),
      [
        ["prevent", 2],
        ["detect", 1],
        [null, 1],
      ],
    ],
    [
      "month",
      each({ on: "2024-09-02" }, { on: "2023-12-31" }),
      [
        ["2023-12", 1],
        ["2024-09", 1],
      ],
    ],
    [
      "repository",
      each({}, { counted: { repository: "acme/pay" } }, {}),
      [
        ["acme/shop", 2],
        ["acme/pay", 1],
      ],
    ],
  ])("by %s", (facet, all, expected) => {
    expect(names(all, facet)).toEqual(expected);
  });

  it.each(FACETS)("by %s, of names that are code, hold what they are given", (facet) => {
    const nasty = "=1+1\u202e<b>__proto__";
    const one = counted({
      ...incident({ severity: nasty, services: [nasty, nasty, "..."] }),
      priority: nasty,
      counted: { teams: [nasty], repository: nasty },
    });
    for (const [, items] of names([one], facet)) expect(items).toBe(1);
  });

  it("of nothing are none", () => {
    for (const facet of FACETS) expect(names([], facet)).toEqual([]);
  });
});

describe("an item as it stood", () => {
  const one = counted({
    on: "2024-03-01",
    closed: "2024-06-10",
    item: {
      due: "2024-06-30",
      slips: [slip("2024-04-01", "2024-04-15", "2024-05-15"), slip("2024-05-10", "2024-05-15", "2024-06-30")],
      snoozes: [{ on: "2024-04-20", until: "2024-05-01", by: "dev", why: null }],
      waiver: { on: "2024-06-01", by: "dev", why: "no", until: "2024-06-05" },
      nudges: [{ n: 1, on: "2024-05-16" }],
      leftOn: "2024-06-09",
    },
  }).item;

  it.each([
    ["2024-03-01", { due: "2024-04-15", slips: 0, snoozes: 0, nudges: 0, open: true, waived: false, left: false }],
    ["2024-04-01", { due: "2024-05-15", slips: 1, snoozes: 0, nudges: 0, open: true, waived: false, left: false }],
    ["2024-05-09", { due: "2024-05-15", slips: 1, snoozes: 1, nudges: 0, open: true, waived: false, left: false }],
    ["2024-06-01", { due: "2024-06-30", slips: 2, snoozes: 1, nudges: 1, open: true, waived: true, left: false }],
    ["2024-06-09", { due: "2024-06-30", slips: 2, snoozes: 1, nudges: 1, open: true, waived: true, left: true }],
    ["2024-06-10", { due: "2024-06-30", slips: 2, snoozes: 1, nudges: 1, open: false, waived: true, left: true }],
  ])("on %s", (day, expected) => {
    const then = asOf(one, day);
    expect({
      due: then?.due,
      slips: then?.slips.length,
      snoozes: then?.snoozes.length,
      nudges: then?.nudges.length,
      open: then?.issue?.open,
      waived: then?.waiver !== null,
      left: then?.leftOn !== null,
    }).toEqual(expected);
  });

  it("is none before it was opened, and as it is today", () => {
    expect(asOf(one, "2024-02-29")).toBeNull();
    expect(asOf(one, DAY)).toEqual(one);
  });
});

describe("months", () => {
  const all = [
    counted({ on: "2024-06-30", closed: "2024-08-01", item: { due: "2024-07-15" } }),
    counted({ on: "2024-07-01", closed: "2024-07-31", as: "not_planned" }),
    counted({ on: "2024-09-30" }),
  ];

  it("begin with the first in which there was anything, and end with the period", () => {
    expect(monthsOf(inPeriod(all, EVER), EVER)).toEqual([
      { month: "2024-06", opened: 1, done: 0, givenUp: 0, open: 1, overdue: 0 },
      { month: "2024-07", opened: 1, done: 0, givenUp: 1, open: 1, overdue: 1 },
      { month: "2024-08", opened: 0, done: 1, givenUp: 0, open: 0, overdue: 0 },
      { month: "2024-09", opened: 1, done: 0, givenUp: 0, open: 1, overdue: 0 },
    ]);
  });

  it("of a period are its own", () => {
    const period = { since: "2024-07-15", until: "2024-08-15" };
    expect(monthsOf(inPeriod(all, period), period).map(({ month }) => month)).toEqual(["2024-07", "2024-08"]);
  });

  it("of nothing are none, and of decades the last", () => {
    const duplicateOf = {
      kind: "issue",
      number: 900,
      open: false,
      closedOn: "2024-09-10",
      closedAs: "not_planned",
    } as const;
    const duplicate = counted({ on: "2024-07-01", closed: "2024-07-20", as: "duplicate", issue: { duplicateOf } });
    expect(
      monthsOf(inPeriod([duplicate], EVER), EVER).map(({ month, open, givenUp }) => [month, open, givenUp]),
    ).toEqual([
      ["2024-07", 1, 0],
      ["2024-08", 1, 0],
      ["2024-09", 0, 1],
    ]);
    expect(monthsOf([], EVER)).toEqual([]);
    const old = monthsOf(inPeriod([counted({ on: "0000-01-01" })], EVER), EVER);
    expect([old.length, old[0]?.month, old.at(-1)?.month]).toEqual([24, "2022-10", "2024-09"]);
    expect(monthsOf([counted()], { since: null, until: "9999-12-31" })).toHaveLength(24);
  });
});
