/** Small words inside dates are read in one way only, however often they stand there. */
import { describe, expect, it } from "vitest";
import { repeatable } from "../../../src/postmortem/due/lexicon.js";
import { LANGUAGES } from "../../../src/postmortem/languages/index.js";

describe("what is repeated", () => {
  it.each([
    ["de la|de|la", "de|la"],
    ["of the|of|the|in", "of|the|in"],
    ["in the next|the next|next|in|the", "next|in|the"],
    ["de los|del|los", "de los|del|los"],
    ["de la de|de|la", "de|la"],
    ["de l'|de|d'|l'", "de|d'|l'"],
    ["a|a", "a"],
    ["г\\.|года", "г\\.|года"],
  ])("of %s is %s", (source, expected) => expect(repeatable(source)).toBe(expected));

  it.each(
    LANGUAGES.flatMap(({ code, dates }) => ("filler" in dates ? [[code, dates.filler, dates.within] as const] : [])),
  )("in %s still matches every word", (_, filler, within) => {
    for (const source of [filler, `${filler}|${within}`]) {
      const all = new RegExp(`^(?:(?:${repeatable(source)})(?: |(?<=')))+$`, "u");
      for (const word of source.split("|")) expect(all.test(`${word.replace("\\", "")} `), word).toBe(true);
    }
  });
});
