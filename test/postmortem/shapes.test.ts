/**
 * One fixture a shape, language or trap: what is read from `test/fixtures/postmortems/NAME.md` stands beside it in `NAME.json`.
 */
import { describe, expect, it } from "vitest";
import { readPostmortem } from "../../src/postmortem/read.js";
import { type ActionItem, DEFAULT_READ_OPTIONS, type Postmortem } from "../../src/postmortem/types.js";
import { expectedOf, FIXTURES, fixture, fixtureBytes } from "../fixtures/postmortems.js";

const read = (name: string, text?: string): Postmortem =>
  readPostmortem(`${name}.md`, text ?? fixtureBytes(name), DEFAULT_READ_OPTIONS);

/** Only what is stated, as the expectations have it. */
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
  it.each(FIXTURES)("%s", (name) => {
    const postmortem = read(name);
    expect({
      title: postmortem.title,
      incident: stated(postmortem.incident),
      items: postmortem.items.map(statedItem),
    }).toEqual(expectedOf(name));
  });

  it.each(FIXTURES.filter((name) => name !== "crlf-tabs-bom"))(
    "%s with Windows line ends and a byte order mark",
    (name) => {
      const text = fixture(name);
      expect(read(name, `\uFEFF${text.replaceAll("\n", "\r\n")}`)).toEqual(read(name));
    },
  );

  it.each(FIXTURES.filter((name) => name.startsWith("not-")))("%s yields nothing", (name) => {
    expect(read(name).items).toEqual([]);
  });
});
