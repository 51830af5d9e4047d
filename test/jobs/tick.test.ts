import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { SILENT } from "../../src/jobs/log.js";
import { startTick } from "../../src/jobs/tick.js";

const MINUTE = 60_000;
beforeEach(() => {
  vi.useFakeTimers({ now: new Date("2025-03-01T09:07:00Z") });
});
afterEach(() => {
  vi.useRealTimers();
});

test("ticks on the round minutes until it is stopped", async () => {
  const ticks: string[] = [];
  const tick = startTick({
    everyMinutes: 15,
    now: () => new Date(),
    log: SILENT,
    onTick: async (now) => void ticks.push(now.toISOString().slice(11, 16)),
  });
  await vi.advanceTimersByTimeAsync(40 * MINUTE);
  expect(ticks).toEqual(["09:15", "09:30", "09:45"]);
  await tick.stop();
  await vi.advanceTimersByTimeAsync(60 * MINUTE);
  expect(ticks).toHaveLength(3);
});

test("leaves out a tick while one runs, outlives one that fails, and waits for one on stop", async () => {
  const errors: object[] = [];
  const ends: (() => void)[] = [];
  let ticks = 0;
  const tick = startTick({
    everyMinutes: 15,
    now: () => new Date(),
    log: { ...SILENT, error: (fields) => void errors.push(fields) },
    onTick: async () => {
      if (++ticks === 1) throw new Error("no");
      await new Promise<void>((resolve) => ends.push(resolve));
    },
  });
  await vi.advanceTimersByTimeAsync(55 * MINUTE);
  expect(ticks).toBe(2);
  expect(errors).toMatchObject([{ err: { message: "no" } }]);

  let stopped = false;
  const stopping = tick.stop().then(() => (stopped = true));
  await vi.advanceTimersByTimeAsync(MINUTE);
  expect(stopped).toBe(false);
  ends[0]?.();
  await stopping;
});

test.each([-1, -24, 1, 24])("ticks on where the machine's clock jumps by %i hours", async (hours) => {
  const ticks: number[] = [];
  const tick = startTick({
    everyMinutes: 15,
    now: () => new Date(),
    log: SILENT,
    onTick: async () => void ticks.push(performance.now()),
  });
  const from = performance.now();
  await vi.advanceTimersByTimeAsync(20 * MINUTE);
  vi.setSystemTime(Date.now() + hours * 60 * MINUTE);
  await vi.advanceTimersByTimeAsync(60 * MINUTE);
  await tick.stop();
  const gaps = ticks.map((at, n) => at - (ticks[n - 1] ?? from));
  expect(Math.max(...gaps)).toBeLessThanOrEqual(16 * MINUTE);
  expect(ticks.length).toBeLessThanOrEqual(6);
});
