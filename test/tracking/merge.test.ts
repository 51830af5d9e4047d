import { describe, expect, it } from "vitest";
import { mergeFields, sameFields } from "../../src/tracking/merge.js";
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
    [
      "the owner taken away and given",
      { assignees: [] },
      { assignees: ["dev"] },
      { assignees: ["dev"] },
      [["owner", "nobody", "dev"]],
    ],
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
