/**
 * The postmortems of the story, written as different teams write them. Their dates are placeholders, counted in days from
 * the day the story is told: `{{short 4}}` becomes `Sep 25` where today is 21 September. They are named `.md.txt` so that
 * no formatter makes them all alike.
 */
import { readFileSync } from "node:fs";
import { addDays, type PlainDate } from "../src/calendar.js";

const FOLDER = new URL("./documents/", import.meta.url);

/** A file of `demo/documents`, with its dates filled in. */
export function documentText(name: string, today: PlainDate): string {
  const text = readFileSync(new URL(name, FOLDER), "utf8");
  return dated(text, today);
}

/** The text with its date placeholders filled in. */
export function dated(text: string, today: PlainDate): string {
  return text.replace(/\{\{(\w+) (-?\d+)\}\}/g, (_, style: string, days: string) =>
    written(style, addDays(today, Number(days))),
  );
}

function written(style: string, date: PlainDate): string {
  const utc = new Date(`${date}T00:00:00Z`);
  const say = (locale: string, options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, { timeZone: "UTC", ...options }).format(utc);
  switch (style) {
    case "iso":
      return date;
    case "short":
      return say("en-US", { month: "short", day: "numeric" });
    case "long":
      return say("en-US", { month: "long", day: "numeric", year: "numeric" });
    case "spanish":
      return say("es", { month: "long", day: "numeric", year: "numeric" });
    case "quarter":
      return `Q${Math.floor(utc.getUTCMonth() / 3) + 1} ${utc.getUTCFullYear()}`;
    default:
      throw new Error(`no date is written in the style "${style}"`);
  }
}
