/**
 * Carries out the commands of comments on a tracking issue: a pure function of the item, the comments and who may do what,
 * so that doing it again after a crash comes to the same. What it changes of the issue (assignees, open or closed) counts
 * as changed by a person, and is written to GitHub by the caller.
 */
import type { PlainDate } from "../calendar.js";
import { withSlip } from "./bounds.js";
import type { Command, Request, Unclear } from "./commands.js";
import { MOST_PEOPLE } from "./owners.js";
import type { Slip, Snooze, TrackedItem, TrackingIssue } from "./types.js";

/** A comment by a person with commands in it. */
export interface CommandComment {
  readonly id: number;
  /** The login, as GitHub writes it. */
  readonly author: string;
  /** ISO instant. */
  readonly writtenAt: string;
  /** The day it was written, in the policy's time zone. */
  readonly on: PlainDate;
  /** Whether it was changed after it was written: nobody knows by whom. */
  readonly edited: boolean;
  readonly commands: readonly Command[];
}

/** Logins in lower case. */
export interface Allowed {
  /** Who may give commands whether they are assigned or not. */
  readonly command: ReadonlySet<string>;
  /** Who of those named in `/assign` can be assigned. */
  readonly assign: ReadonlySet<string>;
}

/** Why a command was not carried out. */
export type Refusal = Unclear | { readonly kind: "not-assignable"; readonly login: string };

/** What became of one comment. */
export interface Outcome {
  readonly comment: CommandComment;
  /** Why none of its commands counts; null where they do. */
  readonly barred: "not-allowed" | "edited" | null;
  /** Whether any of its commands was carried out. */
  readonly done: boolean;
  readonly refused: readonly { readonly text: string; readonly why: Refusal }[];
  /** Whether it asks what commands there are. */
  readonly help: boolean;
}

export type ClosedAs = "completed" | "not_planned";

export interface CarriedOut {
  /** The item as the commands leave it. */
  readonly item: TrackedItem;
  readonly outcomes: readonly Outcome[];
  /** As what the issue is to be closed, where a command closes it; null where none does. */
  readonly closedAs: ClosedAs | null;
}

/** Only the last one counts; a few more tell the story. */
const MAX_SNOOZES = 5;

interface Step {
  readonly item: TrackedItem;
  readonly issue: TrackingIssue;
  readonly closedAs: ClosedAs | null;
}

/**
 * Carries out the comments, oldest first, on an item whose issue is as it stands on GitHub. Each comment is judged as a whole,
 * by who is assigned after the comments before it: whoever hands the work on may still finish the sentence, and no more.
 */
export function carryOut(
  item: TrackedItem,
  issue: TrackingIssue,
  comments: readonly CommandComment[],
  allowed: Allowed,
): CarriedOut {
  const outcomes: Outcome[] = [];
  let step: Step = { item, issue, closedAs: null };
  for (const comment of comments) {
    const author = comment.author.toLowerCase();
    const mayCommand = allowed.command.has(author) || step.issue.assignees.includes(author);
    const barred = !mayCommand ? "not-allowed" : comment.edited ? "edited" : null;
    const refused: { text: string; why: Refusal }[] = [];
    let done = false;
    for (const { text, asks } of barred ? [] : comment.commands) {
      const next = perform(step, asks, comment, allowed);
      if ("why" in next) refused.push({ text, why: next.why });
      else {
        done ||= asks.kind !== "help";
        step = next;
      }
    }
    const help = !barred && comment.commands.some(({ name }) => name === "help");
    outcomes.push({ comment, barred, done, refused, help });
  }
  const last = comments.at(-1);
  const heard = last ? { id: last.id, at: last.writtenAt } : item.heard;
  return {
    item: { ...step.item, issue: step.issue, heard },
    outcomes,
    closedAs: step.issue.open ? null : step.closedAs,
  };
}

/** One command: what it makes of item and issue, or why it is refused. */
function perform(
  step: Step,
  asks: Request | Unclear,
  { author: by, on }: CommandComment,
  allowed: Allowed,
): Step | { readonly why: Refusal } {
  const { item, issue } = step;
  switch (asks.kind) {
    case "due":
      return { ...step, item: moved(item, asks.date, { on, by, why: asks.why }) };
    case "snooze": {
      const snooze: Snooze = { on, until: asks.until, by, why: asks.why };
      return { ...step, item: { ...item, snoozes: [...item.snoozes, snooze].slice(-MAX_SNOOZES) } };
    }
    case "waive": {
      const { why, until } = asks;
      const waived = { ...item, waiver: { on, by, why, until } };
      if (until !== null) return { ...step, item: waived };
      return { item: waived, issue: closed(issue, on), closedAs: "not_planned" };
    }
    case "done":
      return { item: { ...item, waiver: null }, issue: closed(issue, on), closedAs: "completed" };
    case "reopen":
      return { item: { ...item, waiver: null }, issue: { ...issue, open: true, closedOn: null }, closedAs: null };
    case "assign":
      return assigned(step, asks.logins.length > 0 ? asks.logins : [by.toLowerCase()], allowed.assign);
    case "unassign": {
      const logins = asks.logins.length > 0 ? asks.logins : [by.toLowerCase()];
      const assignees = issue.assignees.filter((login) => !logins.includes(login));
      return { ...step, issue: { ...issue, assignees } };
    }
    case "help":
      return step;
    default:
      return { why: asks };
  }
}

const closed = (issue: TrackingIssue, on: PlainDate): TrackingIssue => ({
  ...issue,
  open: false,
  closedOn: issue.open ? on : (issue.closedOn ?? on),
});

/** The item with its due date moved by a person. The document's own date is kept beside it, to see when that moves too. */
function moved(
  item: TrackedItem,
  to: PlainDate,
  { on, by, why }: Pick<Slip, "on" | "why"> & { by: string },
): TrackedItem {
  const { due, dueOrigin, originalDue } = item;
  const document = dueOrigin.kind === "command" ? dueOrigin.document : due;
  return {
    ...item,
    due: to,
    dueOrigin:
      to === due && dueOrigin.kind !== "command" ? dueOrigin : { kind: "command", by, was: document, document },
    originalDue: originalDue ?? to,
    ...(to === due ? {} : withSlip(item, { on, from: due, to, by, why })),
  };
}

function assigned(step: Step, logins: readonly string[], assignable: ReadonlySet<string>): Step | { why: Refusal } {
  const { issue } = step;
  const assignees = [...new Set([...issue.assignees, ...logins])].sort();
  // Looked at first, so that GitHub is asked about a few logins only, however many a comment names.
  if (assignees.length > MOST_PEOPLE) return { why: { kind: "too-many" } };
  const stranger = logins.find((login) => !assignable.has(login) && !issue.assignees.includes(login));
  return stranger === undefined
    ? { ...step, issue: { ...issue, assignees } }
    : { why: { kind: "not-assignable", login: stranger } };
}
