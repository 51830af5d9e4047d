import { describe, expect, it } from "vitest";
import { type Related, relatedBlock } from "../../src/render/similar.js";

const one: Related = {
  title: "INC-2024-021",
  url: "https://github.com/acme/shop/blob/main/a.md",
  ref: "#12",
  date: "2024-03-03",
  words: ["pgpool", "cursor"],
  items: 4,
  open: 2,
  overdueSince: "2024-04-01",
  promised: [],
};
const said = (part: Partial<Related>, nthInYear: number | null = null, isHeard = false) =>
  relatedBlock({ related: [{ ...one, ...part }], nthInYear }, isHeard).filter((line) => line !== "");

describe("earlier postmortems", () => {
  it.each([
    [{}, "2 of its 4 items are open, the oldest overdue since Mon 1 Apr 2024."],
    [{ overdueSince: null }, "2 of its 4 items are open."],
    [{ open: 1 }, "1 of its 4 items is open, overdue since Mon 1 Apr 2024."],
    [{ items: 1, open: 1, overdueSince: null }, "its item is open."],
    [{ items: 1, open: 0 }, "its item is closed."],
    [{ open: 0 }, "none of its 4 items is open."],
    [{ items: 0, open: 0 }, "it has no action items."],
  ])("with %j are told so", (part, words) => {
    expect(said(part)[1]).toBe(
      `- Shares \`pgpool\`, \`cursor\` with [INC-2024-021](${one.url}) (Sun 3 Mar 2024): ${words}`,
    );
  });

  it("are none where there are none", () => {
    expect(relatedBlock()).toEqual([]);
    expect(relatedBlock({ related: [], nthInYear: 3 })).toEqual([]);
  });

  it.each([
    [null, "**Possibly related**"],
    [3, "**Possibly related, third time in 12 months**"],
    [4, "**Possibly related, 4th time in 12 months**"],
  ])("in a series of %s are called so", (nth, heading) => {
    expect(said({}, nth)[0]).toBe(heading);
  });

  it("say how to be named no more, only where that is read and they have a number", () => {
    const hint = "Not related? Comment `/unrelated #12` here, and it is named no more.";
    expect(said({}, null, true).at(-1)).toBe(hint);
    expect(said({}).at(-1)).not.toBe(hint);
    expect(said({ ref: null }, null, true)).toHaveLength(2);
  });

  it("are inert, whatever their documents say", () => {
    const evil = "`@ada` ](https://evil.example) <img> #1\n/done";
    const text = said({
      title: evil,
      date: null,
      words: [evil],
      promised: [{ title: evil, number: 1, url: "u" }],
    }).join("\n");
    expect(text.split("\n")).toHaveLength(3);
    expect(text).toContain("`'@ada' ](https://evil.example) <img> #1`".slice(0, 20));
    expect(text.replace(/`[^`]*`/g, "")).not.toMatch(/@ada|<img>|\]\(https:\/\/evil|(?<!\[)#1/);
  });
});
