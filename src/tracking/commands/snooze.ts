/** `/snooze 2 weeks`: no overdue comments until then. The item stays overdue. */
import { addDays, type PlainDate } from "../../calendar.js";
import type { Snooze as Kept } from "../types.js";
import { readDate } from "./dates.js";
import type { Command } from "./types.js";

export interface Snooze {
  readonly kind: "snooze";
  readonly until: PlainDate;
  readonly why: string | null;
}

/** Longer ones would be a silent way of dropping the work; `/due` and `/waive` say openly what is meant. */
export const LONGEST_SNOOZE_DAYS = 90;

/** Only the last one counts; a few more tell the story. */
const MAX_SNOOZES = 5;

export const snooze: Command<Snooze> = {
  usage: ["/snooze DURATION [reason]", "/snooze until DATE [reason]"],
  alsoCalled: ["defer", "pause", "remind", "sleep", "wait"],
  help: `no overdue comments until then, ${LONGEST_SNOOZE_DAYS} days at most`,
  parse(rest, reading) {
    const found = readDate(rest, reading);
    if (found.kind !== "date") return found;
    const last = addDays(reading.written, LONGEST_SNOOZE_DAYS);
    if (found.date <= reading.written) return { kind: "past", date: found.date };
    if (found.date > last) return { kind: "too-long", last };
    return { kind: "snooze", until: found.date, why: found.why };
  },
  perform(step, { until, why }, { author: by, on }) {
    const kept: Kept = { on, until, by, why };
    return { ...step, item: { ...step.item, snoozes: [...step.item.snoozes, kept].slice(-MAX_SNOOZES) } };
  },
  restore: ({ snoozes }) => ({ snoozes }),
};
