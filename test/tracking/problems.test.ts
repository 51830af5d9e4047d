/** What policy and GitHub know to be wrong with the items of a document. */
import { describe, expect, it } from "vitest";
import { DEFAULT_POLICY, type Policy } from "../../src/policy/schema.js";
import type { ActionItem, Level, Problem, RuleId } from "../../src/postmortem/types.js";
import { ownerProblems, problemsUnder, withOwnerProblems } from "../../src/tracking/problems.js";
import { an, policyWith, postmortem } from "./samples.js";

describe("an item without a date", () => {
  const due = (part: Partial<Policy["due"]>) => policyWith({ due: { ...DEFAULT_POLICY.due, default: null, ...part } });
  const levelOf = (policy: Policy, part: Partial<ActionItem> = {}) => {
    const item = an("Add timeouts", part);
    const problem: Problem = { ...item, rule: "no-due-date", level: "warning", message: "None.", fix: "Add one." };
    return problemsUnder(policy, { ...postmortem([item]), problems: [problem] })[0]?.level;
  };

  it.each<[string, Policy, Partial<ActionItem>, string]>([
    ["that the default dates: a note", DEFAULT_POLICY, {}, "info"],
    ["that nothing dates: a warning", due({}), {}, "warning"],
    ["that its priority dates: a note", due({ by_priority: { P1: 7 } }), { priority: "P1" }, "info"],
    ["of another priority: a warning", due({ by_priority: { P1: 7 } }), { priority: "P2" }, "warning"],
    [
      "of which the policy itself says how severe it is",
      policyWith({ problems: { "no-due-date": "warning" } }),
      {},
      "warning",
    ],
  ])("%s", (_, policy, part, level) => {
    expect(levelOf(policy, part)).toBe(level);
  });
});

describe("owners", () => {
  const told = (owners: string[], mentions: string[] = [], policy = DEFAULT_POLICY) =>
    ownerProblems(an("Add timeouts", { owners, mentions }), policy, new Set(["lisa"])).map(
      ({ rule, level, message }) => [rule, level, message],
    );

  it.each<[string, string[], string[], number]>([
    ["a login that can be assigned", ["lisa"], ["lisa"], 0],
    ["a team", ["acme/platform"], ["acme/platform"], 0],
    ["nobody, which reading tells", [], [], 0],
    ["a place held for somebody, which reading tells", ["TBD", "?", "<owner>", "[name]"], [], 0],
    ["two names and a login", ["Max", "lisa", "Ann B."], ["lisa"], 2],
  ])("%s", (_, owners, mentions, amount) => {
    expect(told(owners, mentions)).toHaveLength(amount);
  });

  it("say who it is about, as severe as the policy has it", () => {
    expect(told(["Max", "eve"], ["eve"])).toEqual([
      ["unknown-owner", "warning", 'Nobody is assigned for "Max": the policy does not know the name.'],
      ["unassignable-owner", "warning", "@eve cannot be assigned in this repository."],
    ]);
    const policy = policyWith({ problems: { "unknown-owner": "off", "unassignable-owner": "error" } });
    expect(told(["Max", "eve"], ["eve"], policy).map(([rule, level]) => [rule, level])).toEqual([
      ["unassignable-owner", "error"],
    ]);
    expect(told(["Max"], [], policyWith({ owners: { max: ["@lisa"] } }))).toEqual([]);
  });

  it("that are a group are asked for a person", () => {
    const fixes = ownerProblems(an("Add timeouts", { owners: ["Platform team", "Max"] }), DEFAULT_POLICY, new Set());
    expect(fixes.map(({ fix }) => fix)).toEqual([
      "Name the person who sees to it, or say under `owners` in the policy who they are.",
      "Write their `@login`, or say under `owners` in the policy who they are.",
    ]);
  });

  it.each<[string, [RuleId, Level, number][], [RuleId, Level, number][], RuleId[]]>([
    ["one problem", [["owner-is-group", "info", 3]], [["unknown-owner", "warning", 3]], ["unknown-owner"]],
    ["the owner's, of two alike", [["owner-is-group", "info", 3]], [["unknown-owner", "info", 3]], ["unknown-owner"]],
    ["the more severe", [["owner-is-group", "error", 3]], [["unassignable-owner", "warning", 3]], ["owner-is-group"]],
    ["the group's alone where the policy knows it", [["owner-is-group", "info", 3]], [], ["owner-is-group"]],
    [
      "two, of two items",
      [["owner-is-group", "info", 3]],
      [["unknown-owner", "warning", 4]],
      ["owner-is-group", "unknown-owner"],
    ],
    [
      "beside what else is wrong",
      [
        ["owner-is-group", "info", 3],
        ["no-due-date", "info", 3],
      ],
      [["unknown-owner", "warning", 3]],
      ["no-due-date", "unknown-owner"],
    ],
  ])("that are groups nobody knows are %s", (_, found, ofOwners, told) => {
    const [read, judged] = [found, ofOwners].map((each) =>
      each.map(([rule, level, line]) => ({ rule, level, line, endLine: line, message: "It is.", fix: "Fix it." })),
    );
    expect(withOwnerProblems(read ?? [], judged ?? []).map(({ rule }) => rule)).toEqual(told);
  });
});
