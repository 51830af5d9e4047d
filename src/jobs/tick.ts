/** The one timer of the service: everything that happens by the clock hangs on it. */
import { schedule } from "node-cron";
import type { Log } from "./log.js";

export interface Tick {
  /** No tick begins after this; resolves once one that runs has ended. */
  stop(): Promise<void>;
}

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
  let running: Promise<void> = Promise.resolve();
  const task = schedule(
    `*/${options.everyMinutes} * * * *`,
    () => {
      running = options.onTick(options.now()).catch((error: unknown) => log.error({ err: error }, "a tick failed"));
      return running;
    },
    {
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
    },
  );
  return {
    async stop() {
      await task.destroy();
      await running;
    },
  };
}
