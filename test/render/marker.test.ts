import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  BEGIN,
  fingerprint,
  isFromNewer,
  itemMarker,
  marker,
  markerData,
  markerKey,
  nudgeMarker,
  parseItemMarker,
  parseNudgeMarker,
  parseStatusMarker,
  splitBody,
  statusMarker,
  withManaged,
} from "../../src/render/marker.js";
import type { TrackingIssue } from "../../src/tracking/types.js";
import { aDocument, anIssue, anItem } from "../store/samples.js";

/** Whatever people write, with what could end a comment or a line made likely. */
const text = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        "-->",
        "--",
        "--!>",
        "<!--",
        "<!-- follow-through:item {} -->",
        BEGIN,
        "\r\n",
        "\n",
        "\u2028",
        "\\",
        '"',
      ),
      fc.string({ unit: "binary", maxLength: 6 }),
    ),
    { maxLength: 8 },
  )
  .map((parts) => parts.join(""));

/** What a person writes around the managed section. */
const prose = fc
  .array(fc.constantFrom("A plan:", "", "- look at node 3", "> quoted", "--", "<!-- mine -->", "| a | b |"), {
    maxLength: 5,
  })
  .map((lines) => lines.join("\n"));

const managed = (id: string, title = "Add an alert") =>
  `${BEGIN}\n${title}\n\n${itemMarker("item", anItem({ id }), aDocument())}`;

describe("a marker", () => {
  it("gives back any text, and is one line that no text can end or open", () => {
    fc.assert(
      fc.property(text, text, (key, other) => {
        const made = marker("link", { key, other });
        expect(markerData(made, "link")).toEqual({ v: 2, key, other });
        expect(made).not.toMatch(/[\r\n]/);
        const inside = made.slice("<!--".length, -"-->".length);
        expect(inside).not.toMatch(/--|[<>]/);
      }),
      { numRuns: 1000 },
    );
  });

  it("is found among anything around it, also with CRLF", () => {
    fc.assert(
      fc.property(prose, prose, fc.constantFrom("\n", "\r\n"), (before, after, end) => {
        const body = [before, marker("link", { key: "link:4" }), after].join("\n").replace(/\n/g, end);
        expect(markerKey(body, "link")).toBe("link:4");
      }),
    );
  });

  it.each([
    ["quoted", `> ${marker("link", { key: "x" })}`],
    ["inside a line", `see ${marker("link", { key: "x" })}`],
    ["of another kind", marker("nudge", { key: "x" })],
    ["cut off", marker("link", { key: "x" }).slice(0, -6)],
    ["with broken data", '<!-- follow-through:link {"key": -->'],
    ["of another shape", marker("link", { key: 7 })],
    ["of nobody", ""],
  ])("%s does not count", (_, body) => {
    expect(markerKey(body, "link")).toBeNull();
  });

  it("carries an item and its document whole, whatever they say", () => {
    fc.assert(
      fc.property(text, text, (title, group) => {
        const item = anItem({
          base: { ...anItem().base, title, group },
          written: { title, assignees: ["ada"], open: true, hash: "h" },
        });
        const read = parseItemMarker("item", itemMarker("item", item, aDocument({ title })));
        expect(read?.item).toMatchObject({
          id: item.id,
          base: item.base,
          due: item.due,
          dueOrigin: item.dueOrigin,
          slips: [],
        });
        expect(read?.item.written).toEqual({ title, assignees: ["ada"], open: true });
        expect(read?.document).toMatchObject({ id: "d1", title, home: 12, author: "ada" });
      }),
    );
  });

  it("does not change with what may change elsewhere: order, newest commit, nudges, conflicts", () => {
    const conflict = { field: "title", document: "a", issue: "b" } as const;
    const other = anItem({
      ordinal: 9,
      nudges: [{ n: 1, on: "2025-02-02" }],
      conflicts: [conflict],
      nextNudgeOn: null,
    });
    expect(itemMarker("item", other, aDocument({ commit: "f".repeat(40), blob: "b" }))).toBe(
      itemMarker("item", anItem(), aDocument()),
    );
  });

  it("of a newer version is not read, wherever its kind; one of ours is no newer", () => {
    const made = itemMarker("item", anItem(), aDocument());
    const newer = made.replace('{"v":2,', '{"v":3,');
    expect(parseItemMarker("item", newer)).toBeNull();
    expect([made, "nothing", BEGIN, "<!-- follow-through:item {oops -->", newer].map(isFromNewer)).toEqual([
      false,
      false,
      false,
      false,
      true,
    ]);
  });

  it("of a nudge and of a status come back as they went", () => {
    const alone = { item: "i1", n: 2, on: "2025-02-09", also: [], to: [] };
    const many = { ...alone, also: [{ item: "i2", n: 1 }], to: ["ada", "acme/web"] };
    for (const one of [alone, many]) expect(parseNudgeMarker(nudgeMarker(one))).toEqual(one);
    // As versions before wrote it.
    expect(parseNudgeMarker(marker("nudge", { item: "i1", n: 2, on: "2025-02-09" }))).toEqual(alone);
    expect(parseNudgeMarker(itemMarker("item", anItem(), aDocument()))).toBeNull();
    expect(
      parseStatusMarker(statusMarker([aDocument(), aDocument({ id: "d2" })]))?.documents.map(({ id }) => id),
    ).toEqual(["d1", "d2"]);
    expect(parseStatusMarker("nothing")).toBeNull();
  });

  it("of a status tells which items have issues; of too many, those that are gone come first", () => {
    const one = (number: number, more: Partial<TrackingIssue> = {}) =>
      anItem({ id: `i${number}`, issue: anIssue({ number, ...more }) });
    const items = [
      anItem({ id: "none", issue: null }),
      ...Array.from({ length: 1_000 }, (_, index) => one(index + 1)),
      one(1_001, { open: false, closedOn: "2025-01-05", closedAs: "gone" }),
    ];
    const made = statusMarker([aDocument()], items);
    expect(made.length).toBeLessThan(30_000);
    const opened = parseStatusMarker(made)?.opened ?? [];
    expect(opened[0]).toMatchObject({ id: "i1001", issue: 1_001, closedOn: "2025-01-05", closedAs: "gone" });
    expect(opened.slice(1).map(({ issue }) => issue)).toEqual(opened.slice(1).map((_, index) => index + 1));
    expect(opened.length).toBeGreaterThan(100);
    // As versions before wrote it, and where somebody edited it.
    expect(parseStatusMarker(statusMarker([aDocument()]))?.opened).toEqual([]);
    expect(parseStatusMarker(made.replace('"issue":1}', '"issue":-1}'))).toMatchObject({ edited: true });
  });
});

