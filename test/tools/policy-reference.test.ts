import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { loadPolicy } from "../../src/policy/load.js";
import { DEFAULT_POLICY } from "../../src/policy/schema.js";
import { POLICY_EXAMPLE, policyJsonSchema, policyReference } from "../../tools/policy-reference.js";

describe("the policy's reference", () => {
  it("has a valid example that sets every key", () => {
    expect(loadPolicy(POLICY_EXAMPLE).problems).toEqual([]);
    const example = parse(POLICY_EXAMPLE);
    expect(Object.keys(example)).toEqual(Object.keys(DEFAULT_POLICY));
    for (const section of ["postmortems", "calendar", "due", "nudges", "digest", "guards", "check"] as const)
      expect(Object.keys(example[section])).toEqual(Object.keys(DEFAULT_POLICY[section]));
  });

  it("lets editors judge as the App does", () => {
    const valid = new Ajv2020({ strict: false }).compile(policyJsonSchema());
    expect(valid(parse(POLICY_EXAMPLE))).toBe(true);
    expect(valid(DEFAULT_POLICY)).toBe(true);
    expect(valid({})).toBe(true);
    expect(valid(parse("check: always"))).toBe(true);
    for (const wrong of [
      "check: never",
      "check: { wen: always }",
      "nudge: {}",
      "due: { default: soon }",
      "owners: { Lisa: lisa }",
      "problems: { no-such: off }",
    ])
      expect(valid(parse(wrong)), wrong).toBe(false);
  });

  it("gives every default", () => {
    const schema = JSON.stringify(policyJsonSchema());
    for (const days of ['"default":30', '"default":90', '"default":7']) expect(schema).toContain(days);
    expect(policyReference()).not.toContain("undefined");
  });
});
