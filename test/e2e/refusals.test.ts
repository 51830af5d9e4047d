/** A sample of every write against every refusal, of which `refusals.long.test.ts` plays all. */
import { expect, it } from "vitest";
import { type Outcome, type Refusal, refuse } from "../support/refusals.js";

it.each<[string, Refusal, Outcome]>([
  ["open a tracking issue", "422 title", "told"],
  ["write a status comment", "403 locked", "done otherwise"],
  ["write an overdue comment", "403 blocked", "told"],
])("%s, refused by %s: %s", async (write, refusal, outcome) => {
  expect(await refuse(write, refusal)).toBe(outcome);
});
