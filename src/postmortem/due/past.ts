/**
 * Days that are told as gone ("yesterday", "2 days ago", "last Friday"). In a document they are history and no due date; in a command,
 * whoever wrote one is told that the day is past.
 */
import * as locales from "chrono-node";
import { Chrono } from "chrono-node";
import { type PlainDate, plainDate } from "../../calendar.js";
import type { LanguageCode } from "../languages/index.js";

/** The parsers that look back, by their names in every locale of chrono-node. */
const LOOKING_BACK = /Ago|CasualDate|RelativeDate|Weekday/;

const READERS: ReadonlyMap<string, Chrono> = new Map(
  Object.entries(locales).flatMap(([code, locale]) => {
    if (typeof locale !== "object" || !("casual" in locale)) return [];
    const { parsers, refiners } = locale.casual;
    return [
      [code, new Chrono({ parsers: parsers.filter((one) => LOOKING_BACK.test(one.constructor.name)), refiners })],
    ];
  }),
);

/** The day before `reference` that a text begins with, and the words that name it; null where it begins with none. */
export function pastDay(
  text: string,
  reference: PlainDate,
  languages: readonly LanguageCode[],
): { readonly date: PlainDate; readonly text: string } | null {
  const instant = new Date(`${reference}T12:00:00Z`);
  for (const code of languages) {
    const found = READERS.get(code)?.parse(text, { instant, timezone: 0 })[0];
    if (found?.index !== 0) continue;
    const [year, month, day] = [found.start.get("year"), found.start.get("month"), found.start.get("day")];
    const date = year === null || month === null || day === null ? null : plainDate(year, month, day);
    if (date !== null && date < reference) return { date, text: found.text };
  }
  return null;
}
