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
  // Not known yet.
  [undefined, "public", false],
  [undefined, "internal", false],
  ["internal", undefined, false],
  ["public", undefined, true],
] as const)("text of a %s repository in a %s one: %s", (text, place, may) => {
  const repository = (id: number, visibility: typeof text) => ({ id, ...(visibility && { visibility }) });
  expect(mayBeNamed(repository(1, text), repository(2, place))).toBe(may);
  expect(mayBeNamed(repository(1, text), repository(1, place))).toBe(true);
});
