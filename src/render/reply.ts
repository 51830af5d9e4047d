/**
 * The App's answer to a comment whose commands it could not all carry out, or that asks for help:
 *
 *   @lisa, `/due blursday` was not carried out: it names no day. Write the date like `2024-10-01`, `next friday` or `in 2 weeks`.
 *
 * What was carried out gets a 👍, and words only where it has a date: "due Fri 4 Oct 2024".
 */
import type { PlainDate } from "../calendar.js";
import type { CommandComment, Outcome, ResolvedDate } from "../tracking/carry-out.js";
import { COMMAND_NAMES, COMMANDS } from "../tracking/commands/index.js";
import { LONGEST_MUTE_DAYS } from "../tracking/commands/mute.js";
import type { UnclearPullCommand } from "../tracking/commands/pull.js";
import { SAME_AS_USAGE } from "../tracking/commands/same-as.js";
import { LONGEST_SNOOZE_DAYS } from "../tracking/commands/snooze.js";
import type { NoOther, Refusal } from "../tracking/commands/types.js";
import type { EditBar } from "../tracking/edits.js";
import { inertCode } from "./inert.js";
import { marker, markerKey, muteMarker } from "./marker.js";
import { day } from "./words.js";

/** An answer, and the key by which its marker is known. */
export interface Reply {
  readonly key: string;
  readonly body: string;
}

/** The answer to a comment on issue `number`; null where the 👍 says enough. Who may give no commands is told once an issue. */
export function renderReply(outcome: Outcome, number: number): Reply | null {
  const { comment, help, mute } = outcome;
  const said = saidOf(outcome);
  if (said.length === 0) return null;
  const table = help ? ["", ...COMMAND_TABLE] : [];
  const { author, writtenAt, editedAt } = comment;
  const person = author.toLowerCase();
  const kept = mute === null ? [] : ["", muteMarker({ person, until: mute, at: editedAt ?? writtenAt })];
  // What a comment was edited into is answered beside: what somebody said of themselves counts only where nobody edited it, the App neither.
  const isOwn = mute !== null && editedAt !== null;
  return replyTo(outcome, number, [...said, ...table, ...kept], isOwn ? answerKeys(comment.id)[2] : undefined);
}

/**
 * What stands instead of an answer that a comment got before it was edited, where a 👍 says enough of what it is now; null where there is none
 * among `own`, the texts of the App's comments.
 */
export function settledReply(outcome: Outcome, number: number, own: readonly string[]): Reply | null {
  const { comment, barred, done } = outcome;
  if (!done || barred !== null || comment.editedAt === null || saidOf(outcome).length > 0) return null;
  const reply = replyTo(outcome, number, [SETTLED]);
  return own.some((text) => markerKey(text, "reply") === reply.key) ? reply : null;
}

/** What an answer says once its comment was edited into what is carried out without a word. */
export const SETTLED = "carried out, as it is written now.";

function saidOf({ comment, barred, done, refused, resolved, mute, help }: Outcome): string[] {
  switch (barred) {
    case "not-allowed":
      // Others' words that only look like ours are no request that could be turned down.
      if (comment.commands.every(({ asks }) => asks.kind === "near-miss")) return [];
      return [
        "nothing was changed: commands are for the assignees of this issue and for people with triage or write access. Ask one of them to write it.",
      ];
    case "edited":
    case "edited-by-other":
    case "done-before":
      return [EDITED[barred]];
    case null: {
      const [only, ...more] = refused.map(({ text, why }) => ({ text: inertCode(text), why: refusalWords(why, done) }));
      const echo = resolved.map(({ kind, date }) => `${DATE_WORDS[kind]} ${day(date)}`);
      const dated = [...(echo.length > 0 ? [`${echo.join("; ")}.`] : []), ...muteWords(mute, comment.on)];
      if (!only) return help ? [...dated, "here is what a comment can ask for, one command a line:"] : dated;
      if (more.length === 0) return [...dated, `${only.text} was not carried out: ${only.why}`];
      const list = [only, ...more].map(({ text, why }) => `- ${text}: ${why}`);
      return [...dated, "these commands were not carried out:", "", ...list];
    }
  }
}

/** What became of a comment with commands on a postmortem's pull request. */
export interface PullOutcome {
  readonly comment: Pick<CommandComment, "id" | "author" | "barred">;
  /** Why none of its commands counts; null where they do. */
  readonly barred: Outcome["barred"];
  /** What was written for a command and is none. */
  readonly unclear: readonly UnclearPullCommand[];
  /** Whether it asks to open what is held back, and whether anything is. */
  readonly opens: boolean;
  readonly held: boolean;
  /** Whether it says that an earlier postmortem is unrelated. */
  readonly disowns: boolean;
}

/** The answer to a comment on pull request `number`; null where the 👍 says enough. */
export function renderPullReply(outcome: PullOutcome, number: number): Reply | null {
  const { barred, opens, disowns } = outcome;
  const said = pullWords(outcome);
  // Others' words that only look like ours are no request that could be turned down.
  if (said === null || (barred !== null && !opens && !disowns)) return null;
  return replyTo(outcome, number, [said]);
}

function pullWords({ barred, unclear: [unclear], opens, held, disowns }: PullOutcome): string | null {
  if (barred === "not-allowed")
    return "nothing was changed: commands on a pull request are for people with triage or write access. Ask one of them to write it.";
  if (barred !== null) return EDITED[barred];
  if (unclear !== undefined)
    return `${inertCode(unclear.text)} was not carried out: ${nearMissWords(unclear.meant, (opens && held) || disowns)}`;
  return opens && !held
    ? "nothing is held back in the postmortems of this pull request, so there is nothing to open."
    : null;
}

