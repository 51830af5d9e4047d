/**
 * Every item with its whole state, what `report --items --json` prints a line each, for programs and spreadsheets. A contract: it only
 * grows. The schema makes docs/report-item.schema.json.
 */
import { z } from "zod";
import { ageOf, type Counted, countedState } from "../../tracking/figures/counted.js";
import { documentSchema, itemSchema } from "../../tracking/schemas.js";
import { isOverdue, overdueDays, snoozedUntil } from "../../tracking/summary.js";
import type { TrackingIssue } from "../../tracking/types.js";
import type { Links } from "../links.js";
import { STATES } from "../states.js";

const { shape: ofItem } = itemSchema;
const { shape: ofDocument } = documentSchema;
const { shape: ofBase } = ofItem.base;
const ofClosing = z.enum(["completed", "not_planned", "duplicate", "gone"]).nullable();
const address = z.string();
const day = z.iso.date();

export const itemLineSchema = z.object({
  version: z.literal(1).describe("1, as long as nothing is taken away or changes its meaning."),
  on: day.describe("The day on which it stood so, in its repository's time zone."),
  repository: z.string().describe("Like acme/shop."),
  postmortem: z.object({
    path: ofDocument.path,
    title: ofDocument.title,
    url: address,
    line: ofItem.place.shape.line.describe("Where the item stood when its words were last read."),
    incident: ofDocument.incident,
    author: ofDocument.author,
    removedOn: ofDocument.removedOn.describe("The day it was found gone from the default branch."),
  }),
  id: ofItem.id,
  title: z.string().describe("The issue's title, or the postmortem's words where there is no issue."),
  state: z.enum(Object.keys(STATES) as (keyof typeof STATES)[]),
  issue: z.int().nullable().describe("The number of its tracking issue; null: there is none."),
  url: address.nullable().describe("The address of that issue."),
  duplicateOf: z
    .object({
      repository: z.string(),
      issue: z.int(),
      open: z.boolean(),
      closedOn: day.nullable(),
      closedAs: ofClosing,
    })
    .nullable()
    .describe("The issue that a closed duplicate goes on in; null: it is none, or GitHub does not say of what."),
  owners: ofBase.owners.describe("Whom the postmortem names."),
  assignees: z.array(z.string()).describe("Whom GitHub shows on the issue."),
  currentOwners: z
    .array(z.string())
    .describe("Who has it: the assignees; where there are none, whom the postmortem names and nobody took off."),
  teams: z.array(z.string()),
  priority: ofBase.priority,
  type: ofBase.type,
  ticket: ofBase.ref.describe("The ticket that the postmortem names beside it."),
  due: ofItem.due,
  dueBy: z
    .enum(["stated", "window", "priority", "severity", "service", "default", "command", "none"])
    .describe("Where the date comes from: the postmortem (stated, window), the policy, or a command."),
  firstDue: ofItem.originalDue.describe("The first due date it had."),
  overdueDays: z.int().describe("Days past its due date while it is owed, else 0; a snooze does not stop them."),
  openedOn: ofItem.openedOn,
  closedOn: day.nullable(),
  ageDays: z.int().nullable().describe("Days from its opening to its closing, or to now."),
  atMerge: z
    .object({ owner: z.boolean(), date: z.boolean() })
    .nullable()
    .describe("Whether the postmortem named an owner and stated a date when it was merged; null: not known."),
  moves: ofItem.slips.describe("The moves of its due date, oldest first. `by` null: the postmortem was edited."),
  movesLeftOut: z.int().describe("How many moves between the first and the newest are only counted."),
  snoozedUntil: day.nullable(),
  waiver: ofItem.waiver,
  nudges: z.array(z.object({ n: z.int().min(1), on: day })).describe("The reminders so far, oldest first."),
  blockedBy: z.int().describe("How many open issues block it."),
  leftAlone: z
    .object({ on: day, why: z.string() })
    .nullable()
    .describe(
      "Why it was last not nudged though it was due for it: blocked, pull, commit, comment, and others to come.",
    ),
  leftOn: ofItem.leftOn.describe("The day it was found to have left its postmortem."),
  conflicts: ofItem.conflicts.describe("Where postmortem and issue were both changed, to different things."),
});

export type ItemLine = z.output<typeof itemLineSchema>;

function goesOnIn(issue: TrackingIssue | null, repository: string): ItemLine["duplicateOf"] {
  const other = issue?.open === false ? issue.duplicateOf : undefined;
  if (other?.kind !== "issue") return null;
  const { number, home, open, closedOn, closedAs = null } = other;
  return { repository: home ?? repository, issue: number, open, closedOn, closedAs };
}

/** The item as it is printed for programs. */
export function itemLine(counted: Counted, links: Links): ItemLine {
  const { item, document, repository, teams, day } = counted;
  const { base, issue, place } = item;
  const state = countedState(counted);
  const isOwed = issue?.open === true && state !== "left" && state !== "waived";
  const closed = issue?.closedOn ?? null;
  return itemLineSchema.parse({
    version: 1,
    on: day,
    repository,
    postmortem: {
      path: document.path,
      title: document.title,
      url: links.document(document),
      line: place.line,
      incident: document.incident,
      author: document.author,
      removedOn: document.removedOn,
    },
    id: item.id,
    title: issue?.title ?? base.title,
    state,
    issue: issue?.number ?? null,
    url: issue ? links.issue(issue.number) : null,
    duplicateOf: goesOnIn(issue, repository),
    owners: base.owners,
    assignees: issue?.assignees ?? [],
    currentOwners: [...counted.owners],
    teams,
    priority: base.priority,
    type: base.type,
    ticket: base.ref,
    due: item.due,
    dueBy: item.dueOrigin.kind,
    firstDue: item.originalDue,
    overdueDays: isOwed && isOverdue(item, day) ? overdueDays(item, day) : 0,
    openedOn: item.openedOn,
    closedOn: closed,
    ageDays: item.openedOn === null ? null : ageOf(closed === null ? counted : { ...counted, day: closed }),
    atMerge: item.atMerge ?? null,
    moves: item.slips,
    movesLeftOut: item.slipsLeftOut,
    snoozedUntil: snoozedUntil(item, day),
    waiver: item.waiver,
    nudges: item.nudges,
    blockedBy: issue?.blockedBy ?? 0,
    leftAlone: item.spared ?? null,
    leftOn: item.leftOn,
    conflicts: item.conflicts,
  });
}
