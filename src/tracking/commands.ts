/**
 * Slash commands: what a comment on a tracking issue asks for, one command a line.
 *
 *   /due 2024-10-01 the vendor is late
 *   /snooze 2 weeks
 *   /assign @lisa
 *   /waive the service is switched off in March
 *
 * A command stands at the beginning of a line. What is quoted, code, or hidden in an HTML comment is none, and other
 * lines that begin with a slash are none of ours. Dates are read as in postmortems, counted from the day of the comment.
 */
import { addDays, type PlainDate } from "../calendar.js";
import { isLogin } from "../logins.js";
import { readOptions } from "../policy/reading.js";
import type { Policy } from "../policy/schema.js";
import { readDueCell } from "../postmortem/due/index.js";
import type { Language } from "../postmortem/language.js";
import { oneLine, shorten, visible } from "../text.js";

export type CommandName = "due" | "snooze" | "assign" | "unassign" | "waive" | "done" | "reopen" | "help";

/** What a command asks for; `logins` in lower case, empty for whoever wrote it. */
export type Request =
  | { readonly kind: "due"; readonly date: PlainDate; readonly why: string | null }
  | { readonly kind: "snooze"; readonly until: PlainDate; readonly why: string | null }
  | { readonly kind: "assign" | "unassign"; readonly logins: readonly string[] }
  | { readonly kind: "waive"; readonly why: string; readonly until: PlainDate | null }
  | { readonly kind: "done" | "reopen" | "help" };

/** Why a command cannot be understood. */
export type Unclear =
  | { readonly kind: "no-date" }
  | { readonly kind: "unreadable-date"; readonly why: string }
  | { readonly kind: "past"; readonly date: PlainDate }
  | { readonly kind: "too-long"; readonly last: PlainDate }
  | { readonly kind: "no-reason" }
  | { readonly kind: "no-login"; readonly text: string }
  | { readonly kind: "too-many" };

/** A command as written (one line, shortened), and what it asks for or why that cannot be told. */
export interface Command {
  readonly name: CommandName;
  readonly text: string;
  readonly asks: Request | Unclear;
}

/** What dates in a comment are read against: the day it was written, in the policy's time zone, and the policy. */
export interface Reading {
  readonly written: PlainDate;
  readonly policy: Policy;
}

/** Longer ones would be a silent way of dropping the work; `/due` and `/waive` say openly what is meant. */
const LONGEST_SNOOZE_DAYS = 90;
/** Reasons stand in the marker, which has to stay small. */
const MAX_REASON = 300;
const MAX_TEXT = 100;
/** Each login costs a request; nobody needs more. */
const MOST_COMMANDS = 20;
const MOST_LOGINS = 10;

/** The commands of a comment, in order; of a great many the first. */
export function parseCommands(body: string, reading: Reading): Command[] {
  return commandLines(body)
    .slice(0, MOST_COMMANDS)
    .map(({ name, rest }) => ({
      name,
      text: shorten(oneLine(`/${name} ${rest}`), MAX_TEXT),
      asks: understand(name, rest, reading),
    }));
}

/** Whether a comment holds any command, readable or not. */
export function holdsCommands(body: string): boolean {
  return commandLines(body).length > 0;
}

const COMMAND = /^ {0,3}\/(due|snooze|assign|unassign|waive|done|reopen|help)(?:[ \t]+(.*))?$/i;
/** https://spec.commonmark.org/0.31.2/#fenced-code-blocks */
const FENCE = /^ {0,3}(`{3,}(?=[^`]*$)|~{3,})/;

function commandLines(body: string): { name: CommandName; rest: string }[] {
  const found: { name: CommandName; rest: string }[] = [];
  let fence: string | null = null;
  let hidden = false;
  for (const line of visible(body).split(/\r\n|\r|\n/)) {
    const mark: string | undefined = FENCE.exec(line)?.[1];
    if (fence !== null) {
      // It ends at a mark of the same kind, at least as long, with nothing behind it.
      if (mark?.startsWith(fence) && line.trim() === mark) fence = null;
    } else if (hidden) {
      hidden = !line.includes("-->");
    } else if (mark) {
      fence = mark;
    } else {
      const [, name, rest = ""] = COMMAND.exec(line) ?? [];
      if (name) found.push({ name: name.toLowerCase() as CommandName, rest: rest.trim() });
      hidden = line.lastIndexOf("<!--") > line.lastIndexOf("-->");
    }
  }
  return found;
}

