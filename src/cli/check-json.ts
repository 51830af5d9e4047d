/**
 * What `follow-through check --json` prints of each file, described once: docs/check.schema.json is made from this. An outward contract: fields
 * are only added.
 */
import { z } from "zod";
import { RULES, type RuleId } from "../postmortem/types.js";
import { whoAndWhen } from "../render/forecast.js";
import { leftAloneWords } from "../render/verdict.js";
import { type FreshItem, isReady, lacksOf } from "../tracking/forecast.js";
import type { Judged } from "./judge.js";

const line = z.int().positive();
const day = z.iso.date();
const level = z.enum(["info", "warning", "error"]);
const lines = { line: line.describe("Counted from 1."), endLine: line };

const item = z.object({
  ...lines,
  title: z.string(),
  ready: z
    .boolean()
    .describe("Whether it can be followed through as it is: somebody to do it, and a day that was meant."),
  lacks: z
    .array(z.enum(["owner", "known-owner", "asked-owner", "date", "readable-date"]))
    .describe("What it lacks: an owner at all, one whom GitHub knows, a date, one that can be read."),
  logins: z.array(z.string()).describe("Who would be assigned, without the @."),
  teams: z.array(z.string()).describe("Who would be mentioned, as `org/team`."),
  unknown: z.array(z.string()).describe("Owners as written whom the policy does not know."),
  due: day.nullable().describe("The day it would be due if it merged today."),
  daysAfterMerge: z.int().nullable().describe("How many days after the merge that is, where it counts from there."),
  dueText: z.string().nullable().describe("The words of the document for its date."),
  says: z.string().describe("Who would have it, and when it would be due, in words."),
});

export const checkSchema = z
  .object({
    path: z.string().describe("As it was named; of standard input what `--path` says, or `-`."),
    title: z.string().nullable(),
    isText: z
      .boolean()
      .describe("Whether it could be read as text. If not, its problems say why, and there are no items."),
    leftAlone: z
      .object({
        kind: z.enum(["opted-out", "not-included", "excluded", "template", "switched-off"]),
        says: z.string().describe("Why, to be read behind its name."),
      })
      .nullable()
      .describe("Why nothing of it would be followed through; null where it would."),
    held: z
      .enum(["many", "copy"])
      .nullable()
      .describe(
        "Why its new items would be held back, if one pull request brought all of these files: they are too many, or it is a copy of a file before it.",
      ),
    heldIfEdited: z
      .boolean()
      .describe("Whether a guard would hold its new items back where a pull request edits it and does not add it."),
    items: z.array(item).describe("For each an issue would be opened, if it is followed through and not held back."),
    done: z.int().min(0).describe("How many items are done already."),
    problems: z
      .array(
        z.object({
          ...lines,
          rule: z.enum(Object.keys(RULES) as [RuleId, ...RuleId[]]),
          level,
          message: z.string(),
          fix: z.string(),
        }),
      )
      .describe("What its author should fix."),
    notRead: z
      .array(
        z.object({
          ...lines,
          what: z.enum(["section", "entry"]),
          text: z.string().describe("The name of a section, or the first line of an entry."),
          rule: z.string().describe("The rule of reading that decided. It may change with the rules."),
          reason: z.string(),
        }),
      )
      .describe("What was not read as action items, and why."),
    policy: z.object({
      path: z.string().nullable().describe("The file it was judged by; null for the defaults."),
      problems: z.array(z.object({ line, level, message: z.string() })),
    }),
  })
  .describe("What merging one file would do. `follow-through check --json` prints one such object a line.");

/** The JSON value for one file. */
export function toCheckJson(judged: Judged): z.infer<typeof checkSchema> {
  const { path, title, notText, leftAlone, forecast, held, heldIfEdited, notRead, policy } = judged;
  return {
    path,
    title,
    isText: notText === null,
    leftAlone: leftAlone && { kind: leftAlone.kind, says: leftAloneWords(leftAlone) },
    held,
    heldIfEdited,
    items: forecast.fresh.map(itemJson),
    done: forecast.done,
    problems: forecast.problems.map(({ line, endLine, rule, level, message, fix }) => ({
      ...{ line, endLine, rule, level, message, fix },
    })),
    notRead: notRead.map((one) => ({ ...one })),
    policy: {
      path: policy.path,
      problems: policy.problems.map(({ line, message, harmless }) => ({
        ...{ line, level: harmless ? ("warning" as const) : ("error" as const), message },
      })),
    },
  };
}

function itemJson(fresh: FreshItem): z.infer<typeof item> {
  const { item: tracked, owners, daysAfterMerge } = fresh;
  const { base, place, due } = tracked;
  const { owners: who, date } = whoAndWhen(fresh);
  return {
    line: place.line,
    endLine: place.endLine,
    title: base.title,
    ready: isReady(fresh),
    lacks: [...lacksOf(fresh)],
    logins: [...owners.logins],
    teams: [...owners.teams],
    unknown: [...owners.names],
    due,
    daysAfterMerge,
    dueText: base.dueText,
    says: `${who}, ${date}`,
  };
}
