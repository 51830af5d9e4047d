/**
 * Dates with a month's name ("Sept 25", "25 de septiembre de 2025", "Oct 1 - Oct 5") and weekdays ("next Friday"), read
 * by chrono-node (https://github.com/wanasit/chrono), which knows how people write them. It is eager, so only a reading
 * that begins where we look and names a day is taken; and slow, so `maybe` is asked first.
 */
import * as locales from "chrono-node";
import { Chrono, type ParsedComponents, type ParsedResult } from "chrono-node";
import { addDays, type PlainDate, plainDate, weekday } from "../../calendar.js";
import { anySpaced, perLanguage } from "./lexicon.js";
import { NO_REFERENCE, nextSuchDay } from "./numeric.js";
import type { DueContext, Parser, Phrase, Read } from "./types.js";

/** The parsers that are asked, by their names in every locale; those for slashes and spans of time have no say here. */
const ASKED = /MonthName|Weekday|Casual|RelativeDate|TimeExpression/;

const reader = ({ casual }: { casual: Chrono }): Chrono =>
  new Chrono({
    parsers: casual.parsers.filter((parser) => ASKED.test(parser.constructor.name)),
    refiners: casual.refiners,
  });

/** chrono's reader of a language, if it knows the language. */
function readerOf(code: string): Chrono | null {
  const locale = Object.entries(locales).find(([name]) => name === code)?.[1];
  return typeof locale === "object" && "casual" in locale ? reader(locale) : null;
}

const ENDINGS = [anySpaced(({ dayEndings }) => dayEndings), anySpaced(({ numberEndings }) => numberEndings)].join("|");

const PATTERNS = perLanguage(({ code, month, months, weekday: day, weekdays, words, filler: small }) => {
  const filler = `(?:(?:${small}) )*`;
  return {
    reader: readerOf(code),
    /** What chrono could make something of: the name of a month or weekday, or a word such as "tomorrow". */
    maybe: new RegExp(`(?<!\\p{L})(?:${month}|${day}|${words.near})(?!\\p{L})`, "u"),
    lead: new RegExp(`^(?:(?:${small}) )+`, "u"),
    /** A month's name beside a number that is no year: a day is meant, even one that does not exist. */
    dayAndMonth: new RegExp(
      `^${filler}(?:(?<weekday>${day})\\.?,? ${filler})?(?:(?<first>${month})\\.? ${filler}(?<behind>\\d{1,2})(?:${ENDINGS}|\\.)?|(?<before>\\d{1,2})(?:${ENDINGS}|\\.)?[ -]?${filler}(?<last>${month})\\.?)(?![\\p{L}\\d])(?:,? ?${filler}(?<year>\\d{4})(?!\\d))?`,
      "u",
    ),
    months,
    /** A weekday alone, and which of the seven it is. */
    dayAlone: new RegExp(`^${filler}(${day})(?!\\p{L})`, "u"),
    weekdays,
  };
});

const NAMES = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

