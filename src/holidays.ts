/**
 * The public holidays of a region, by the library date-holidays (its data under CC BY-SA 3.0, https://github.com/commenthol/date-holidays).
 * It takes a tenth of a second to load, so that is done once and only where a list is not kept yet (`workflows/parts/holidays.ts`).
 */
import { z } from "zod";
import type { PlainDate } from "./calendar.js";

/** Known by its name alone, so that whoever installs the App without optional packages can run it; then no region's holidays are known. */
const LIBRARY = "date-holidays";

const DAY_MS = 86_400_000;

/** On these, offices are closed; others (`school`, `optional`, `observance`) are worked on. */
const CLOSED: ReadonlySet<string> = new Set(["public", "bank"]);

const listSchema = z.array(z.object({ date: z.string(), start: z.date(), end: z.date(), type: z.string() }));
type Names = Readonly<Record<string, string>> | undefined;

/** As much of the library as is asked here. */
interface Library {
  getHolidays(year: number): unknown;
  getCountries(): Names;
  getStates(country: string): Names;
  getRegions(country: string, state: string): Names;
}
type Constructor = new (...region: readonly string[]) => Library;
const librarySchema = z.object({
  default: z.custom<Constructor>((made) => typeof made === "function"),
});

let loaded: Promise<Constructor> | null = null;

async function library(): Promise<Constructor> {
  loaded ??= import(LIBRARY).then((found: unknown) => librarySchema.parse(found).default);
  return loaded;
}

/**
 * The days of a year on which offices are closed in a region, in order.
 * @param region as policies name it: `CH`, `CH-ZH`, `DE-BY-A`.
 * @throws Error where the library is not installed.
 */
export async function holidaysIn(region: string, year: number): Promise<PlainDate[]> {
  const Holidays = await library();
  const found = listSchema.parse(new Holidays(...region.split("-")).getHolidays(year));
  const days = found.filter(({ type }) => CLOSED.has(type)).flatMap(daysOf);
  return [...new Set(days)].sort();
}

/** The days that a holiday covers by more than half: one from the afternoon on is worked on until then. */
function daysOf({ date, start, end }: z.output<typeof listSchema>[number]): PlainDate[] {
  const first = Date.parse(`${date.slice(0, 10)}T00:00:00Z`);
  const days = Math.round((end.getTime() - start.getTime()) / DAY_MS);
  return Array.from({ length: days }, (_, at) => new Date(first + at * DAY_MS).toISOString().slice(0, 10));
}

/** Every region that the library knows, for `tools/regions.ts`. */
export async function knownRegions(): Promise<string[]> {
  const all = new (await library())();
  const codes = (names: Names) => Object.keys(names ?? {});
  return codes(all.getCountries()).flatMap((country) => [
    country,
    ...codes(all.getStates(country)).flatMap((state) => [
      `${country}-${state}`,
      ...codes(all.getRegions(country, state)).map((region) => `${country}-${state}-${region}`),
    ]),
  ]);
}
