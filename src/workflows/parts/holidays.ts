/**
 * The holidays of a policy's region join those that it lists itself, so that whatever decides knows plain days alone. The lists are kept in the
 * store by region and year; only what is not kept is asked of the library.
 */
import { addDays, type PlainDate } from "../../calendar.js";
import { holidaysIn } from "../../holidays.js";
import type { Policy } from "../../policy/schema.js";
import type { HolidayList, Tables } from "../../store/types.js";
import type { Context } from "./context.js";

/** Years before and after the present one that days are counted in: an item may be open for long, and due late. */
const YEARS_BACK = 1;
const YEARS_AHEAD = 2;

/** Governments change their minds, and newer versions of the library follow. */
const KEPT_DAYS = 90;

/** The policy with the holidays of its region among its own. Where they cannot be known, its own alone hold, which the log tells. */
export async function withHolidays(
  { store, now, log }: Pick<Context, "store" | "now" | "log">,
  policy: Policy,
  today: PlainDate,
): Promise<Policy> {
  const { region, holidays } = policy.calendar;
  if (region === null) return policy;
  const kept = new Map((await store.holidays(region)).map((list) => [list.year, list]));
  const read = async (year: number, before: HolidayList | undefined): Promise<readonly PlainDate[]> => {
    try {
      const days = await holidaysIn(region, year);
      await store.saveHolidays({ region, year, days, at: now().toISOString() });
      return days;
    } catch (error) {
      log.warn({ err: error, region, year }, "the holidays of a region cannot be read; those listed hold");
      return before?.days ?? [];
    }
  };
  const days: PlainDate[] = [...holidays];
  const present = Number(today.slice(0, 4));
  for (let year = present - YEARS_BACK; year <= present + YEARS_AHEAD; year++) {
    const list = kept.get(year);
    const isFresh = list && list.at.slice(0, 10) >= addDays(today, -KEPT_DAYS);
    days.push(...(isFresh ? list.days : await read(year, list)));
  }
  return withDays(policy, days);
}

/** The policy with those of its region's holidays that are kept; nothing is asked of the library. */
export async function withKeptHolidays(store: Pick<Tables, "holidays">, policy: Policy): Promise<Policy> {
  const { region, holidays } = policy.calendar;
  if (region === null) return policy;
  const kept = await store.holidays(region);
  return withDays(policy, [...holidays, ...kept.flatMap(({ days }) => days)]);
}

const withDays = (policy: Policy, holidays: PlainDate[]): Policy => ({
  ...policy,
  calendar: { ...policy.calendar, holidays },
});
