/** Who owns an item, where several are named, none is, or a word only looks like a name. */
import { expect, it } from "vitest";
import { readPostmortem } from "../../../src/postmortem/read.js";
import { DEFAULT_READ_OPTIONS } from "../../../src/postmortem/types.js";

const HEAD = "# Bakery closed\n\n**Date:** 2024-09-12\n\n## Action items\n\n";

/** What is written, the title, the owners, and the due date where it states one. */
const ITEMS: readonly (readonly [string, string, readonly string[], string?])[] = [
  ["Oil the door - @ana & @ben", "Oil the door", ["ana", "ben"]],
  ["Oil the door (@ana + @ben)", "Oil the door", ["ana", "ben"]],
  ["Oil the door, owner @ana, reviewer @ben", "Oil the door", ["ana"]],
  ["Oil the door - @ana cc @ben", "Oil the door", ["ana"]],
  ["Oil the door - approved by @ben, assigned to @ana", "Oil the door", ["ana"]],
  ["Oil the door - ~~@ana~~ @ben - due ~~Sept 20~~ Oct 25", "Oil the door", ["ben"], "2024-10-25"],
  ["Oil the door @Ana Ruiz @September 25, 2024", "Oil the door", ["Ana Ruiz"], "2024-09-25"],
  ["Oil the door **Owner:** Ana **Due:** 2024-10-01", "Oil the door", ["Ana"], "2024-10-01"],
  ["Oil the door (Ana, bis Freitag)", "Oil the door", ["Ana"], "2024-09-13"],
  ["Ana to write the list by Friday", "write the list", ["Ana"], "2024-09-13"],
  ["Ana will check the oven", "check the oven", ["Ana"]],
  ["Script to clean the oven", "Script to clean the oven", []],
  ["Alert to check the oven", "Alert to check the oven", []],
  ["Access to be removed", "Access to be removed", []],
  ["Pin `@types/node` @ana", "Pin @types/node", ["ana"]],
  ["Pin `@types/node`", "Pin @types/node", []],
  ["Show how to bake a loaf within 1 day - @ana", "Show how to bake a loaf within 1 day", ["ana"]],
  ["Make the oven cool - ✅ THIS HELPED US", "Make the oven cool - ✅ THIS HELPED US", []],
];

it.each(ITEMS)("%s", (text, title, owners, due = undefined) => {
  const [item] = readPostmortem("a.md", `${HEAD}- [ ] ${text}\n`, DEFAULT_READ_OPTIONS).items;
  expect(item).toMatchObject({ title, owners, due: due ?? null });
});

it("a column for owners has the last word", () => {
  const table =
    "| Action | Owner |\n|---|---|\n| **@channel** is silent: repair it | @ana |\n| @ana: oil the door | @ana |\n";
  const { items } = readPostmortem("a.md", HEAD + table, DEFAULT_READ_OPTIONS);
  expect(items.map(({ title, owners }) => [title, owners])).toEqual([
    ["@channel is silent: repair it", ["ana"]],
    ["oil the door", ["ana"]],
  ]);
});

it("who is mentioned behind the name of a group owns what stands under it", () => {
  const { items } = readPostmortem(
    "a.md",
    `${HEAD}- [ ] Oven @ana\n    - [ ] Oil the door\n    - [ ] Buy a timer @ben\n`,
    DEFAULT_READ_OPTIONS,
  );
  expect(items.map(({ title, owners }) => [title, owners])).toEqual([
    ["Oil the door", ["ana"]],
    ["Buy a timer", ["ben"]],
  ]);
});
