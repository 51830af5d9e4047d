/** What a command is: how it is written, what it asks for, and what that makes of an item and its issue. */
import type { PlainDate } from "../../calendar.js";
import type { Policy } from "../../policy/schema.js";
import type { OtherItem, TrackedItem, TrackingIssue } from "../types.js";

/** What dates in a comment are read against: the day it was written, in the policy's time zone, and the policy. */
export interface Reading {
  readonly written: PlainDate;
  readonly policy: Policy;
}

/** Why a command cannot be understood. */
export type Unclear =
  | { readonly kind: "near-miss"; readonly usage: string }
  | { readonly kind: "no-date" }
  | { readonly kind: "unreadable-date"; readonly why: string }
  | { readonly kind: "past"; readonly date: PlainDate }
  | { readonly kind: "too-long"; readonly last: PlainDate }
  | { readonly kind: "too-long-mute"; readonly last: PlainDate }
  | { readonly kind: "no-reason" }
  | { readonly kind: "no-number"; readonly usage: string }
  | { readonly kind: "no-login"; readonly text: string }
  | { readonly kind: "too-many" };

/** Why a command was not carried out. */
export type Refusal =
  | Unclear
  | { readonly kind: "not-assignable"; readonly login: string }
  | { readonly kind: "no-other"; readonly ref: string; readonly because: NoOther }
  | { readonly kind: "joined"; readonly issue: number }
  | { readonly kind: "nothing-to-split" };

/**
 * Why an issue that a command names is not the item it is to be joined with. `elsewhere`: of another repository; `unknown`: no item's;
 * `itself`: the one the command stands on; `unasked`: nobody looked yet;
 * `not-allowed`: who asks may give no commands on it.
 */
export type NoOther = "elsewhere" | "unknown" | "itself" | "closed" | "gone" | "unasked" | "not-allowed";

/** An open issue that `/same-as` names, and who is assigned to it, in lower case. */
export interface Other extends OtherItem {
  readonly assignees: readonly string[];
}

/** As what an issue is closed, in GitHub's words. */
export type ClosedAs = "completed" | "not_planned" | "duplicate";

/** Item and issue between two commands. */
export interface Step {
  readonly item: TrackedItem;
  readonly issue: TrackingIssue;
  readonly closedAs: ClosedAs | null;
}

/** Who wrote the command, as GitHub writes the login, and on which day, in the policy's time zone. */
export interface Given {
  readonly author: string;
  readonly on: PlainDate;
}

/** Logins in lower case. */
export interface Allowed {
  /** Who may give commands whether they are assigned or not. */
  readonly command: ReadonlySet<string>;
  /** Who of those named in `/assign` can be assigned. */
  readonly assign: ReadonlySet<string>;
  /** What the issues are that `/same-as` names, as they were written. */
  readonly others: ReadonlyMap<string, Other | NoOther>;
  /** Whether another item is told apart from this one's words already, as a `/split` leaves it that a lost process carried out. */
  readonly isApart: boolean;
}

/** Where commands keep what they do: the fields of an item that its issue's marker carries, from where they are restored. */
export type CommandState = Omit<
  TrackedItem,
  "documentId" | "repositoryId" | "ordinal" | "heard" | "nudges" | "conflicts" | "issue" | "written" | "nextNudgeOn"
>;

/** One command. `Asks`: what it asks for, once it is understood. */
export interface Command<Asks extends { readonly kind: string }> {
  /** How it is written, for people: `/due DATE [reason]`. */
  readonly usage: readonly string[];
  /** What it does, in half a sentence, as `/help` and docs/commands.md say it. */
  readonly help: string;
  /** Other words that people write for it, in lower case. They are answered, not carried out. */
  readonly alsoCalled?: readonly string[];
  /** Understands what stands behind the command's name; trimmed, one line. */
  parse(rest: string, reading: Reading): Asks | Unclear;
  /** What it makes of item and issue, or why it is refused. Pure: the caller writes to GitHub. */
  perform(step: Step, asks: Asks, given: Given, allowed: Allowed): Step | { readonly why: Refusal };
  /** What it kept, out of a marker's item; left out where it keeps nothing but the issue's own fields. */
  readonly restore?: (told: CommandState) => Partial<CommandState>;
}