/** On issue or pull request `number`, where it is told once that somebody may give no commands. */
function replyTo(
  { comment, barred }: Pick<PullOutcome, "comment" | "barred">,
  number: number,
  [first = "", ...more]: readonly string[],
  own?: string,
): Reply {
  const { id, author, barred: edited } = comment;
  const [answer, afterEdit] = answerKeys(id);
  const refusal = `refusal:${number}:${author.toLowerCase()}`;
  const usual = barred === null || barred === "edited" ? answer : barred === "not-allowed" ? refusal : afterEdit;
  const key = own ?? usual;
  const to = barred === "not-allowed" ? author : (edited?.to ?? author);
  return { key, body: [`@${to}, ${first}`, ...more, "", marker("reply", { key })].join("\n") };
}

/**
 * The keys of what a comment is answered: the one, edited in place, on what it asks for; the second, beside it, on an edit that changes
 * nothing of that; the third, beside it too, on an edit by which its author says something of themselves.
 */
export const answerKeys = (comment: number): readonly [answer: string, afterEdit: string, ofThemselves: string] => [
  `reply:${comment}`,
  `edit:${comment}`,
  `self:${comment}`,
];

/** What is said where an edit does not count. */
const EDITED: Record<EditBar, string> = {
  edited:
    "nothing was changed: your comment was edited, and GitHub did not say by whom. Write the command in a new comment.",
  "edited-by-other":
    "nothing was changed: a comment counts only as its author wrote it. Write the command in a new comment.",
  "done-before":
    "nothing more was changed: what your comment said before the edit was carried out. Write the new command in a new comment.",
};

/** What holds now for who said `/mute` or `/unmute`. */
function muteWords(until: PlainDate | null, on: PlainDate): string[] {
  if (until === null) return [];
  if (until <= on) return ["you get overdue comments again."];
  return [
    `you get no overdue comments until ${day(until)}, in any repository of this installation. Digests list your items all the same. \`/unmute\` ends it sooner.`,
  ];
}

/** What is said before the day that a command came to. */
const DATE_WORDS: Record<ResolvedDate["kind"], string> = {
  due: "due",
  snooze: "no overdue comments until",
  waive: "waived until",
};

const DATES = "Write the date like `2024-10-01`, `next friday` or `in 2 weeks`.";

/** What to write instead; a comment of which something was carried out counts as it was, whatever it is edited into. */
const nearMissWords = (meant: string, done: boolean): string =>
  `it is no command. If you mean \`${meant}\`, ${done ? "write that in a new comment" : "edit your comment, or write a new one"}.`;

/** Why a command was refused, and what to do next. */
function refusalWords(why: Refusal, done: boolean): string {
  switch (why.kind) {
    case "near-miss":
      return nearMissWords(why.usage, done);
    case "no-date":
      return `a date is missing. ${DATES}`;
    case "unreadable-date":
      return `${why.why}. ${DATES}`;
    case "past":
      return `${day(why.date)} is not in the future. ${DATES}`;
    case "too-long":
      return `it can rest for ${LONGEST_SNOOZE_DAYS} days at once, until ${day(why.last)}. Use \`/due DATE\` to move the date, or \`/waive reason until DATE\`.`;
    case "too-long-mute":
      return `you can mute for ${LONGEST_MUTE_DAYS} days at once, until ${day(why.last)}. For longer, put \`mute\` into the policy.`;
    case "no-reason":
      return "a reason is missing. Write `/waive reason`, or `/waive reason until DATE`.";
    case "no-number":
      return `the number is missing. Write it like \`${why.usage}\`.`;
    case "no-login":
      return `${inertCode(why.text)} is no login. Write it like \`@login\`; teams cannot be assigned.`;
    case "not-assignable":
      return `${inertCode(`@${why.login}`)} cannot be assigned in this repository. Name somebody who has access to it.`;
    case "too-many":
      return "an issue takes ten assignees at most. Take somebody off with `/unassign @login` first.";
    case "no-other":
      return `${inertCode(why.ref)} ${NO_OTHER[why.because]}`;
    case "joined":
      return `this issue is closed as a duplicate of #${why.issue} already. Comment \`/split\` first if it is other work.`;
    case "nothing-to-split":
      return "this issue is no duplicate, and nothing is known of its words before. Change them in the postmortem instead.";
  }
}

const NAME_ANOTHER = `Name the open issue of another action item of this repository: \`${SAME_AS_USAGE}\`.`;

/** Why an issue cannot be the one that goes on; behind its number. */
const NO_OTHER: Readonly<Record<NoOther, string>> = {
  elsewhere: `is in another repository. ${NAME_ANOTHER}`,
  unknown: `is no action item's issue. ${NAME_ANOTHER}`,
  itself: `is this issue itself. ${NAME_ANOTHER}`,
  closed: "is closed, so nothing would go on there. Reopen it first, then write the command again.",
  gone: `is gone. ${NAME_ANOTHER}`,
  "not-allowed":
    "is not yours to change: that is for its assignees and for people with triage or write access. Ask one of them to write it.",
  unasked: `could not be looked up. ${NAME_ANOTHER}`,
};

/** The table of commands, as `/help` answers it and docs/commands.md shows it. */
export const COMMAND_TABLE: readonly string[] = [
  "| Command | What it does |",
  "|---|---|",
  ...COMMAND_NAMES.map((name) => {
    const { usage, help } = COMMANDS[name];
    return `| ${usage.map((written) => `\`${written}\``).join(", ")} | ${help} |`;
  }),
];
