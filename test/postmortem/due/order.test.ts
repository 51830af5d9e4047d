/** Which comes first in a document's dates, the day or the month. */
import { expect, it } from "vitest";
import { inferDateOrder } from "../../../src/postmortem/due/index.js";

it.each([
  [["started 25/09/2025", "due 03/10/2025"], "day-first"],
  [["9/25/2025"], "month-first"],
  [["25-09-25"], "day-first"],
  [["03/04/2025", "01/02/2025"], null],
  [["25/09/2025", "9/25/2025"], null],
  [["2025-09-25", "25.09.2025", "1/2", "v10.25.2025", "10.0.25.13"], null],
  [["https://example.com/2025/09/25/post", "a/13/02/2025"], null],
  [[], null],
] as const)("%j: %s", (texts, order) => {
  expect(inferDateOrder(texts)).toBe(order);
});
