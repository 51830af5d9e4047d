/**
 * The App's answer to a comment whose commands it could not all carry out, or that asks for help:
 *
 *   @lisa `/due blursday` was not carried out: it names no day. Write the date like `2024-10-01`, `next friday` or `in 2 weeks`.
 *
 * What was carried out gets a 👍 and no words.
 */
import type { Outcome, Refusal } from "../tracking/carry-out.js";
import { inertCode } from "./inert.js";
import { replyMarker } from "./marker.js";
import { day } from "./words.js";

/** The answer with its marker; null where the 👍 says enough. */
export function renderReply(outcome: Outcome): string | null {
  const { comment, refused, help } = outcome;
  const lines =
    barredWords(outcome) ??
    refused.map(({ text, why }) => `${inertCode(text)} was not carried out: ${refusalWords(why)}`);
  if (lines.length === 0 && !help) return null;
  const [first = "here is what a comment can ask for, one command a line:", ...more] = lines;
  const opening =
    more.length === 0
      ? [`@${comment.author} ${first}`]
      : [`@${comment.author}`, "", ...lines.map((line) => `- ${line}`)];
  return [...opening, ...(help ? ["", ...HELP] : []), "", replyMarker(comment.id)].join("\n");
}

function barredWords({ barred }: Outcome): string[] | null {
  switch (barred) {
    case "not-allowed":
      return [
        "nothing was changed: commands are for the assignees of this issue and for people with triage or write access. Ask one of them to write it.",
      ];
    case "edited":
      return ["nothing was changed: the comment was edited before it was read. Write the command in a new comment."];
    case null:
      return null;
  }
}

const DATES = "Write the date like `2024-10-01`, `next friday` or `in 2 weeks`.";

/** Why a command was refused, and what to do next. */
function refusalWords(why: Refusal): string {
  switch (why.kind) {
    case "no-date":
      return `a date is missing. ${DATES}`;
    case "unreadable-date":
      return `${why.why}. ${DATES}`;
    case "past":
      return `${day(why.date)} is not in the future. ${DATES}`;
    case "too-long":
      return `it can rest for 90 days at once, until ${day(why.last)}. Use \`/due DATE\` to move the date, or \`/waive reason until DATE\`.`;
    case "no-reason":
      return "a reason is missing. Write `/waive reason`, or `/waive reason until DATE`.";
    case "no-login":
      return `${inertCode(why.text)} is no login. Write it like \`@login\`; teams cannot be assigned.`;
    case "not-assignable":
      return `${inertCode(`@${why.login}`)} cannot be assigned in this repository. Name somebody who has access to it.`;
    case "too-many":
      return "an issue takes ten assignees at most. Take somebody off with `/unassign @login` first.";
  }
}

const HELP = [
  "| Command | What it does |",
  "|---|---|",
  "| `/due DATE [reason]` | moves the due date |",
  "| `/snooze DURATION [reason]`, `/snooze until DATE [reason]` | no reminders until then, 90 days at most |",
  "| `/assign @login`, `/unassign @login` | changes who has it; without a login, you |",
  "| `/done [evidence]` | closes it as done |",
  "| `/waive reason` | closes it as not planned |",
  "| `/waive reason until DATE` | leaves it open, without reminders until then |",
  "| `/reopen` | opens it again |",
];
