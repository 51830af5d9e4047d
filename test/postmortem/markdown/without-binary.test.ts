/** A platform for which the fast parser has no binary: small documents are read all the same, large ones are told. */
import { describe, expect, it, vi } from "vitest";
import { PARSER } from "../../../src/postmortem/markdown/tree.js";
import { readPostmortem } from "../../../src/postmortem/read.js";
import { DEFAULT_READ_OPTIONS } from "../../../src/postmortem/types.js";
import { expectedOf, FIXTURES, fixtureBytes } from "../../fixtures/postmortems.js";

vi.mock("satteri", () => {
  throw new Error("Cannot find native binding.");
});

it("is read by the parser in JavaScript", () => {
  expect(PARSER).toBe("mdast-util-from-markdown");
});

describe("every fixture has the same items", () => {
  it.each(FIXTURES)("%s", (name) => {
    const { items } = readPostmortem(`${name}.md`, fixtureBytes(name), DEFAULT_READ_OPTIONS);
    expect(items.map(({ title }) => title)).toEqual(expectedOf(name).items.map(({ title }) => title));
  });
});

it("a large document is told to be unreadable here, not read as empty", () => {
  const text = `# Outage\n\n## Action items\n\n- [ ] Close connections on error paths\n\n${"words ".repeat(20_000)}\n`;
  const { items, problems } = readPostmortem("large.md", text, DEFAULT_READ_OPTIONS);
  expect(items).toEqual([]);
  expect(problems).toMatchObject([
    { rule: "unreadable", level: "error", message: expect.stringContaining("larger than 100 KiB") },
  ]);
});
