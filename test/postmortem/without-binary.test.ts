/** A platform for which the fast parser has no binary: small documents are read all the same, large ones are told. */
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it, vi } from "vitest";
import { readPostmortem } from "../../src/postmortem/read.js";
import { PARSER } from "../../src/postmortem/tree.js";
import { DEFAULT_READ_OPTIONS } from "../../src/postmortem/types.js";

vi.mock("satteri", () => {
  throw new Error("Cannot find native binding.");
});

const FOLDER = new URL("../fixtures/postmortems/", import.meta.url);
const EXPECTED: Readonly<Record<string, { readonly items: readonly { readonly title: string }[] }>> = JSON.parse(
  readFileSync(new URL("expected.json", FOLDER), "utf8"),
);
const names = readdirSync(FOLDER)
  .filter((file) => file.endsWith(".md"))
  .map((file) => file.replace(/\.md$/, ""));

it("is read by the parser in JavaScript", () => {
  expect(PARSER).toBe("mdast-util-from-markdown");
});

describe("every fixture has the same items", () => {
  it.each(names)("%s", (name) => {
    const { items } = readPostmortem(`${name}.md`, readFileSync(new URL(`${name}.md`, FOLDER)), DEFAULT_READ_OPTIONS);
    expect(items.map(({ title }) => title)).toEqual((EXPECTED[name]?.items ?? []).map(({ title }) => title));
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