function understand(name: CommandName, rest: string, reading: Reading): Command["asks"] {
  switch (name) {
    case "due": {
      const found = readDate(rest, reading);
      if (found.kind !== "date") return found;
      if (found.date < reading.written) return { kind: "past", date: found.date };
      return { kind: "due", date: found.date, why: found.why };
    }
    case "snooze":
      return understandSnooze(rest, reading);
    case "assign":
    case "unassign":
      return understandLogins(name, rest);
    case "waive":
      return understandWaiver(rest, reading);
    case "done":
    case "reopen":
    case "help":
      return { kind: name };
  }
}

function understandSnooze(rest: string, reading: Reading): Request | Unclear {
  const found = readDate(rest, reading);
  if (found.kind !== "date") return found;
  const last = addDays(reading.written, LONGEST_SNOOZE_DAYS);
  if (found.date <= reading.written) return { kind: "past", date: found.date };
  if (found.date > last) return { kind: "too-long", last };
  return { kind: "snooze", until: found.date, why: found.why };
}

function understandLogins(kind: "assign" | "unassign", rest: string): Request | Unclear {
  const logins: string[] = [];
  for (const word of rest.split(/[\s,]+/).filter((text) => text !== "")) {
    const login = word.replace(/^@/, "");
    if (login === word || !isLogin(login)) return { kind: "no-login", text: shorten(word, MAX_TEXT) };
    logins.push(login.toLowerCase());
  }
  return logins.length > MOST_LOGINS ? { kind: "too-many" } : { kind, logins };
}

/**
 * `reason`, `reason until DATE` or `until DATE reason`. An "until" with words behind it that are no date belongs to the
 * reason ("not needed until we move"); with a number that is none, it is rather asked than closed for good.
 */
function understandWaiver(rest: string, reading: Reading): Request | Unclear {
  const [, before = "", behind = ""] = /^(|.*\s)until\s+(\S.*)$/i.exec(rest) ?? [];
  const found = behind ? readDate(behind, reading) : null;
  if (found && found.kind !== "date" && /^\d/.test(behind)) return found;
  const until = found?.kind === "date" ? found : null;
  const why = reasonOf(until ? `${before} ${until.why ?? ""}` : rest);
  if (!why) return { kind: "no-reason" };
  if (until && until.date <= reading.written) return { kind: "past", date: until.date };
  return { kind: "waive", why, until: until?.date ?? null };
}

/** Commands are short, and people write them in their own language. */
const LANGUAGES: readonly Language[] = ["en", "es", "pt", "fr", "de", "it", "nl", "ja", "zh", "ko"];

interface DateAndReason {
  readonly kind: "date";
  readonly date: PlainDate;
  readonly why: string | null;
}

/** The date a text begins with, and the reason behind it. */
function readDate(rest: string, { written, policy }: Reading): DateAndReason | Unclear {
  const text = rest
    .replace(/^for\s+/i, "")
    .replace(
      /^(\d{1,3})\s?([dw])(?=\s|$)/i,
      (_, amount: string, unit: string) => `${amount} ${SHORT[unit.toLowerCase()]}`,
    );
  const { dateOrder, sprints } = readOptions(policy, null);
  const found = readDueCell(text, { reference: written, dateOrder, sprints, languages: LANGUAGES });
  if (!found) return { kind: "no-date" };
  if (found.kind === "unreadable") return { kind: "unreadable-date", why: found.why };
  return { kind: "date", date: found.date, why: reasonOf(text.slice(text.indexOf(found.text) + found.text.length)) };
}

const SHORT: Readonly<Record<string, string>> = { d: "days", w: "weeks" };

function reasonOf(text: string): string | null {
  const reason = oneLine(text).replace(/^[\s,;:.–—-]+/, "");
  return reason === "" ? null : shorten(reason, MAX_REASON);
}
