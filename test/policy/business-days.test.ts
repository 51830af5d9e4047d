/** Business days and quiet hours, by hand-counted examples. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dateIn } from "../../src/calendar.js";
import { businessDayFrom, daysAfter, quietForMs } from "../../src/policy/business-days.js";
import { DEFAULT_POLICY, type Policy } from "../../src/policy/schema.js";

type Part = Partial<Policy["calendar"]> & { readonly time_zone?: string };
const policy = ({ time_zone = "UTC", ...part }: Part): Policy => ({
  ...DEFAULT_POLICY,
  time_zone,
  calendar: { ...DEFAULT_POLICY.calendar, ...part },
});

// 2026: 24 December is a Thursday.
const CHRISTMAS = policy({ business_days: true, holidays: ["2026-12-24", "2026-12-25"] });

describe("business days", () => {
  it.each([
    ["a day in the week is itself", "2026-12-23", "2026-12-23"],
    ["a holiday before a weekend moves over both", "2026-12-24", "2026-12-28"],
    ["a Saturday moves to Monday", "2026-12-19", "2026-12-21"],
  ])("%s", (_, day, then) => {
    expect(businessDayFrom(day, CHRISTMAS)).toBe(then);
  });

  it.each([
    ["none", "2026-12-19", 0, "2026-12-19"],
    ["from a Friday", "2026-12-18", 1, "2026-12-21"],
    ["from a Saturday", "2026-12-19", 1, "2026-12-21"],
    ["a week", "2026-12-07", 5, "2026-12-14"],
    ["over holidays", "2026-12-22", 3, "2026-12-29"],
  ])("counts %s", (_, from, days, then) => {
    expect(daysAfter(from, days, CHRISTMAS)).toBe(then);
  });

  it("counts every day where it is not asked for business days, and stays off holidays all the same", () => {
    const plain = policy({ holidays: ["2026-12-25"] });
    expect(daysAfter("2026-12-24", 2, plain)).toBe("2026-12-26");
    expect(businessDayFrom("2026-12-25", plain)).toBe("2026-12-26");
  });

  it("a calendar of nothing but holidays is as good as none", () => {
    const days = Array.from({ length: 100 }, (_, at) => new Date(Date.UTC(2026, 0, 1 + at)).toISOString().slice(0, 10));
    const never = policy({ holidays: days });
    expect(businessDayFrom("2026-01-01", never)).toBe("2026-01-01");
    expect(quietForMs(new Date("2026-01-01T09:00:00Z"), never)).toBe(0);
  });
});

describe("a run that notifies people", () => {
  const NIGHT = policy({ business_days: true, quiet: "18:00-08:00", time_zone: "Europe/Zurich" });
  const then = (now: string, by: Policy) => new Date(Date.parse(now) + quietForMs(new Date(now), by)).toISOString();

  it.each([
    ["runs by day", "2026-06-10T07:00:00Z", "2026-06-10T07:00:00.000Z"],
    ["waits for the morning", "2026-06-10T17:30:00Z", "2026-06-11T06:00:00.000Z"],
    ["waits from midnight on", "2026-06-10T22:30:00Z", "2026-06-11T06:00:00.000Z"],
    ["runs once the hours end", "2026-06-11T06:00:00Z", "2026-06-11T06:00:00.000Z"],
    ["waits over the weekend", "2026-06-12T17:00:00Z", "2026-06-15T06:00:00.000Z"],
    ["keeps its time on a day off", "2026-06-13T10:00:00Z", "2026-06-15T10:00:00.000Z"],
    // On 29 March 2026 clocks go forward, on 25 October back.
    ["waits for Monday where clocks go forward", "2026-03-27T20:00:00Z", "2026-03-30T06:00:00.000Z"],
    ["waits for Monday where clocks go back", "2026-10-23T18:00:00Z", "2026-10-26T07:00:00.000Z"],
  ])("%s", (_, now, runs) => {
    const at = then(now, NIGHT);
    expect(quietForMs(new Date(at), NIGHT)).toBe(0);
    expect(at).toBe(runs);
  });

  it("always comes, and on the next business day at the latest, whatever the hours and the time zone", () => {
    const zone = fc.constantFrom("UTC", "Europe/Zurich", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia");
    const quiet = fc.constantFrom(null, "18:00-08:00", "00:00-06:00", "12:00-13:00", "23:30-22:30", "02:00-03:00");
    const minute = fc.integer({ min: 0, max: 2 * 365 * 1440 });
    fc.assert(
      fc.property(zone, quiet, minute, (time_zone, hours, minutes) => {
        const by = policy({ time_zone, quiet: hours, business_days: true, holidays: ["2026-12-25"] });
        let now = Date.parse("2026-01-01T00:00:00Z") + minutes * 60_000;
        const from = dateIn(time_zone, new Date(now));
        // Where clocks change meanwhile it is asked again, as the work list does.
        let asked = 0;
        for (let wait = quietForMs(new Date(now), by); wait > 0; wait = quietForMs(new Date(now), by)) {
          now += wait;
          asked++;
        }
        expect(asked).toBeLessThanOrEqual(3);
        const ran = dateIn(time_zone, new Date(now));
        const next = businessDayFrom(from, by);
        expect([next, daysAfter(next, 1, by)]).toContain(ran);
      }),
    );
  });
});
