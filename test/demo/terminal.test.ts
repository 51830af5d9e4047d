import { describe, expect, it } from "vitest";
import { markdownLines } from "../../demo/terminal-markdown.js";
import { table } from "../../demo/terminal-text.js";
import { cutTo, widthOf, wrap } from "../../src/columns.js";

const plain = (_: unknown, text: string) => text;

describe("text on a terminal", () => {
  it("wraps at spaces, keeps indents and breaks what is too long for a line", () => {
    expect(wrap("  one two three", 9)).toEqual(["  one two", "  three"]);
    expect(wrap("abcdefghij", 4)).toEqual(["abcd", "efgh", "ij"]);
  });

  it("counts what a terminal shows: emoji are two wide, styles and joiners nothing", () => {
    expect(wrap("日本語の障害", 4)).toEqual(["日本", "語の", "障害"]);
    expect([cutTo("abcdef", 6), cutTo("abcdefg", 6), cutTo("日本語の障害", 6)]).toEqual(["abcdef", "abcde…", "日本…"]);
    expect([widthOf("✅ ok"), widthOf("@\u200blisa"), widthOf("\u001b[1mbold\u001b[22m")]).toEqual([5, 5, 4]);
  });

  it("lays tables out within the width", () => {
    const lines = table(
      [
        ["", ""],
        ["Owner", "a rather long sentence that needs room"],
      ],
      24,
    );
    expect(lines).toEqual(["Owner  a rather long", "       sentence that", "       needs room"]);
  });

  it("shows Markdown as its reader sees it", () => {
    const text =
      "### Title\n\n- [x] **done** [link](x)\n- open\n\n> [!NOTE]\n> Mind.\n\n<sub>small</sub>\n\n<!-- hidden -->";
    expect(markdownLines(text, 40, plain)).toEqual(
      ["Title", "", "• ☑ done link", "• open", "", "NOTE", "Mind.", "", "small"].map((line) =>
        line === "NOTE" || line === "Mind." ? `┃ ${line}` : line,
      ),
    );
  });
});
