/**
 * Writes what in `docs/` is made from the code: the reference of the policy, its JSON Schema, those of reports, every message, the table of commands, and NOTICE.
 * A test holds each against what is committed.
 *
 *     npm run docs
 */
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { checkSchema } from "../src/cli/check-json.js";
import { COMMAND_TABLE } from "../src/render/reply.js";
import { messagesPage } from "./messages.js";
import { notice } from "./notice.js";
import { policyJsonSchema, policyReference } from "./policy-reference.js";
import { itemJsonSchema, reportJsonSchema } from "./report-schema.js";

const DOCS = new URL("../docs/", import.meta.url);

/** What is committed under this name in `docs/`. */
export const committed = (name: string): string => readFileSync(new URL(name, DOCS), "utf8");

/** Each document that is made, by its name in `docs/`. */
export const MADE: Readonly<Record<string, () => string>> = {
  "configuration.md": policyReference,
  "follow-through.schema.json": () => asFormatted(JSON.stringify(policyJsonSchema(), null, 2)),
  "check.schema.json": () => asFormatted(JSON.stringify(checkJsonSchema(), null, 2)),
  "messages.md": messagesPage,
  "report.schema.json": () => asFormatted(JSON.stringify(reportJsonSchema(), null, 2)),
  "report-item.schema.json": () => asFormatted(JSON.stringify(itemJsonSchema(), null, 2)),
  "../NOTICE": notice,
  "commands.md": () => withTable(committed("commands.md"), COMMAND_TABLE),
};

const checkJsonSchema = (): object => ({
  title: "A line of `follow-through check --json`",
  // Fields are added over time, so whoever checks a line must not refuse those they do not know.
  ...z.toJSONSchema(checkSchema, { io: "input" }),
});

/** JSON as the formatter wants it: a list on one line where it fits. */
function asFormatted(json: string): string {
  const lists = /^( *"[^"]+": )\[\n([^[\]{}]*)\n *\]/gm;
  return `${json.replace(lists, (whole, head, body) => {
    const line = `${head}[${body.trim().replace(/\n */g, " ")}]`;
    return line.length < 120 ? line : whole;
  })}\n`;
}

/** `text` with `table` in the place of the one that has the same header. */
function withTable(text: string, table: readonly string[]): string {
  const lines = text.split("\n");
  const from = lines.indexOf(table[0] ?? "");
  if (from < 0) throw new Error(`docs/commands.md has no table that begins "${table[0]}"`);
  const length = lines.slice(from).findIndex((line) => !line.startsWith("|"));
  return lines.toSpliced(from, length, ...table).join("\n");
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  for (const [name, make] of Object.entries(MADE)) writeFileSync(new URL(name, DOCS), make());
