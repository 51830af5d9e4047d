import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { dueSlot } from "../../src/jobs/schedule.js";

const HOUR = 3_600_000;

const at = (now: string, last: string | null, cron = "0 9 * * *", timeZone = "UTC") =>
  dueSlot({ cron, timeZone, last, now: new Date(now) });

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
    const zones = [
      "UTC",
      "Europe/Zurich",
      "America/New_York",
      "America/Santiago",
      "Australia/Lord_Howe",
      "Asia/Kolkata",
    ];
    const eves = ["2025-03-08", "2025-03-29", "2025-04-05", "2025-09-06", "2025-10-04", "2025-10-25", "2025-11-01"];
    const schedules = fc.record({
      hour: fc.integer({ min: 0, max: 23 }),
      minute: fc.constantFrom(0, 15, 30, 45),
      timeZone: fc.constantFrom(...zones),
      eve: fc.constantFrom(...eves),
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
