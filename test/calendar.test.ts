import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { addDays, daysBetween, isPlainDate, startOfDay } from "../src/calendar.js";

describe("a day", () => {
  it("counted on from any other is one that exists and sorts as text, at the ends of what can be written too", () => {
    const day = fc.date({
      noInvalidDate: true,
      min: new Date("0000-01-01T00:00:00Z"),
      max: new Date("9999-12-31T00:00:00Z"),
    });
    fc.assert(
      fc.property(day, fc.integer({ min: -4_000_000, max: 4_000_000 }), (from, days) => {
        const date = from.toISOString().slice(0, 10);
        const then = addDays(date, days);
        expect(isPlainDate(then)).toBe(true);
        expect(Math.sign(days) * (then < date ? -1 : then > date ? 1 : 0)).toBeGreaterThanOrEqual(0);
        if (then > "0000-01-01" && then < "9999-12-31") expect(daysBetween(date, then)).toBe(days);
      }),
      {
        examples: [
          [new Date("9999-12-31"), 7],
          [new Date("9999-12-31"), 1e9],
          [new Date("0000-01-01"), -1],
        ],
      },
    );
  });

  it("is the same to the schemas, which ask by one pattern", () => {
    const part = (max: number) => fc.integer({ min: 0, max });
    const pad = (value: number, length: number) => String(value).padStart(length, "0");
    const text = fc.oneof(
      fc.tuple(part(9999), part(13), part(32)).map(([y, m, d]) => `${pad(y, 4)}-${pad(m, 2)}-${pad(d, 2)}`),
      fc.integer({ min: 0, max: 9999 }).map((y) => `${pad(y, 4)}-02-29`),
      fc.string(),
      fc.constantFrom("2024-02-31", "9999999-01-01", "+010000-01-01", "2024-02-30\n", "NaN", "1e308", "２０２４-01-01"),
    );
    fc.assert(
      fc.property(text, (value) => {
        expect(z.iso.date().safeParse(value).success).toBe(isPlainDate(value));
      }),
      { numRuns: 5_000 },
    );
  });
});

describe("the day that an instant is in begins", () => {
  it.each([
    ["UTC", "2024-09-19T09:05:00Z", "2024-09-19T00:00:00.000Z"],
    ["UTC", "2024-09-19T00:00:00Z", "2024-09-19T00:00:00.000Z"],
    ["Europe/Zurich", "2024-09-19T23:05:00Z", "2024-09-19T22:00:00.000Z"],
    ["America/New_York", "2024-09-19T03:05:00Z", "2024-09-18T04:00:00.000Z"],
    // The days of 23 and of 25 hours.
    ["Europe/Zurich", "2024-03-31T20:00:00Z", "2024-03-30T23:00:00.000Z"],
    ["Europe/Zurich", "2024-10-27T22:30:00Z", "2024-10-26T22:00:00.000Z"],
    // Midnight does not exist there on that day.
    ["America/Santiago", "2024-09-08T12:00:00Z", "2024-09-08T04:00:00.000Z"],
    ["Asia/Kathmandu", "2024-09-19T09:05:00Z", "2024-09-18T18:15:00.000Z"],
  ])("in %s at %s", (zone, instant, begins) => {
    expect(startOfDay(zone, new Date(instant)).toISOString()).toBe(begins);
  });
});
