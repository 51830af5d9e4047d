/** Whatever stands behind an item's work, in whatever order and however it is joined, is read for what it says. */
import { expect, it } from "vitest";
import { readPostmortem } from "../../../src/postmortem/read.js";
import { DEFAULT_READ_OPTIONS } from "../../../src/postmortem/types.js";
import { type Case, casesOf } from "./grid.js";
import { SPEECHES } from "./speeches.js";

/** Each so many-th case is read here, `GRID_EVERY=1` reads them all. */
const EVERY = Number(process.env.GRID_EVERY ?? 997);
const SHARE_EXACT = 0.995;

function isRead({ document, title, owners, due, priority, ref }: Case): boolean {
  const { items } = readPostmortem("a.md", document, DEFAULT_READ_OPTIONS);
  const [item] = items;
  if (item === undefined || items.length > 1) return false;
  const sorted = (names: readonly string[]) => [...names].sort().join("\n");
  const fields = item.due === due && item.priority === priority && item.ref === ref;
  return fields && item.title === title && sorted(item.owners) === sorted(owners);
}

it.each(SPEECHES.map(({ name }) => name))("is read in %s", (language) => {
  const speech = SPEECHES.find(({ name }) => name === language);
  const cases = speech === undefined ? [] : [...casesOf(speech, EVERY, 5)];
  const wrong = cases.filter((one) => !isRead(one)).map(({ text }) => text);
  expect(cases.length).toBeGreaterThan(0);
  expect(
    wrong.length <= (1 - SHARE_EXACT) * cases.length,
    `${wrong.length} of ${cases.length}: ${wrong.slice(0, 20).join("\n")}`,
  ).toBe(true);
});
