/**
 * Trying again at the command line, where nobody else does: after the wait GitHub names, else a few times with growing waits.
 * The service leaves this to the work list.
 */
import { setTimeout as pause } from "node:timers/promises";
import { Retryable } from "../errors.js";
import { backoffMs } from "../jobs/backoff.js";
import type { Log } from "../jobs/log.js";

/** After so many failures in a row it gives up: the waits between them are up to 2 s, 8 s and 32 s. */
const MOST_FAILURES = 4;
/** A failure so long after the last one is a new beginning: a backfill may last for hours. */
const FORGOTTEN_MS = 10 * 60_000;

export interface PatienceOptions {
  /** For tests: a clock in milliseconds that is never put back, a sleep, and a source of chance. */
  readonly now?: () => number;
  readonly sleep?: (ms: number) => Promise<unknown>;
  readonly random?: () => number;
}

/**
 * Runs `body` until it ends well; it must be safe to run again. A wait that GitHub's limits ask for is no failure.
 * @throws what `body` throws, where that is not {@link Retryable} or failed too often.
 */
export async function patiently<T>(log: Log, body: () => Promise<T>, options: PatienceOptions = {}): Promise<T> {
  const { now = () => performance.now(), sleep = pause, random = Math.random } = options;
  let failures = 0;
  let failedAt = now();
  for (;;) {
    try {
      return await body();
    } catch (error) {
      if (!(error instanceof Retryable)) throw error;
      if (error.waitMs === undefined) {
        failures = now() - failedAt > FORGOTTEN_MS ? 1 : failures + 1;
        failedAt = now();
        if (failures === MOST_FAILURES) throw error;
      }
      const waitMs = error.waitMs ?? backoffMs(failures, random);
      log.warn({ reason: error.message, seconds: Math.ceil(waitMs / 1000) }, "waiting before trying again");
      await sleep(waitMs);
    }
  }
}