/** The day of what chrono found, or why it is none; null where it names no day at all. */
function dayOf(found: ParsedComponents, text: string, reference: PlainDate | null): PlainDate | { why: string } | null {
  const [year, month, day] = [found.get("year"), found.get("month"), found.get("day")];
  if (year === null || month === null || day === null) return null;
  const stated = found.isCertain("day") && found.isCertain("month");
  if (!stated && !found.isCertain("weekday")) return null;
  if (reference === null && !(stated && /\d{4}|'\d\d/.test(text))) return { why: NO_REFERENCE };
  const forward = stated && !found.isCertain("year") && reference !== null;
  const date = forward ? nextSuchDay(reference, month, day) : plainDate(year, month, day);
  if (date === null) return { why: "there is no such day" };
  const named = found.isCertain("weekday") ? found.get("weekday") : null;
  if (named !== null && weekday(date) !== named) return { why: `${date} is a ${NAMES[weekday(date)]}` };
  return date;
}

/** "Sept 25 '25" and "25 Sep, 2025": a year that chrono leaves behind. */
const YEAR_BEHIND = /^(?:,? ?'(\d\d)|,? (20\d\d))(?![\d:])/;

function phraseOf(found: ParsedResult, lead: number, text: string, reference: PlainDate | null): Phrase | null {
  const behind = found.start.isCertain("year") ? null : YEAR_BEHIND.exec(text.slice(lead + found.text.length));
  const length = lead + found.text.length + (behind?.[0].length ?? 0);
  const last = found.end?.isCertain("day") || found.end?.isCertain("weekday") ? found.end : found.start;
  const day = dayOf(last, text.slice(0, length), behind ? `20${behind[1] ?? behind[2]?.slice(2)}-01-01` : reference);
  if (day === null) return null;
  if (typeof day !== "string") return { length, why: day.why };
  // "2 weeks ago" and "last Friday" are told, not due.
  if (reference !== null && day < reference && !found.start.isCertain("year")) return null;
  return /^\D*$/.test(found.text) ? { length, date: day, doubtful: true } : { length, date: day };
}

const read: Read = (text, { languages, reference }) => {
  const instant = new Date(`${reference ?? "2000-01-01"}T00:00:00Z`);
  for (const { reader: chrono, maybe, lead, dayAndMonth, months } of PATTERNS(languages)) {
    if (chrono === null || !maybe.test(text)) continue;
    // What is a day and nothing else needs no chrono.
    const alone = dayAndMonth.exec(text);
    if (alone?.[0] === text && alone.groups?.weekday === undefined) return dayOfMonth(alone, months, reference);
    const skipped = lead.exec(text)?.[0].length ?? 0;
    const results = chrono.parse(text.slice(skipped), { instant, timezone: 0 }, { forwardDate: true });
    const first = results[0];
    const phrase = first?.index === 0 ? phraseOf(first, skipped, text, reference) : null;
    if (phrase) return phrase;
  }
  return ownReading(text, languages, reference);
};

/** The first such weekday from the reference on. */
function nextWeekday(length: number, wanted: number, reference: PlainDate | null): Phrase {
  if (reference === null) return { length, why: NO_REFERENCE };
  return { length, date: addDays(reference, (wanted - weekday(reference) + DAYS) % DAYS), doubtful: true };
}

const DAYS = 7;

/** A day of a month as chrono does not know it: with a dot ("30. November"), without its accent ("3. marz"), or one that does not exist. */
function ownReading(text: string, languages: DueContext["languages"], reference: PlainDate | null): Phrase | null {
  for (const { reader: chrono, dayAndMonth, months, dayAlone, weekdays } of PATTERNS(languages)) {
    const alone = chrono === null ? dayAlone.exec(text) : null;
    if (alone !== null) return nextWeekday(alone[0].length, weekdays.get(alone[1] ?? "") ?? 0, reference);
    const found = dayAndMonth.exec(text);
    if (found === null) continue;
    return dayOfMonth(found, months, reference);
  }
  return null;
}

/** The day that `dayAndMonth` found; without a year the next such day from the reference on. */
function dayOfMonth(found: RegExpExecArray, months: ReadonlyMap<string, number>, reference: PlainDate | null): Phrase {
  const { first, last, behind, before, year } = found.groups ?? {};
  const length = found[0].length;
  const month = months.get(first ?? last ?? "") ?? 0;
  const day = Number(behind ?? before);
  const from = year === undefined ? reference : null;
  if (year === undefined && from === null) return { length, why: NO_REFERENCE };
  const date = from === null ? plainDate(Number(year), month, day) : nextSuchDay(from, month, day);
  return date === null ? { length, why: "there is no such day" } : { length, date };
}

/** A day with a month's name, a weekday, "tomorrow". */
export const namedDay: Parser = {
  gate: { begins: ({ month, weekday: day, words }) => [`(?:${month}|${day}|${words.near})(?!\\p{L})`, "\\d"] },
  read,
};