describe("the managed section of a body", () => {
  it("is replaced, and what people wrote around it stays letter by letter", () => {
    fc.assert(
      fc.property(prose, prose, fc.constantFrom("\n", "\r\n"), (before, after, end) => {
        const body = `${before}\n${managed("i1")}\n${after}`.replace(/\n/g, end);
        const next = withManaged(body, managed("i1", "Add two alerts"));
        expect(next).toBe(`${before}\n${managed("i1", "Add two alerts")}\n${after}`);
        expect(splitBody(next)).toEqual({
          before: `${before}\n`,
          managed: managed("i1", "Add two alerts"),
          after: `\n${after}`,
        });
      }),
    );
  });

  it.each([
    ["deleted whole", "I will do it."],
    ["without its begin", `I will do it.\n\n${managed("i1").slice(BEGIN.length)}`],
    ["without its marker", `${BEGIN}\nAdd an alert\n\nI will do it.`],
    ["with half a marker", `I will do it.\n\n${managed("i1").slice(0, -8)}`],
  ])("%s comes back below the person's text, which stays through every later renewal", (_, body) => {
    const once = withManaged(body, managed("i1"));
    const twice = withManaged(once, managed("i1", "Add two alerts"));
    for (const made of [once, twice]) {
      expect(made).toContain("I will do it.");
      expect(made.split(BEGIN)).toHaveLength(2);
      expect(splitBody(made).managed).not.toContain("I will do it.");
    }
    expect(splitBody(twice).managed).toBe(managed("i1", "Add two alerts"));
    expect(parseItemMarker("item", twice)?.item.id).toBe("i1");
  });

  it("stands alone where nothing else is left", () => {
    expect(withManaged("", managed("i1"))).toBe(managed("i1"));
    expect(withManaged(" \r\n ", managed("i1"))).toBe(managed("i1"));
  });

  it("is the issue's own, not one that was pasted below it from another issue", () => {
    const body = `${managed("i1")}\n\nLike this one:\n\n${managed("i2")}`;
    expect(parseItemMarker("item", body)?.item.id).toBe("i1");
    expect(withManaged(body, managed("i1", "New"))).toBe(
      `${managed("i1", "New")}\n\nLike this one:\n\n${managed("i2")}`,
    );
  });
});

describe("a fingerprint", () => {
  it("differs with the text and not with its line ends", () => {
    expect(fingerprint("a\r\nb\r\n")).toBe(fingerprint("a\nb"));
    expect(fingerprint("a\nb")).not.toBe(fingerprint("a b"));
  });
});
