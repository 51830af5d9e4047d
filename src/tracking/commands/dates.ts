/** Dates and reasons in commands. They are read as in postmortems, counted from the day of the comment. */
import type { PlainDate } from "../../calendar.js";
import { readOptions } from "../../policy/reading.js";
import { readDueCell } from "../../postmortem/due/index.js";
import { pastDay } from "../../postmortem/due/past.js";
import { LANGUAGE_CODES } from "../../postmortem/languages/index.js";
import { oneLine, shorten } from "../../text.js";
import type { Reading, Unclear } from "./types.js";

/** Reasons stand in the marker, which has to stay small. */
const MAX_REASON = 300;

export interface DateAndReason {
  readonly kind: "date";
  readonly date: PlainDate;
  readonly why: string | null;
}

const SHORT: Readonly<Record<string, string>> = { d: "days", w: "weeks" };

/** What people write before a day. */
const LEAD = /^(?:until|till|to|by|on)\s+/i;

/** The date a text begins with, and the reason behind it. */
export function readDate(rest: string, { written, policy }: Reading): DateAndReason | Unclear {
  const text = rest
    .replace(/^for\s+/i, "")
    .replace(
      /^(\d{1,3})\s?([dw])(?=\s|$)/i,
      (_, amount: string, unit: string) => `${amount} ${SHORT[unit.toLowerCase()]}`,
    );
  const { dateOrder, sprints } = readOptions(policy, null);
  // Commands are short, and people write them in their own language.
  const found = readDueCell(text, { reference: written, dateOrder, sprints, languages: LANGUAGE_CODES });
  if (!found) return { kind: "no-date" };
  // "2 days" is a date to come, "2 days ago" is none: the longer reading tells what was meant.
  const past = pastDay(text.replace(LEAD, ""), written, LANGUAGE_CODES);
  if (past && (found.kind === "unreadable" || past.text.length > found.text.length))
    return { kind: "past", date: past.date };
  if (found.kind === "unreadable") return { kind: "unreadable-date", why: found.why };
  return { kind: "date", date: found.date, why: reasonOf(text.slice(text.indexOf(found.text) + found.text.length)) };
}

/** A reason as it is kept: one line, shortened, without the punctuation that led to it; null where there is none. */
export function reasonOf(text: string): string | null {
  const reason = oneLine(text).replace(/^[\s,;:.–—-]+/, "");
  return reason === "" ? null : shorten(reason, MAX_REASON);
}
