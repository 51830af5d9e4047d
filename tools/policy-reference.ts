/**
 * The reference of the policy file, made from its schema: docs/configuration.md for people, and the JSON Schema by which
 * editors complete and check `.github/follow-through.yml`. A test holds both against what is committed.
 *
 *   | Key | Type | Default | |
 *   |---|---|---|---|
 *   | `digest.enabled` | true or false | `true` | Whether the weekly digest is kept. |
 */
import { z } from "zod";
import { POLICY_PATH } from "../src/policy/load.js";
import { DEFAULT_POLICY, policySchema } from "../src/policy/schema.js";
import { RULES, type RuleId } from "../src/postmortem/types.js";

/** As much of JSON Schema as the policy's own makes use of. */
interface Node {
  readonly type?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly enum?: readonly string[];
  readonly anyOf?: readonly Node[];
  readonly items?: Node;
  readonly properties?: Readonly<Record<string, Node>>;
  readonly additionalProperties?: Node | false;
}

/** What each kind of problem is, for the author of a policy who thinks about its level. */
const RULE_WORDS: Readonly<Record<RuleId, string>> = {
  "too-large": "The document is over 1 MiB and is not read.",
  "not-utf8": "The file is not text in UTF-8.",
  "front-matter": "The front matter is not valid.",
  "front-matter-code": "The front matter carries code, which is never run.",
  unreadable: "The document cannot be read.",
  "too-long": "A line or passage holds more than is read.",
  "table-cells": "A row of a table has more or fewer cells than its head.",
  "unread-table": "Columns are parted by tabs: no table, so they are not read.",
  "unread-section": "A section that looks like work is left out, because another holds the action items.",
  "no-owner": "An open item names no owner.",
  "unknown-owner":
    "An open item names somebody whom the policy's `owners` do not know, so nobody is assigned for them. Told before the merge.",
  "unassignable-owner":
    "An open item names a login that GitHub cannot assign in the repository. Told before the merge.",
  "no-due-date": "An open item states no due date. Where the policy gives it one, it is `info` unless set here.",
  "unreadable-due-date": "A due date cannot be read as a day.",
  "past-due-date": "An open item is due on a day already past.",
  "many-owners": "An item names more than ten owners; GitHub assigns ten.",
  "owner-is-group": "Only a group owns the item; nobody in particular is asked.",
  "not-actionable": "The item does not say what will have been done.",
  "too-many-items": "There are more open items than `guards.max_new_items`.",
  "duplicate-item": "Two open items say the same.",
  "several-in-one": "One item looks like two.",
  placeholder: "Something from a template was left in.",
};

/** A policy that sets every key, as people would write it. */
export const POLICY_EXAMPLE = `enabled: true
postmortems:
  include: ["docs/postmortems/**/*.md"]
  exclude: ["**/*template*", "docs/postmortems/README.md"]
labels: [action-item, reliability]
time_zone: Europe/Zurich
date_order: day-first
owners:
  Lisa Koch: "@lisa"
  Payments: "@acme/payments"
  On-call: ["@dev", "@noor"]
calendar:
  business_days: true
  region: CH-ZH
  holidays: [2026-12-24, 2026-12-31]
  quiet: 18:00-08:00
due:
  default: 30 days
  by_priority: { p0: 3 days, p1: 1 week, p2: 30 days, p3: 3 months }
  by_severity: { sev-1: 2 weeks }
  by_service: { payments: 2 weeks }
  owner_within: 3 days
  windows: { immediate: 7, short: 30, medium: 90, long: 180 }
sprints:
  Sprint 42: 2026-03-13
ticket_prefixes: [OPS, JIRA]
nudges:
  enabled: true
  schedule: "0 9 * * 1-5"
  before: 3 days
  every: 1 week
  by_priority: { p0: 3 days }
  by_severity: { sev-1: 5 days }
  later: 2 weeks
  max_per_run: 30
  max_per_day: 100
  max_per_person: 10
mute: { lisa: mentions, noor: always }
escalation:
  - { after: 2 weeks, to: "@acme/leads", priorities: [p0, p1] }
  - { after: 3 moves, to: ["@noor"] }
digest:
  enabled: true
  schedule: "0 9 * * 1"
  when_empty: line
  organisation: reliability
  in_organisation: true
  organisation_channels: [reliability]
  channels: [team-sre]
  summaries: { lisa: lisas-own }
review:
  within: 10 business days
guards:
  max_new_items: 50
  max_age: 90 days
check:
  when: always
  on_problems: failure
problems:
  no-owner: error
  several-in-one: "off"
`;

/** The JSON Schema (draft 2020-12) of the policy as people write it, every default filled in. */
export function policyJsonSchema(): object {
  const schema = z.toJSONSchema(policySchema, { io: "input" }) as Node;
  return { title: `Follow-Through policy (${POLICY_PATH})`, ...withDefaults(schema, DEFAULT_POLICY) };
}

