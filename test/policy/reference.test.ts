import { readFileSync, writeFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { loadPolicy } from "../../src/policy/load.js";
import { POLICY_EXAMPLE, policyJsonSchema, policyReference } from "../../src/policy/reference.js";
import { DEFAULT_POLICY } from "../../src/policy/schema.js";

/** What is committed; written anew first where UPDATE_DOCS asks for it. */
function committed(name: string, made: string): string {
  const file = new URL(`../../docs/${name}`, import.meta.url);
  if (process.env.UPDATE_DOCS) writeFileSync(file, made);
  return readFileSync(file, "utf8");
}

/** JSON as the formatter wants it: a list on one line where it fits. */
function asFormatted(json: string): string {
  const lists = /^( *"[^"]+": )\[\n([^[\]{}]*)\n *\]/gm;
  return `${json.replace(lists, (whole, head, body) => {
    const line = `${head}[${body.trim().replace(/\n */g, " ")}]`;
    return line.length < 120 ? line : whole;
  })}\n`;
}

describe("the policy's reference", () => {
  it("is what docs/configuration.md says (UPDATE_DOCS=1 renews it)", () => {
    expect(committed("configuration.md", policyReference())).toBe(policyReference());
  });

  it("is what docs/follow-through.schema.json says (UPDATE_DOCS=1 renews it)", () => {
    const made = asFormatted(JSON.stringify(policyJsonSchema(), null, 2));
    expect(committed("follow-through.schema.json", made)).toBe(made);
  });

  it("has a valid example that sets every key", () => {
    expect(loadPolicy(POLICY_EXAMPLE).problems).toEqual([]);
    const example = parse(POLICY_EXAMPLE);
    expect(Object.keys(example)).toEqual(Object.keys(DEFAULT_POLICY));
    for (const section of ["postmortems", "due", "nudges", "digest", "guards"] as const)
      expect(Object.keys(example[section])).toEqual(Object.keys(DEFAULT_POLICY[section]));
  });

  it("lets editors judge as the App does", () => {
    const valid = new Ajv2020({ strict: false }).compile(policyJsonSchema());
    expect(valid(parse(POLICY_EXAMPLE))).toBe(true);
    expect(valid(DEFAULT_POLICY)).toBe(true);
    expect(valid({})).toBe(true);
    for (const wrong of ["nudge: {}", "due: { default: soon }", "owners: { Lisa: lisa }", "problems: { no-such: off }"])
      expect(valid(parse(wrong)), wrong).toBe(false);
  });

  it("gives every default", () => {
    const schema = JSON.stringify(policyJsonSchema());
    for (const days of ['"default":30', '"default":90', '"default":7']) expect(schema).toContain(days);
    expect(policyReference()).not.toContain("undefined");
  });
});
