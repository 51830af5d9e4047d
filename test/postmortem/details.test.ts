/** What stands under an item goes with it, and nothing of it is said twice. */
import { describe, expect, it } from "vitest";
import { readPostmortem } from "../../src/postmortem/read.js";
import { DEFAULT_READ_OPTIONS } from "../../src/postmortem/types.js";

const HEAD = "# Bakery closed\n\n**Date:** 2024-09-12\n\n## Action items\n\n";
const read = (text: string) => readPostmortem("a.md", HEAD + text, DEFAULT_READ_OPTIONS).items;

const KINDS: [string, string, string | undefined][] = [
  ["nothing", "- [ ] Oil the door @ana\n- [ ] Buy a timer @ben\n", undefined],
  ["fields only", "- [ ] Oil the door\n  - Owner: @ana\n  - Due: 2024-10-01\n", undefined],
  ["fields on continuation lines", "- [ ] Oil the door\n  Owner: @ana\n  Due: 2024-10-01\n", undefined],
  ["a wrapped title", "- [ ] Oil the door\n  of the shop @ana\n", undefined],
  ["a sentence below its owner", "- [ ] Oil the door @ana\n  It squeaks in the cold.\n", "It squeaks in the cold."],
  [
    "a sentence below a bold step",
    "1. **Oil the door**\n   We will look at:\n\n- Hinges\n",
    "We will look at:\n\n- Hinges",
  ],
  ["sub-bullets", "- [ ] Oil the door @ana\n  - Use oil\n    - Not water\n", "- Use oil\n  - Not water"],
  ["sub-bullets beside fields", "- [ ] Oil the door\n  - Owner: @ana\n  - Use oil\n", "- Use oil"],
  ["verification", "- [ ] Oil the door @ana\n  - Verification: no noise\n", "- Verification: no noise"],
  ["a paragraph", "- [ ] Oil the door @ana\n\n  It makes a noise.\n", "It makes a noise."],
  ["code with a field's name", "- Oil the door @ana\n\n  ```\n  Owner: x\n  ```\n", "```\nOwner: x\n```"],
  ["a quote", "- Oil the door @ana\n  > It squeaks.\n", "> It squeaks."],
  ["an item in a quote", "> - Oil the door @ana\n>   - Use oil\n", "- Use oil"],
  ["a hidden comment", "- Oil the door @ana\n\n  <!-- never\n  shown -->\n", undefined],
  ["bullets below a bold step", "1. **Oil the door**\n\n- Hinges\n- Lock\n\n2. **Buy a timer**\n", "- Hinges\n- Lock"],
  ["a heading's text", "### Oil the door @ana\n\nIt squeaks.\n\nOwner: @ana\n", "It squeaks."],
];

describe("details", () => {
  it.each(KINDS)("of an item with %s", (_, text, details) => {
    const [item] = read(text);
    expect(item?.title).toMatch(/^Oil the door/);
    expect(item?.details).toBe(details);
  });

  it("end where the next item begins", () => {
    const items = read("- [ ] Oil the door @ana\n  - Use oil\n- [ ] Buy a timer @ben\n  - A loud one\n");
    expect(items.map(({ details }) => details)).toEqual(["- Use oil", "- A loud one"]);
  });

  it.each([
    ["many lines", "  - Use oil\n".repeat(5_000)],
    ["long lines", `  - ${"oil ".repeat(400)}\n`.repeat(5)],
    ["one long line", `  - ${"x".repeat(20_000)}\n`],
  ])("of %s are cut, and say so", (_, below) => {
    const details = read(`- [ ] Oil the door @ana\n${below}`)[0]?.details ?? "";
    expect(details.length).toBeLessThanOrEqual(2_010);
    expect(details).toMatch(/\n…$/);
  });
});