/** docs/configuration.md, whole. */
export function policyReference(): string {
  const { properties = {} } = policyJsonSchema() as Node;
  const plain = Object.entries(properties).filter(([, node]) => !keysOf(node));
  const sections = Object.entries(properties).filter(([, node]) => keysOf(node));
  return [
    INTRODUCTION,
    "## A whole example",
    "",
    "```yaml",
    `${POLICY_EXAMPLE}\`\`\``,
    "",
    "## Every key",
    "",
    TYPES,
    ...table(plain),
    ...sections.flatMap(([name, node]) => [
      "",
      `### ${name}`,
      "",
      node.description ?? "",
      "",
      ...table(leaves(name, node)),
    ]),
    "",
    "## Problems",
    "",
    "What can be wrong in a postmortem, and how severe it is unless `problems` says otherwise. Errors and warnings are listed in the status comment;",
    "an error makes `follow-through check` fail; `off` is never told.",
    "",
    "| Rule | Level | |",
    "|---|---|---|",
    ...Object.entries(RULES).map(([rule, level]) => `| \`${rule}\` | ${level} | ${RULE_WORDS[rule as RuleId]} |`),
    "",
  ].join("\n");
}

const INTRODUCTION = `# Configuration

<!-- Made by tools/policy-reference.ts from the schema. To renew: npm run docs -->

Everything works without a policy. To change something, put \`${POLICY_PATH}\` on the repository's default branch; for all
repositories of an organisation, put it at the same path in its \`.github\` repository, and install the App there too if that is
private. It may end in \`.yaml\` too; where both are there, \`.yml\` counts, and that is told. A repository's own file counts whole: it is
not mixed with the organisation's. A pull request's version counts once it is merged.

One unknown key or wrong value makes the whole file invalid: the last valid one (or the defaults) holds, and each mistake is told with
its line in the status comments. \`follow-through check\` tells them before the file is merged. Of an organisation's policy only the line
is told, and none of its words: not everybody may read it. A file that cannot be read (too large, no UTF-8, a folder) counts as invalid.

Editors with a YAML language server complete and check the file by [follow-through.schema.json](follow-through.schema.json). Put the schema
where they can reach it, and name it in the first line:

\`\`\`yaml
# yaml-language-server: $schema=./follow-through.schema.json
\`\`\`
`;

const TYPES = `*Days* are a number, or a text like \`7 days\`, \`2 weeks\` or \`3 months\` (of 30 days), unless \`calendar.business_days\` counts otherwise. A *schedule* is a cron expression of five
fields: minute, hour, day of month, month, day of week.
`;

/** The schema with the defaults that it cannot state itself, those of transformed values. */
function withDefaults(node: Node, value: unknown): Node {
  if (!node.properties && node.anyOf && keysOf(node)) {
    const { default: _, ...rest } = node;
    return { ...rest, anyOf: node.anyOf.map((one) => (one.properties ? withDefaults(one, value) : one)) };
  }
  if (!node.properties) return node.default === undefined ? { ...node, default: value } : node;
  const values = value as Readonly<Record<string, unknown>>;
  const { default: _, ...rest } = node;
  const properties = Object.entries(node.properties).map(([key, child]) => [key, withDefaults(child, values[key])]);
  return { ...rest, properties: Object.fromEntries(properties) };
}

/** The keys of a section, also of one that has a short form; null of what is none. */
const keysOf = ({ properties, anyOf = [] }: Node): Node["properties"] | null =>
  properties ?? anyOf.find((one) => one.properties)?.properties ?? null;

/** The keys under a section with their whole names; a section within it is taken apart too. */
function leaves(name: string, node: Node): [string, Node][] {
  return Object.entries(keysOf(node) ?? {}).flatMap(([key, child]): [string, Node][] => {
    const described = { ...child, description: child.description ?? node.description ?? "" };
    return child.properties ? leaves(`${name}.${key}`, described) : [[`${name}.${key}`, described]];
  });
}

function table(rows: readonly [string, Node][]): string[] {
  return [
    "| Key | Type | Default | |",
    "|---|---|---|---|",
    ...rows.map(
      ([key, node]) =>
        `| \`${key}\` | ${typeWords(key, node)} | ${defaultWords(node.default)} | ${node.description ?? ""} |`,
    ),
  ];
}

function typeWords(key: string, node: Node): string {
  if (key.endsWith(".schedule")) return "schedule";
  if (node.enum) return node.enum.map((value) => `\`${value}\``).join(", ");
  if (node.anyOf)
    return isDays(node) ? "days" : [...new Set(node.anyOf.map((one) => typeWords(key, one)))].join(" or ");
  switch (node.type) {
    case "boolean":
      return "true or false";
    case "integer":
      return "number";
    case "null":
      return "`null`";
    case "array":
      return `list of ${node.items ? typeWords(key, node.items) : "text"}`;
    case "object":
      if (node.properties)
        return Object.keys(node.properties)
          .map((name) => `\`${name}\``)
          .join(", ");
      return `names, each with ${node.additionalProperties ? typeWords(key, node.additionalProperties) : "text"}`;
    default:
      return "text";
  }
}

const isDays = ({ anyOf = [] }: Node): boolean =>
  anyOf.length === 2 && anyOf[0]?.type === "integer" && anyOf[1]?.type === "string";

function defaultWords(value: unknown): string {
  const code = (text: unknown) => `\`${String(text).replace(/\|/g, "\\|")}\``;
  if (Array.isArray(value)) return value.length === 0 ? "none" : value.map(code).join("<br>");
  if (typeof value !== "object" || value === null) return code(value);
  const entries = Object.entries(value);
  return entries.length === 0 ? "none" : entries.map(([name, amount]) => code(`${name}: ${amount}`)).join(", ");
}
