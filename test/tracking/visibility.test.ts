import { expect, test } from "vitest";
import { mayBeNamed } from "../../src/tracking/visibility.js";

test.each([
  ["public", "public", true],
  ["public", "internal", true],
  ["public", "private", true],
  ["internal", "public", false],
  ["internal", "internal", true],
  ["internal", "private", false],
  ["private", "public", false],
  ["private", "internal", false],
  ["private", "private", false],
] as const)("text of a %s repository in a %s one: %s", (text, place, may) => {
  expect(mayBeNamed({ id: 1, visibility: text }, { id: 2, visibility: place })).toBe(may);
  expect(mayBeNamed({ id: 1, visibility: text }, { id: 1, visibility: place })).toBe(true);
});
