import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { dueSlot, nextSlot } from "../../src/jobs/schedule.js";

const HOUR = 3_600_000;

const at = (now: string, last: string | null, cron = "0 9 * * *", timeZone = "UTC") =>
  dueSlot({ cron, timeZone, last, now: new Date(now) });

const ZONES = ["UTC", "Europe/Zurich", "America/New_York", "America/Santiago", "Australia/Lord_Howe", "Asia/Kolkata"];
/** Days before clocks change in one of them. */
const EVES = ["2025-03-08", "2025-03-29", "2025-04-05", "2025-09-06", "2025-10-04", "2025-10-25", "2025-11-01"];

describe("the slot that is due", () => {
  test("is the newest at or before now that is later than the last", () => {
    expect(at("2025-03-01T08:59:59.999Z", "2025-02-28T09:00:00.000Z")).toBeNull();
    expect(at("2025-03-01T09:00:00.000Z", "2025-02-28T09:00:00.000Z")).toBe("2025-03-01T09:00:00.000Z");
    expect(at("2025-03-01T09:14:00.000Z", "2025-02-28T09:00:00.000Z")).toBe("2025-03-01T09:00:00.000Z");
    expect(at("2025-03-01T09:15:00.000Z", "2025-03-01T09:00:00.000Z")).toBeNull();
  });

  test("is one after downtime, however many were missed", () => {
    expect(at("2025-03-09T12:00:00Z", "2025-02-28T09:00:00.000Z")).toBe("2025-03-09T09:00:00.000Z");
    expect(at("2025-03-09T12:15:00Z", "2025-03-09T09:00:00.000Z")).toBeNull();
  });

  test("with no last one reaches back one tick and no further", () => {
    expect(at("2025-03-01T09:00:03Z", null)).toBe("2025-03-01T09:00:00.000Z");
    expect(at("2025-03-01T09:15:00.000Z", null)).toBe("2025-03-01T09:00:00.000Z");
    expect(at("2025-03-01T09:15:00.001Z", null)).toBeNull();
    expect(at("2025-03-01T08:59:00Z", null)).toBeNull();
  });

  test("counts from the moment the caller saved in place of a last one", () => {
    expect(at("2025-03-01T12:15:00Z", "2025-03-01T12:00:00.123Z")).toBeNull();
    expect(at("2025-03-02T09:00:00Z", "2025-03-01T12:00:00.123Z")).toBe("2025-03-02T09:00:00.000Z");
  });

  test("is meant in the time zone, on its day of the week", () => {
    const monday = "0 9 * * 1";
    // The Monday after New York's clocks went forward: 13:00 UTC, a week before it was 14:00.
    expect(at("2025-03-10T12:59:00Z", null, monday, "America/New_York")).toBeNull();
    expect(at("2025-03-10T13:00:00Z", "2025-03-03T14:00:00.000Z", monday, "America/New_York")).toBe(
      "2025-03-10T13:00:00.000Z",
    );
    expect(at("2025-03-09T23:30:00Z", "2025-03-02T23:30:00.000Z", "30 8 * * 1", "Asia/Tokyo")).toBe(
      "2025-03-09T23:30:00.000Z",
    );
  });

  test("in the hour that is skipped comes an hour later, once", () => {
    const [cron, zone, last] = ["30 2 * * *", "Europe/Zurich", "2025-03-29T01:30:00.000Z"];
    expect(at("2025-03-30T01:15:00Z", last, cron, zone)).toBeNull();
    expect(at("2025-03-30T01:30:00Z", last, cron, zone)).toBe("2025-03-30T01:30:00.000Z");
    expect(at("2025-03-30T20:00:00Z", last, cron, zone)).toBe("2025-03-30T01:30:00.000Z");
    expect(at("2025-03-30T20:00:00Z", "2025-03-30T01:30:00.000Z", cron, zone)).toBeNull();
    expect(at("2025-03-31T00:30:00Z", "2025-03-30T01:30:00.000Z", cron, zone)).toBe("2025-03-31T00:30:00.000Z");
  });

  test("at a midnight that is skipped, too", () => {
    expect(at("2025-09-07T12:00:00Z", "2025-09-06T04:00:00.000Z", "0 0 * * *", "America/Santiago")).toBe(
      "2025-09-07T04:00:00.000Z",
    );
  });

  test("in the hour that comes twice comes once", () => {
    const [cron, zone, last] = ["30 2 * * *", "Europe/Zurich", "2025-10-25T00:30:00.000Z"];
    const slot = "2025-10-26T00:30:00.000Z";
    expect(at("2025-10-26T00:30:00Z", last, cron, zone)).toBe(slot);
    expect(at("2025-10-26T01:30:00Z", slot, cron, zone)).toBeNull();
    expect(at("2025-10-26T12:00:00Z", slot, cron, zone)).toBeNull();
    expect(at("2025-10-26T12:00:00Z", last, cron, zone)).toBe(slot);
  });

  test("throws for what is no schedule or time zone", () => {
    expect(() => at("2025-03-01T09:00:00Z", null, "0 25 * * *")).toThrow();
    expect(() => at("2025-03-01T09:00:00Z", null, "0 9 * * *", "Mars/Olympus")).toThrow(RangeError);
  });

  test("ticking through the days around a change of clocks, in any zone, each day has exactly one", () => {
    const schedules = fc.record({
      hour: fc.integer({ min: 0, max: 23 }),
      minute: fc.constantFrom(0, 15, 30, 45),
      timeZone: fc.constantFrom(...ZONES),
      eve: fc.constantFrom(...EVES),
    });
    fc.assert(
      fc.property(schedules, ({ hour, minute, timeZone, eve }) => {
        const start = Date.parse(`${eve}T12:00:00Z`);
        const days = 3;
        const slots = [start];
        for (let tick = start; tick <= start + days * 24 * HOUR; tick += HOUR / 2) {
          const last = new Date(slots.at(-1) ?? 0).toISOString();
          const slot = dueSlot({ cron: `${minute} ${hour} * * *`, timeZone, last, now: new Date(tick) });
          if (slot !== null) slots.push(Date.parse(slot));
        }
        const gaps = slots.slice(2).map((slot, n) => (slot - (slots[n + 1] ?? 0)) / HOUR);
        expect(gaps.every((hours) => hours >= 22 && hours <= 26)).toBe(true);
        expect(Math.abs(slots.length - 1 - days)).toBeLessThanOrEqual(1);
      }),
      { numRuns: 40 },
    );
  });
});

