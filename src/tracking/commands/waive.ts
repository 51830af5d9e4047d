/**
 * `/waive the service is switched off in March`: it will not be done, and the issue is closed as not planned; with `until DATE`, it
 * stays open and is left alone until then.
 */
import type { PlainDate } from "../../calendar.js";
import { closed } from "./closing.js";
import { readDate, reasonOf } from "./dates.js";
import type { Command } from "./types.js";

export interface Waive {
  readonly kind: "waive";
  readonly why: string;
  readonly until: PlainDate | null;
}

export const waive: Command<Waive> = {
  usage: ["/waive reason", "/waive reason until DATE"],
  alsoCalled: ["wontfix", "wontdo", "cancel", "drop", "ignore", "invalid", "obsolete", "reject", "skip"],
  help: "closes it as not planned; with a date, leaves it open without overdue comments until then",
  /**
   * `reason`, `reason until DATE` or `until DATE reason`. An "until" with words behind it that are no date belongs to the
   * reason ("not needed until we move"); with a number that is none, it is rather asked than closed for good.
   */
  parse(rest, reading) {
    const [, before = "", behind = ""] = /^(|.*\s)until\s+(\S.*)$/i.exec(rest) ?? [];
    const found = behind ? readDate(behind, reading) : null;
    if (found && found.kind !== "date" && /^\d/.test(behind)) return found;
    const until = found?.kind === "date" ? found : null;
    const why = reasonOf(until ? `${before} ${until.why ?? ""}` : rest);
    if (!why) return { kind: "no-reason" };
    if (until && until.date <= reading.written) return { kind: "past", date: until.date };
    return { kind: "waive", why, until: until?.date ?? null };
  },
  perform(step, { why, until }, { author: by, on }) {
    const item = { ...step.item, waiver: { on, by, why, until } };
    if (until !== null) return { ...step, item };
    return { item, issue: closed(step.issue, on, "not_planned"), closedAs: "not_planned" };
  },
  restore: ({ waiver }) => ({ waiver }),
};
