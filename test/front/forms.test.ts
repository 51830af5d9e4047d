/** What somebody meets first on GitHub: the forms for issues, held to what GitHub takes. */
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { licences } from "../../tools/notice.js";

const GITHUB = fileURLToPath(new URL("../../.github/", import.meta.url));
const read = (path: string): unknown => parse(readFileSync(`${GITHUB}${path}`, "utf8"));

const id = z.string().regex(/^[\w-]+$/);
const validations = z.strictObject({ required: z.boolean() }).optional();
const label = z.string().min(1).max(100);
const text = { label, description: z.string().optional(), placeholder: z.string().optional() };

/** https://docs.github.com/en/communities/using-templates-to-encourage-useful-issues-and-pull-requests/syntax-for-githubs-form-schema */
const element = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("markdown"), attributes: z.strictObject({ value: z.string().min(1) }) }),
  z.strictObject({
    type: z.literal("textarea"),
    id,
    attributes: z.strictObject({ ...text, render: z.enum(["markdown", "text"]).optional() }),
    validations,
  }),
  z.strictObject({ type: z.literal("input"), id, attributes: z.strictObject(text), validations }),
  z.strictObject({
    type: z.literal("checkboxes"),
    id,
    attributes: z.strictObject({
      label,
      description: z.string().optional(),
      options: z.array(z.strictObject({ label: z.string().min(1), required: z.boolean().optional() })).min(1),
    }),
  }),
]);

/** https://docs.github.com/en/communities/using-templates-to-encourage-useful-issues-and-pull-requests/syntax-for-issue-forms */
const form = z.strictObject({
  name: z.string().min(4),
  description: z.string().min(4).max(200),
  title: z.string(),
  labels: z.array(z.string()),
  body: z.array(element).min(1),
});

describe("issue forms", () => {
  const names = readdirSync(`${GITHUB}ISSUE_TEMPLATE`).filter((name) => name !== "config.yml");

  it.each(names)("%s is one, and asks each thing once", (name) => {
    const { body } = form.parse(read(`ISSUE_TEMPLATE/${name}`));
    const asked = body.flatMap((part) => (part.type === "markdown" ? [] : [part.id, part.attributes.label]));
    expect(new Set(asked).size).toBe(asked.length);
    expect(body.some((part) => part.type !== "markdown")).toBe(true);
  });

  it.each([
    ["misread.yml", ["document", "explain", "expected", "version"], "extract --explain"],
    ["said-something-wrong.yml", ["said", "expected", "doctor", "delivery", "version"], "follow-through doctor"],
  ])("%s asks for what is needed to find the fault", (name, required, command) => {
    const { body } = form.parse(read(`ISSUE_TEMPLATE/${name}`));
    const needed = body.filter((part) => "validations" in part && part.validations?.required);
    expect(needed.map((part) => ("id" in part ? part.id : ""))).toEqual(required);
    expect(JSON.stringify(body)).toContain(command);
  });
});

it("every package that comes with the App says its licence, and none asks for the App's source", () => {
  const found = [...licences()];
  expect(found.length).toBeGreaterThan(100);
  for (const [name, licence] of found) expect(licence, name).toMatch(/^(\(?(ISC|MIT|0?BSD|Apache-2|PSF-2|Unlicense))/);
});
