import { expect, it } from "vitest";
import { committed, MADE } from "../../tools/docs.js";

it.each(Object.entries(MADE))("docs/%s is what the code makes (npm run docs renews it)", (name, make) => {
  expect(committed(name)).toBe(make());
});
