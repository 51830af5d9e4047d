/** Markers that people edited: what cannot be is left out or passed over, and nothing is ever thrown. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isPlainDate } from "../../src/calendar.js";
import {
  isFromNewer,
  isOfRepository,
  itemMarker,
  type MarkerKind,
  marker,
  markerKey,
  parseItemMarker,
  parseNudgeMarker,
  parseStatusMarker,
  statusMarker,
} from "../../src/render/marker.js";
import { mintDocumentId } from "../../src/tracking/identity.js";
import { aDocument, anItem, BIG } from "../store/samples.js";
import { cpuMs } from "../support/cpu.js";
import { pathsOf, replaced } from "../support/edits.js";
import { inLongTests, itAtLength } from "../support/long.js";

const ITEM = anItem({
  atMerge: { owner: true, date: false },
  ownerMissed: "2025-01-20",
  slips: [{ on: "2025-01-03", from: "2025-01-20", to: "2025-02-01", by: "ada", why: "late" }],
  snoozes: [{ on: "2025-01-03", until: "2025-02-01", by: "ada", why: null }],
  waiver: { on: "2025-01-03", by: "ada", why: "gone", until: "2025-03-01" },
  heard: { id: 5, at: "2025-01-03T09:00:00Z" },
  written: { title: "Add an alert", assignees: ["ada"], open: true, hash: "h" },
});

/** The data of a marker with the value at a path replaced. */
function edited(path: string, value: unknown): string {
  const made = itemMarker("item", ITEM, aDocument());
  const data = JSON.parse(made.slice(made.indexOf("{"), made.lastIndexOf("}") + 1));
  const keys = path.split(".");
  const last = keys.pop() ?? "";
  const holder = keys.reduce((inside, key) => inside[key], data);
  expect(holder, path).toHaveProperty(last);
  holder[last] = value;
  return marker("item", data);
}

const DATES = ["item.base.due", "item.due", "item.originalDue"];
const DAYS = [
  ...DATES,
  ...["item.openedOn", "item.ownerMissed", "item.leftOn", "document.incident.date", "document.removedOn"],
  ...["item.slips.0.on", "item.slips.0.from", "item.slips.0.to", "item.snoozes.0.on", "item.snoozes.0.until"],
  ...["item.waiver.on", "item.waiver.until", "item.heard.at"],
];
const IMPOSSIBLE = ["2024-02-31", "9999999-01-01", "+010000-01", "2024-13-01", "NaN", "", 1e308, -1, true, [], {}];
const every = DAYS.flatMap((path) => IMPOSSIBLE.map((value) => [path, value] as const));

describe("a day that cannot be", () => {
  it.each(every)("%s as %j is left out, and the item is still known", (path, value) => {
    const read = parseItemMarker("item", edited(path, value));
    expect(read).toMatchObject({
      edited: true,
      item: { id: "i1", base: { title: "Add an alert" } },
      document: { id: "d1" },
    });
    if (DATES.includes(path)) {
      // All dates are asked of the document again, so that it is not without one for good.
      expect(read?.item).toMatchObject({ due: null, dueOrigin: { kind: "none" }, originalDue: null });
      expect(read?.item.base.due).toBeNull();
    }
  });

  it.each(IMPOSSIBLE)("in a nudge, as %j: none", (on) => {
    expect(parseNudgeMarker(marker("nudge", { item: "i1", n: 1, on }))).toBeNull();
    expect(parseNudgeMarker(marker("nudge", { item: "i1", n: on, on: "2025-02-02" }))).toBeNull();
    expect(markerKey(marker("digest-week", { key: on }), "digest-week")).toBeNull();
  });
});

