import { describe, expect, it } from "vitest";
import { mergeFields, mergeOwners, sameFields } from "../../src/tracking/merge.js";
import type { IssueFields } from "../../src/tracking/types.js";

const BASE: IssueFields = { title: "Add timeouts", assignees: ["lisa"], open: true };
const merge = (document: Partial<IssueFields>, issue: Partial<IssueFields>) =>
  mergeFields(BASE, { ...BASE, ...document }, { ...BASE, ...issue });

describe("the merge of document and issue", () => {
  it.each([
    ["neither changed", {}, {}, {}, []],
    ["only the document changed", { title: "Add retries" }, {}, { title: "Add retries" }, []],
    ["only the issue changed", {}, { title: "Mine" }, { title: "Mine" }, []],
    ["both changed to the same", { open: false }, { open: false }, { open: false }, []],
    ["different fields changed", { title: "Add retries" }, { open: false }, { title: "Add retries", open: false }, []],
    ["both changed, the title", { title: "A" }, { title: "B" }, { title: "B" }, [["title", "A", "B"]]],
    ["the owner taken away and given", { assignees: [] }, { assignees: ["dev"] }, { assignees: ["dev"] }, []],
    [
      "the owner given and taken away",
      { assignees: ["ada", "dev"] },
      { assignees: [] },
      { assignees: [] },
      [["owner", "ada, dev", "nobody"]],
    ],
    ["ticked in the document", { open: false }, {}, { open: false }, []],
    ["closed on GitHub", {}, { open: false }, { open: false }, []],
  ])("%s", (_, document, issue, fields, conflicts) => {
    const merged = merge(document, issue);
    expect(merged.fields).toEqual({ ...BASE, ...fields });
    expect(merged.conflicts.map((one) => [one.field, one.document, one.issue])).toEqual(conflicts);
  });

  it("reopens what a tick had closed, once it is unticked", () => {
    const closed = { ...BASE, open: false };
    expect(mergeFields(closed, BASE, closed).fields.open).toBe(true);
  });

  it("leaves closed what a person closed before it was ticked", () => {
    const closed = { ...BASE, open: false };
    expect(mergeFields(BASE, closed, closed)).toEqual({ fields: closed, conflicts: [] });
  });
});

it("two states say the same when title, owners and state do", () => {
  expect(sameFields(BASE, { ...BASE })).toBe(true);
  expect(sameFields(BASE, { ...BASE, assignees: ["lisa", "dev"] })).toBe(false);
  expect(sameFields(BASE, { ...BASE, open: false })).toBe(false);
  expect(sameFields(BASE, { ...BASE, title: "x" })).toBe(false);
});

/** A side in words: `a b`. */
const people = (words: string): readonly string[] => words.split(" ").filter((word) => word !== "");

describe("who has an item", () => {
  it.each([
    // before, named now, asked for, assigned, wanted (null: a conflict, the issue stands)
    ["nothing changed", "lisa", "lisa", "lisa", "lisa", "lisa"],
    ["newly named", "lisa", "dev lisa", "dev lisa", "lisa", "dev lisa"],
    ["newly named, beside one assigned by hand", "lisa", "dev lisa", "dev lisa", "ada lisa", "ada dev lisa"],
    ["named no more", "dev lisa", "dev", "dev", "dev lisa", "dev"],
    ["named no more, beside one assigned by hand", "lisa", "", "", "ada lisa", "ada"],
    ["exchanged", "lisa", "dev", "dev", "lisa", "dev"],
    ["assigned by hand alone", "", "", "", "ada", "ada"],
    ["assigned by hand, and then named", "", "ada", "ada", "ada", "ada"],
    ["taken off by hand", "lisa", "lisa", "lisa", "", ""],
    ["taken off by hand, and then named no more", "lisa", "", "", "", ""],
    ["exchanged by hand, and then named no more", "lisa", "", "", "dev", "dev"],
    ["exchanged by hand and in the document", "lisa", "ada", "ada", "dev", null],
    ["refused, the only one", "", "eve", "", "", ""],
    ["refused, one of two", "lisa", "eve lisa", "lisa", "lisa", "lisa"],
    ["left out, one of two", "ada", "ada bob", "ada", "ada", "ada"],
    ["named, and nobody knows whether GitHub takes them", "lisa", "dev lisa", "lisa", "lisa", "lisa"],
    ["still named, and not known to GitHub any more", "lisa", "lisa", "", "lisa", "lisa"],
    [
      "an eleventh",
      "a b c d e f g h i j",
      "a b c d e f g h i j k",
      "a b c d e f g h i j k",
      "a b c d e f g h i j",
      "a b c d e f g h i j",
    ],
  ])("%s", (_, before, named, ask, is, wanted) => {
    const sides = { before: people(before), named: people(named), ask: people(ask), is: people(is) };
    expect(mergeOwners(sides)).toEqual(wanted === null ? null : people(wanted));
  });
});
