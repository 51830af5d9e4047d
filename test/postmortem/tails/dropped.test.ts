/** What a document gives up is neither done nor to do, however it says so. */
import { describe, expect, it } from "vitest";
import { LANGUAGES } from "../../../src/postmortem/languages/index.js";
import { readPostmortem } from "../../../src/postmortem/read.js";
import { DEFAULT_READ_OPTIONS } from "../../../src/postmortem/types.js";

const HEAD = "# Bakery closed\n\n**Date:** 2024-09-12\n\n## Action items\n\n";
const read = (text: string) => readPostmortem("a.md", HEAD + text, DEFAULT_READ_OPTIONS);
const table = (status: string) =>
  read(
    `| Action | Owner | Status |\n|---|---|---|\n| Oil the door | @ana | ${status} |\n| Buy a timer | @ben | Open |\n`,
  );

const STATUSES = [
  "Won't do",
  "Wontfix",
  "Cancelled",
  "Canceled",
  "Rejected",
  "Obsolete",
  "Abandoned",
  "Duplicate",
  "N/A",
  "No longer needed",
];
const ITEMS = [
  "- [ ] Oil the door (cancelled) @ana",
  "- [ ] Oil the door @ana - won't do",
  "- [ ] Oil the door - @ana, due 2024-10-01, rejected",
  "- [ ] ~~Oil the door~~ @ana",
  "- [ ] ~~Oil the door @ana~~",
  "- [-] Oil the door @ana",
  "- Oil the door (owner: @ana, status: obsolete)",
];

describe("an item", () => {
  it.each(STATUSES)("whose status is %s is dropped, and the next is not", (status) => {
    expect(table(status).items).toMatchObject([{ done: false, dropped: true, owners: ["ana"] }, { done: false }]);
    expect(table(status).items[1]).not.toHaveProperty("dropped");
  });

  it.each(ITEMS)("written %s is dropped, and nothing is asked of its author", (text) => {
    const { items, problems } = read(`${text}\n`);
    expect(items).toMatchObject([{ title: "Oil the door", done: false, dropped: true, owners: ["ana"] }]);
    expect(problems).toEqual([]);
  });

  it.each([
    "- [x] Oil the door @ana",
    "- ~~Oil the door~~ @ana",
    "- [x] ~~Oil the door~~ @ana",
    "- [ ] Oil the door - N/A",
  ])("written %s is not", (text) => {
    expect(read(`${text}\n`).items[0]).not.toHaveProperty("dropped");
  });

  it("may say so in every language", () => {
    expect(LANGUAGES.filter(({ dropped }) => dropped === undefined).map(({ code }) => code)).toEqual([]);
  });
});
