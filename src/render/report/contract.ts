/**
 * What `report --json` prints: a contract, so that dashboards and assistants can rely on it; it only grows. The schemas make
 * docs/report.schema.json and docs/report-item.schema.json.
 */
import { z } from "zod";
import type { Figures } from "../../tracking/figures/figures.js";
import { FACETS } from "../../tracking/figures/groups.js";
import type { Report } from "../../tracking/figures/report.js";
import { MEASURES, type Measure, type Value } from "./measures.js";

const day = z.iso.date();
const login = z.string();

const share = z
  .object({ count: z.int().min(0), of: z.int().min(0) })
  .describe("So many of so many. `of` 0: there is nothing to tell it from, which is not 0%.");

function measureSchema({ kind, label, meaning }: Measure): z.ZodType<Value> {
  const words = `${label}. ${meaning}`;
  switch (kind) {
    case "count":
      return z.int().min(0).describe(words);
    case "share":
      return share.describe(words);
    case "days":
      return z.int().min(0).nullable().describe(`${words} null: there is nothing to tell it from.`);
  }
}

const figures = z
  .object(Object.fromEntries(MEASURES.map((measure) => [measure.key, measureSchema(measure)])))
  .describe("Figures of the items that were open on any day of the period, as they stood at its end.");

const groups = z.array(
  z.object({ name: z.string().nullable().describe("As most items write it; null: those that have none."), figures }),
);

export const reportSchema = z.object({
  version: z.literal(1).describe("1, as long as nothing is taken away or changes its meaning."),
  of: z.string().describe("What was asked for: an organisation, a repository, or all."),
  repositories: z
    .array(
      z.object({ name: z.string().describe("Like acme/shop."), visibility: z.enum(["public", "internal", "private"]) }),
    )
    .describe("The repositories looked at, and who reads each."),
  since: day.nullable().describe("The first day of the period; null: from the beginning."),
  until: day.describe("The last day of the period, in each repository's time zone."),
  figures,
  months: z
    .array(
      z.object({
        month: z.string().describe("Like 2024-09."),
        opened: z.int().describe("Opened in the month."),
        done: z.int().describe("Closed in the month as done."),
        givenUp: z.int().describe("Closed in the month as anything else."),
        open: z.int().describe("Still owed at the end of the month, or of the period."),
        overdue: z.int().describe("Of those, overdue then."),
      }),
    )
    .describe("Month by month, oldest first; the last two years at most."),
  movedBy: z
    .array(
      z.object({
        by: login.nullable().describe("A login; null: the postmortem was edited."),
        moves: z.int().describe("How often they put a due date off."),
        days: z.int().describe("By how many days in all."),
      }),
    )
    .describe("Who put work off in the period, most moves first."),
  by: z
    .partialRecord(z.enum(FACETS), groups)
    .describe("The same figures by group. An item of several services, teams or assignees counts in each."),
});

/** The report as it is printed for programs. */
export function reportJson(report: Report): z.output<typeof reportSchema> {
  const { of, repositories, since, until, total, months, by } = report;
  return {
    version: 1,
    of,
    repositories: [...repositories],
    since,
    until,
    figures: figuresJson(total),
    months: [...months],
    movedBy: [...total.slips.by],
    by: Object.fromEntries(
      by.map(({ facet, groups }) => [
        facet,
        groups.map(({ name, figures }) => ({ name, figures: figuresJson(figures) })),
      ]),
    ),
  };
}

const figuresJson = (figures: Figures): Record<string, Value> =>
  Object.fromEntries(MEASURES.map(({ key, of }) => [key, of(figures)]));
