/** The rules of reading can be spoken of: each has a name of its own, and a reason. */
import { describe, expect, it } from "vitest";
import { READING_RULES } from "../../src/postmortem/rules.js";

describe("each rule", () => {
  it("has a name of its own", () => {
    const names = READING_RULES.map(({ name }) => name);
    expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
  });

  it.each(READING_RULES.map(({ name, reason }) => [name, reason]))("%s says why: %s", (name, reason) => {
    expect(name).toMatch(/^[a-z]+(?:-[a-z]+)*$/);
    expect(reason).toMatch(/^\S.{10,100}[^.\s]$/);
  });
});
