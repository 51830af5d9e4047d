/** The one timer of the service: everything that happens by the clock hangs on it. */
import { schedule } from "node-cron";
import type { Log } from "./log.js";

export interface Tick {
  /** No tick begins after this; resolves once one that runs has ended. */
  stop(): Promise<void>;
}

const MINUTE_MS = 60_000;

/**
 * Calls `onTick` every so many minutes, on the round minutes of the hour, never twice at once: while one runs, the next
 * is left out. A tick that fails is logged; the next comes all the same.
 * @param everyMinutes a divisor of 60.
 */
export function startTick(options: {
  readonly everyMinutes: number;
  readonly onTick: (now: Date) => Promise<void>;
  readonly now: () => Date;
  readonly log: Log;
}): Tick {
  const { log } = options;
  let running: Promise<void> | null = null;
  const tick = () => {
    running ??= options
      .onTick(options.now())
      .catch((error: unknown) => log.error({ err: error }, "a tick failed"))
      .finally(() => {
        running = null;
      });
    return running;
  };
  const begin = () =>
    schedule(`*/${options.everyMinutes} * * * *`, tick, {
      noOverlap: true,
      timezone: "UTC",
      // A machine that slept ticks late; what is due is computed from the last slot, so nothing is lost.
      suppressMissedWarning: true,
      logger: {
        debug: () => {},
        info: () => {},
        warn: (message) => log.warn({ detail: message }, "the timer warns"),
        error: (message) => log.error({ detail: String(message) }, "the timer failed"),
      },
    });
  let task = begin();
  const stopWatching = onPutBack(() => {
    void task.destroy();
    task = begin();
  });
  return {
    async stop() {
      stopWatching();
      await task.destroy();
      await running;
    },
  };
}

/**
 * Calls `then` within a minute after the machine's clock was put back by more than that: node-cron waits until an instant of that
 * clock, which would then come hours late. Returns what ends this.
 */
function onPutBack(then: () => void): () => void {
  const ahead = () => Date.now() - performance.now();
  let before = ahead();
  const timer = setInterval(() => {
    const wasPutBack = ahead() < before - MINUTE_MS;
    before = ahead();
    if (wasPutBack) then();
  }, MINUTE_MS);
  return () => clearInterval(timer);
}
