/**
 * Business days and quiet hours, as a policy has them. A day off is a holiday, and with `business_days` a Saturday or Sunday too.
 * Days are calendar days, never 24 hours, so daylight saving neither skips nor repeats one.
 */
import { addDays, dateIn, minutesOf, type PlainDate, weekday } from "../calendar.js";
import type { Policy } from "./schema.js";

type Calendar = Pick<Policy, "calendar">;

/** No calendar has so many days off in a row; beyond, one that has is as good as none. */
const MOST_DAYS_OFF = 60;

const MINUTE_MS = 60_000;
const DAY_MINUTES = 1440;

function isDayOff(day: PlainDate, { calendar }: Calendar): boolean {
  return calendar.holidays.includes(day) || (calendar.business_days && [0, 6].includes(weekday(day)));
}

/** The day itself where it is none off, else the next that is none. */
export function businessDayFrom(day: PlainDate, policy: Calendar): PlainDate {
  for (let on = day, left = MOST_DAYS_OFF; left > 0; on = addDays(on, 1), left--) if (!isDayOff(on, policy)) return on;
  return day;
}

/** The day so many days after `from`: of business days where the policy counts these, else of all. */
export function daysAfter(from: PlainDate, days: number, policy: Calendar): PlainDate {
  if (!policy.calendar.business_days) return addDays(from, days);
  let day = from;
  for (let left = days; left > 0; left--) day = businessDayFrom(addDays(day, 1), policy);
  return day;
}

/**
 * How many milliseconds a run must wait that notifies people: in quiet hours until they end, on a day off until the same time of the
 * next business day; 0 where it may run now.
 */
export function quietForMs(now: Date, policy: Pick<Policy, "calendar" | "time_zone">): number {
  const { time_zone } = policy;
  const awake = later(now, quietMinutes(now, policy), time_zone);
  const daysOff = daysOffFrom(dateIn(time_zone, awake), policy);
  return later(awake, daysOff * DAY_MINUTES, time_zone).getTime() - now.getTime();
}

/** The instant at which a clock in the time zone shows so many minutes more, whether clocks change meanwhile or not. */
function later(from: Date, minutes: number, timeZone: string): Date {
  const then = new Date(from.getTime() + minutes * MINUTE_MS);
  const shift = minuteIn(timeZone, then) - minuteIn(timeZone, from) - (minutes % DAY_MINUTES);
  const nearest = shift - Math.round(shift / DAY_MINUTES) * DAY_MINUTES;
  return new Date(then.getTime() - nearest * MINUTE_MS);
}

function daysOffFrom(day: PlainDate, policy: Calendar): number {
  let days = 0;
  while (days < MOST_DAYS_OFF && isDayOff(addDays(day, days), policy)) days++;
  return days === MOST_DAYS_OFF ? 0 : days;
}

/** Minutes until the quiet hours end that `now` is in; 0 where it is in none. */
function quietMinutes(now: Date, { calendar, time_zone }: Pick<Policy, "calendar" | "time_zone">): number {
  if (calendar.quiet === null) return 0;
  const [from = 0, to = 0] = calendar.quiet.split("-").map(minutesOf);
  const minute = minuteIn(time_zone, now);
  const since = (minute - from + DAY_MINUTES) % DAY_MINUTES;
  const length = (to - from + DAY_MINUTES) % DAY_MINUTES;
  return since < length ? length - since : 0;
}

function minuteIn(timeZone: string, instant: Date): number {
  const shown = new Intl.DateTimeFormat("en-GB", { timeZone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  return minutesOf(shown.format(instant));
}