describe("the next slot", () => {
  const next = (after: string, cron = "0 9 * * *", timeZone = "UTC") => nextSlot({ cron, timeZone, after });

  test("is the first later than an instant, never that instant itself", () => {
    expect(next("2025-03-01T08:59:59.999Z")).toBe("2025-03-01T09:00:00.000Z");
    expect(next("2025-03-01T09:00:00.000Z")).toBe("2025-03-02T09:00:00.000Z");
  });

  test("of the hour that is skipped comes an hour later, and of the hour that comes twice the first time", () => {
    expect(next("2025-03-30T01:10:00.000Z", "30 2 * * *", "Europe/Zurich")).toBe("2025-03-30T01:30:00.000Z");
    expect(next("2025-10-26T00:30:00.000Z", "30 2 * * *", "Europe/Zurich")).toBe("2025-10-27T01:30:00.000Z");
  });

  test("is the soonest, where one that is skipped comes behind others", () => {
    // In Lord Howe 2:00 to 2:30 is skipped: 2:00 comes at 2:30, and 2:20 at 2:50, behind 2:40.
    const [from, zone] = ["2025-10-04T15:10:00.000Z", "Australia/Lord_Howe"];
    const slots = [from];
    for (let n = 0; n < 4; n++) slots.push(next(slots.at(-1) ?? from, "*/20 * * * *", zone));
    expect(slots.map((slot) => slot.slice(11, 16))).toEqual(["15:10", "15:30", "15:40", "15:50", "16:00"]);
    for (const [at, slot] of slots.entries()) {
      const due = { cron: "*/20 * * * *", timeZone: zone, now: new Date(slot) };
      if (at > 0) expect(dueSlot({ ...due, last: slots[at - 1] ?? from })).toBe(slot);
    }
  });

  test("is when one becomes due and nothing before is, whatever the schedule, zone and change of clocks", () => {
    const cases = fc.record({
      cron: fc.constantFrom("7 * * * *", "*/20 * * * *", "30 2 * * *", "0 0 * * *", "0 9 * * 1", "15,45 1-3 * * *"),
      timeZone: fc.constantFrom(...ZONES),
      eve: fc.constantFrom(...EVES),
      minute: fc.integer({ min: 0, max: 3 * 24 * 60 }),
    });
    fc.assert(
      fc.property(cases, ({ cron, timeZone, eve, minute }) => {
        const last = new Date(Date.parse(`${eve}T00:00:00Z`) + minute * 60_000).toISOString();
        const slot = nextSlot({ cron, timeZone, after: last });
        expect(dueSlot({ cron, timeZone, last, now: new Date(slot) })).toBe(slot);
        const looks = [1, 60_000, 1_200_000].map((ms) => new Date(Date.parse(slot) - ms));
        for (const now of looks.filter((look) => look.toISOString() > last))
          expect(dueSlot({ cron, timeZone, last, now })).toBeNull();
      }),
      { numRuns: 300 },
    );
  });
});
