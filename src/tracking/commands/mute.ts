/**
 * `/mute 2 weeks`: whoever writes it gets no overdue comments for a while, in all repositories of the installation; `/unmute`: again. It is a
 * person's word on themselves, so it is kept by person (in the marker of the answer and in the store), not in the item.
 */
import { addDays, type PlainDate } from "../../calendar.js";
import { readDate } from "./dates.js";
import type { Command } from "./types.js";

export interface Mute {
  readonly kind: "mute";
  /** The first day on which they may be told again. */
  readonly until: PlainDate;
}

export interface Unmute {
  readonly kind: "unmute";
  readonly until: PlainDate;
}

/** For longer, the policy's `mute` says openly who is not told. */
export const LONGEST_MUTE_DAYS = 90;

export const mute: Command<Mute> = {
  usage: ["/mute DURATION", "/mute until DATE"],
  alsoCalled: ["quiet", "silence"],
  help: `no overdue comments for you until then, in any repository; ${LONGEST_MUTE_DAYS} days at most`,
  parse(rest, reading) {
    const found = readDate(rest, reading);
    if (found.kind !== "date") return found;
    const last = addDays(reading.written, LONGEST_MUTE_DAYS);
    if (found.date <= reading.written) return { kind: "past", date: found.date };
    if (found.date > last) return { kind: "too-long-mute", last };
    return { kind: "mute", until: found.date };
  },
  perform: (step) => step,
};

export const unmute: Command<Unmute> = {
  usage: ["/unmute"],
  help: "overdue comments for you again",
  parse: (_, { written }) => ({ kind: "unmute", until: written }),
  perform: (step) => step,
};
