/**
 * One fixture a shape, language or trap: what is read from `test/fixtures/postmortems/NAME.md` stands under NAME in
 * `expected.json`, with every field that is stated. A field left out there is null, false or empty.
 */
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readPostmortem } from "../../src/postmortem/read.js";
import { type ActionItem, DEFAULT_READ_OPTIONS, type Incident, type Postmortem } from "../../src/postmortem/types.js";

const FOLDER = new URL("../fixtures/postmortems/", import.meta.url);

interface Expected {
  readonly title: string | null;
  readonly incident: Partial<Incident>;
  readonly items: readonly Partial<ActionItem>[];
}

const EXPECTED: Readonly<Record<string, Expected>> = JSON.parse(readFileSync(new URL("expected.json", FOLDER), "utf8"));
const names = readdirSync(FOLDER)
  .filter((file) => file.endsWith(".md"))
  .map((file) => file.replace(/\.md$/, ""));

const read = (name: string, text?: string): Postmortem =>
  readPostmortem(`${name}.md`, text ?? readFileSync(new URL(`${name}.md`, FOLDER)), DEFAULT_READ_OPTIONS);

/** Only what is stated, as `expected.json` has it. */
function stated(value: object): object {
  return Object.fromEntries(
    Object.entries(value).filter(
      ([, field]) => field !== null && field !== false && !(Array.isArray(field) && field.length === 0),
    ),
  );
}

const statedItem = (item: ActionItem): object => {
  const { endLine, ...rest } = item;
  return stated(endLine === item.line ? rest : item);
};

describe("shapes, languages and traps", () => {
  it("has an expectation for each fixture", () => {
    expect(Object.keys(EXPECTED).sort()).toEqual([...names].sort());
  });

  it.each(names)("%s", (name) => {
    const postmortem = read(name);
    expect({
      title: postmortem.title,
      incident: stated(postmortem.incident),
      items: postmortem.items.map(statedItem),
    }).toEqual(EXPECTED[name]);
  });

  it.each(names.filter((name) => name !== "crlf-tabs-bom"))(
    "%s with Windows line ends and a byte order mark",
    (name) => {
      const text = readFileSync(new URL(`${name}.md`, FOLDER), "utf8");
      expect(read(name, `\uFEFF${text.replaceAll("\n", "\r\n")}`)).toEqual(read(name));
    },
  );

  it.each(names.filter((name) => name.startsWith("not-")))("%s yields nothing", (name) => {
    expect(read(name).items).toEqual([]);
  });
});
