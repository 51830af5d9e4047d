/**
 * Days without a clock. A due date is a calendar day, not an instant, so time zones play no part in comparing two of
 * them; a time zone matters only when an instant is turned into "today" for a team ({@link dateIn}).
 */

/** A calendar day as ISO 8601 text, `YYYY-MM-DD`. Such texts sort in time order. */
export type PlainDate = string;

const DAY_MS = 86_400_000;

const toUtc = (date: PlainDate): number => Date.parse(`${date}T00:00:00Z`);

const daysIn = (year: number, month: number): number => {
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return month === 2 ? (isLeap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
};

const exists = (year: number, month: number, day: number): boolean =>
  month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month);

/** Whether `text` is a day that exists, written `YYYY-MM-DD` (`2025-02-30` is not). */
export function isPlainDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const [year = 0, month = 0, day = 0] = text.split("-").map(Number);
  return exists(year, month, day);
}

/** The day from its numbers (`month` 1 to 12), or null where no such day exists. */
export function plainDate(year: number, month: number, day: number): PlainDate | null {
  if (year < 0 || year > 9999 || !exists(year, month, day)) return null;
  return `${String(year).padStart(4, "0")}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
}

const FIRST_DAY = toUtc("0000-01-01");
const LAST_DAY = toUtc("9999-12-31");

/** The day `days` later (or earlier, where negative), from 0000-01-01 to 9999-12-31: others cannot be written, nor sorted as text. */
export function addDays(date: PlainDate, days: number): PlainDate {
  const day = Math.min(Math.max(toUtc(date) + days * DAY_MS, FIRST_DAY), LAST_DAY);
  return new Date(day).toISOString().slice(0, 10);
}

/** Whole days from `from` to `to`; negative where `to` is the earlier one. */
export function daysBetween(from: PlainDate, to: PlainDate): number {
  return Math.round((toUtc(to) - toUtc(from)) / DAY_MS);
}

/** The last day of the month that `date` falls in. */
export function endOfMonth(date: PlainDate): PlainDate {
  const [year = 0, month = 0] = date.split("-").map(Number);
  return `${date.slice(0, 8)}${daysIn(year, month)}`;
}

/** The day of the week, 0 for Sunday to 6 for Saturday. */
export function weekday(date: PlainDate): number {
  return new Date(toUtc(date)).getUTCDay();
}

/**
 * The calendar day that `instant` falls on in an IANA time zone such as `Europe/Zurich`.
 * @throws RangeError for an unknown time zone (policies are validated before they come here).
 */
export function dateIn(timeZone: string, instant: Date): PlainDate {
  let format = dayFormats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat("en-CA", { timeZone, year: "numeric", month: "2-digit", day: "2-digit" });
    dayFormats.set(timeZone, format);
  }
  return format.format(instant);
}

/** The instant at which the day began that an instant is in; found by halving, so that it holds wherever clocks change. */
export function startOfDay(timeZone: string, instant: Date): Date {
  const day = dateIn(timeZone, instant);
  // No day is longer than 25 hours.
  let [before, within] = [instant.getTime() - 26 * 3_600_000, instant.getTime()];
  while (within - before > 1) {
    const middle = Math.floor((before + within) / 2);
    if (dateIn(timeZone, new Date(middle)) === day) within = middle;
    else before = middle;
  }
  return new Date(within);
}

/** By time zone, of which there are a few hundred: to make one costs as much as to use it a hundred times. */
const dayFormats = new Map<string, Intl.DateTimeFormat>();

/** Minutes since midnight of a time of day such as `18:30`. */
export function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(":").map(Number);
  return hours * 60 + minutes;
}
