/**
 * Stretches of time that are due dates only where nothing else can stand: "24h", "7d", "2 sem." in a column or behind `Due:`.
 * Within a text they are a part of the work ("alert after 24 h"). They count from the incident's day; hours are up to the day in
 * which they end.
 */
import { addDays } from "../../calendar.js";
import { anyDates, anyDense, anySpaced } from "./lexicon.js";
import { after } from "./spans.js";
import type { Parser } from "./types.js";

const HOURS_OF_DAY = 24;

/** The units in the order of their groups in {@link SHORT}. */
const UNITS = (["hour", "day", "week", "month"] as const).map((unit) => ({
  unit,
  words: anyDates(({ inCells }) => inCells?.[unit]),
}));

const SHORT = new RegExp(
  `^(?:(?:${anySpaced(({ within }) => within)}) )?(?:\\d{1,3} ?(?:-|–) ?)?(\\d{1,3}) ?(?:${UNITS.map(({ words }) => `(${words})`).join("|")})\\.?(?![a-z\\u0400-\\u04ff])(?: ?(?:${anyDense(({ within }) => within)}))?`,
  "u",
);

/** "J+3", "D+1": so many days on. */
const DAYS_ON = new RegExp(`^(?:${anyDates(({ inCells }) => inCells?.daysOn)}) ?\\+ ?(\\d{1,3})(?!\\d)`, "u");

export const shortStretch: Parser = {
  gate: { begins: () => ["\\d", DAYS_ON.source.slice(1)] },
  read: (text, { reference }, footing) => {
    if (footing !== "field") return null;
    const on = DAYS_ON.exec(text);
    if (on !== null && reference !== null) return { length: on[0].length, date: addDays(reference, Number(on[1])) };
    const match = SHORT.exec(text);
    const found = UNITS.find((_, index) => match?.[index + 2]);
    if (!match || !found) return null;
    const length = match[0].length;
    if (reference === null) return { length, why: "the document gives no incident date to count from" };
    const count = Number(match[1]);
    const date =
      found.unit === "hour" ? addDays(reference, Math.ceil(count / HOURS_OF_DAY)) : after(reference, count, found.unit);
    return date === null ? null : { length, date };
  },
};