describe("what an item cannot do without", () => {
  const values = [null, 1e308, Number.MAX_SAFE_INTEGER + 1, -1, 1.5, "x\0y", "x".repeat(20_000), [], {}, true];
  it.each([
    "item.id",
    "item.place",
    "item.place.path",
    "item.place.line",
    "document.id",
    "document.path",
    "document.firstPath",
  ])("%s: the marker is passed over", (path) => {
    for (const value of values) expect(parseItemMarker("item", edited(path, value)), JSON.stringify(value)).toBeNull();
  });

  it.each(["", "/", "a//b", "/a", "a/", ".", "..", "a/../b", "../a", "a/..", "./a"])(
    "a path that is none in Git, %j: passed over",
    (path) => expect(parseItemMarker("item", edited("document.path", path))).toBeNull(),
  );

  it.each(["a", "...", "a/.b/..c/d..", "ä/日本 🔥.md"])("a path that is one, %j: read", (path) => {
    expect(parseItemMarker("item", edited("document.path", path))?.document.path).toBe(path);
  });

  it("a number that is none of a pull request: passed over, like a home that is no number", () => {
    for (const home of [0, -1, 1.5, 1e308, "42", {}])
      expect(parseItemMarker("item", edited("document.home", home))).toBeNull();
  });

  itAtLength("lists beyond all bounds are left out, in no time", () => {
    const slips = (length: number) => Array.from({ length }, () => ITEM.slips[0]);
    expect(parseItemMarker("item", edited("item.slips", slips(500)))?.item).toMatchObject({
      slips: [],
      slipsLeftOut: 0,
    });
    expect(parseItemMarker("item", edited("item.base.owners", slips(500)))?.item.base.owners).toEqual([]);
    expect(parseItemMarker("item", edited("item.place", slips(500)))).toBeNull();
    const huge = edited("item.slips", slips(1_000_000));
    expect(cpuMs(() => expect(parseItemMarker("item", huge)).toBeNull())).toBeLessThan(5_000);
  });

  it("what the document said at the merge is not known any more where it cannot be: none is put in its place", () => {
    for (const value of [...values, { owner: true }, { owner: "yes", date: false }]) {
      const read = parseItemMarker("item", edited("item.atMerge", value));
      expect(read).toMatchObject({ edited: true, item: { id: "i1" } });
      expect(read?.item).not.toHaveProperty("atMerge");
    }
  });

  it("whoever it names is a login or team: nobody else is mentioned by it", () => {
    const forged = edited("item.base.mentions", ["acme/all @everyone"]);
    expect(parseItemMarker("item", forged)?.item.base.mentions).toEqual([]);
    expect(parseItemMarker("item", edited("document.author", "ada @everyone"))?.document.author).toBeNull();
  });
});

describe("a document that a marker names", () => {
  const own = aDocument({ id: mintDocumentId(BIG + 10, "postmortems/a.md") });
  it("is of the repository whose number and its first path mint its id, wherever it stands now", () => {
    expect(isOfRepository(own, BIG + 10)).toBe(true);
    expect(isOfRepository({ ...own, firstPath: "postmortems/b.md" }, BIG + 10)).toBe(false);
    expect(isOfRepository(own, BIG + 11)).toBe(false);
    expect(isOfRepository(aDocument(), BIG + 10)).toBe(false);
  });

  it("in a status comment is passed over alone where it cannot be", () => {
    const made = statusMarker([own, aDocument({ id: "d2", removedOn: "2025-01-05" })]);
    const read = parseStatusMarker(made.replace("2025-01-05", "2025-02-31"));
    expect(read).toMatchObject({ edited: true, documents: [{ id: own.id }] });
  });
});

describe("a version", () => {
  it.each([3, 4, 999])("%d is a newer one's", (v) => expect(isFromNewer(marker("status", { v }))).toBe(true));
  it.each([2, 1, 0, -1, 2.5, 1_000, 1e308, Number.NaN, "3", null, [], {}])("%j is nobody's", (v) => {
    expect(isFromNewer(marker("status", { v }))).toBe(false);
  });
});

describe("any JSON in any marker", () => {
  const kinds: readonly MarkerKind[] = ["item", "adopted", "status", "link", "nudge", "reply", "digest", "digest-week"];
  const made = JSON.parse(/{.*}/.exec(itemMarker("item", ITEM, aDocument()))?.[0] ?? "");
  /** Anything, or the real thing with anything in one place of it. */
  const data = fc.oneof(
    fc.jsonValue({ maxDepth: 4 }),
    fc
      .tuple(fc.constantFrom(...pathsOf(made)), fc.jsonValue({ maxDepth: 2 }))
      .map(([path, value]) => replaced(made, path, value)),
  );

  it("is read without throwing, and what is read of days are days", () => {
    fc.assert(
      fc.property(fc.constantFrom(...kinds), data, (kind, value) => {
        const body = `text\n<!-- follow-through:${kind} ${JSON.stringify(value)} -->\n`;
        isFromNewer(body);
        for (const of of ["link", "reply", "digest", "digest-week"] as const) markerKey(body, of);
        const nudge = parseNudgeMarker(body);
        if (nudge) expect(isPlainDate(nudge.on)).toBe(true);
        parseStatusMarker(body);
        for (const item of [parseItemMarker("item", body)?.item, parseItemMarker("adopted", body)?.item])
          for (const day of [item?.due, item?.base.due, item?.originalDue, item?.openedOn, item?.leftOn])
            if (day) expect(isPlainDate(day)).toBe(true);
      }),
      { numRuns: inLongTests(2_000, 300) },
    );
  });
});
