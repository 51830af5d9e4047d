/**
 * Carries out the commands of comments on a tracking issue: a pure function of the item, the comments and who may do what,
 * so that doing it again after a crash comes to the same. What it changes of the issue (assignees, open or closed) counts
 * as changed by a person, and is written to GitHub by the caller.
 */
import type { PlainDate } from "../calendar.js";
import { isRequest, perform } from "./commands/index.js";
import type { WrittenCommand } from "./commands/parse.js";
import type { Allowed, ClosedAs, Refusal, Step } from "./commands/types.js";
import { type EditBar, withEdits } from "./edits.js";
import type { Heard, HeardEdit, TrackedItem, TrackingIssue } from "./types.js";

/** A comment by a person with commands in it. */
export interface CommandComment {
  readonly id: number;
  /** The login, as GitHub writes it. */
  readonly author: string;
  /** ISO instant. */
  readonly writtenAt: string;
  /** The day it was written, in the policy's time zone. */
  readonly on: PlainDate;
  /** Why it does not count since it was edited, and who is told; null where it counts. */
  readonly barred: { readonly why: EditBar; readonly to: string } | null;
  /** When it was edited into what it says, where that was after it was first read. */
  readonly editedAt: string | null;
  readonly commands: readonly WrittenCommand[];
}

/** What became of one comment. */
export interface Outcome {
  readonly comment: CommandComment;
  /** Why none of its commands counts; null where they do. */
  readonly barred: "not-allowed" | EditBar | null;
  /** Whether any of its commands was carried out. */
  readonly done: boolean;
  readonly refused: readonly { readonly text: string; readonly why: Refusal }[];
  /** The days that what was carried out came to: `next friday` is one, and so is `2024-10-04`. */
  readonly resolved: readonly ResolvedDate[];
  /** Until when its author wants no overdue comments, a day that is not in the future where they want them again; null where it does not say. */
  readonly mute: PlainDate | null;
  /** Whether it asks what commands there are. */
  readonly help: boolean;
}

/** What holds until, or is due on, the day. */
export interface ResolvedDate {
  readonly kind: "due" | "snooze" | "waive";
  readonly date: PlainDate;
}

export interface CarriedOut {
  /** The item as the commands leave it. */
  readonly item: TrackedItem;
  readonly outcomes: readonly Outcome[];
  /** As what the issue is to be closed, where a command closes it; null where none does. */
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
    const barred = barOf(comment, mayCommand);
    const refused: { text: string; why: Refusal }[] = [];
    const resolved: ResolvedDate[] = [];
    let mute: PlainDate | null = null;
    let done = false;
    for (const { text, asks } of barred ? [] : comment.commands) {
      const next = isRequest(asks) ? perform(step, asks, comment, allowed) : { why: asks };
      if ("why" in next) refused.push({ text, why: next.why });
      else {
        done ||= asks.kind !== "help";
        resolved.push(...resolvedDate(asks));
        if (asks.kind === "mute" || asks.kind === "unmute") mute = asks.until;
        step = next;
      }
    }
    const help = !barred && comment.commands.some(({ asks }) => asks.kind === "help");
    outcomes.push({ comment, barred, done, refused, resolved, mute, help });
  }
  return {
    item: { ...step.item, issue: step.issue, heard: heardAfter(item, outcomes) },
    outcomes,
    closedAs: step.issue.open ? null : step.closedAs,
  };
}

/** Who may not command is told that, but for what somebody else made of their comment. */
export function barOf({ barred }: Pick<CommandComment, "barred">, mayCommand: boolean): Outcome["barred"] {
  if (barred?.why === "edited-by-other" || mayCommand) return barred?.why ?? null;
  return "not-allowed";
}

/** What is handled once these comments were dealt with. */
function heardAfter({ heard, issue }: TrackedItem, outcomes: readonly Outcome[]): Heard | null {
  const edits: HeardEdit[] = [];
  let last = heard;
  for (const { comment, done } of outcomes) {
    const { id, writtenAt, editedAt } = comment;
    if (editedAt === null) last = { ...last, id, at: writtenAt };
    else {
      // On an adopted issue the count starts at the App's own comment.
      last ??= { id: issue?.adoptedBy || id, at: writtenAt };
      edits.push({ id, at: editedAt, done });
    }
  }
  return last && withEdits(last, edits);
}

/** The day that a command came to; `/mute` has words of its own. */
function resolvedDate(asks: WrittenCommand["asks"]): ResolvedDate[] {
  const { kind } = asks;
  if (kind !== "due" && kind !== "snooze" && kind !== "waive") return [];
  const date = kind === "due" ? asks.date : asks.until;
  return date === null ? [] : [{ kind, date }];
}
