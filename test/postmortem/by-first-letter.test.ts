/** Patterns tried by their first letter match what all of them together match. */
import { describe, expect, it } from "vitest";
import { ByFirstLetter } from "../../src/postmortem/languages/by-first-letter.js";
import { LANGUAGES, normalize } from "../../src/postmortem/languages/index.js";
import { each, HEADINGS } from "./structure/headings.js";

const KINDS = ["explicit", "followUp", "prevention", "measures", "advice", "taken", "chronicle", "other"] as const;

describe("patterns tried by their first letter", () => {
  it.each<[source: string, matches: string, not: string]>([
    ["abc", "abc", "bc"],
    ["a?bc", "bc", "c"],
    ["(?:ab|cd)e", "cde", "ce"],
    ["(?:ab)?cd", "cd", "bcd"],
    ["(?:(?:a|b)c|d)e", "bce", "ce"],
    [".*end", "the end", "the ends"],
    ["(?!no )[a-z]+ steps", "our steps", "no steps"],
    ["\\d days", "3 days", "days"],
  ])("%s", (source, matches, not) => {
    const patterns = new ByFirstLetter([source, "zz"]);
    expect([matches, not, "zz"].map((text) => patterns.test(text))).toEqual([true, false, true]);
  });

  it("match the headings of all languages as one pattern does", () => {
    const sources = LANGUAGES.flatMap(({ sections }) => KINDS.flatMap((kind) => sections[kind] ?? []));
    const one = new RegExp(`^(?:${sources.join("|")})$`, "u");
    const patterns = new ByFirstLetter(sources);
    const names = Object.values(HEADINGS).flatMap(({ work, none }) => [...each(work), ...each(none)].map(normalize));
    expect(names.filter((name) => one.test(name) !== patterns.test(name))).toEqual([]);
  });
});
