/**
 * A lane that is held: whoever works in one, a worker or the command line, keeps its lease the same way. It is prolonged while
 * the work runs, and known to be lost as soon as the database says so, or its time ran out unprolonged.
 */
import { setTimeout as timer } from "node:timers/promises";
import type { Claim, WorkList } from "../store/types.js";
import type { Lease } from "./lease.js";
import type { Log } from "./log.js";

/** How often a lease is prolonged within its time: two tries may fail. */
const BEATS = 3;

export interface Holding {
  readonly claim: Claim;
  readonly lease: Lease;
  readonly leaseMs: number;
  readonly work: Pick<WorkList, "heartbeat">;
  /** Called once, where another may hold the lane from now on: then nothing more may be written in its name. */
  readonly onLost: () => void;
  readonly log: Log;
  /** For tests: a sleep that rejects when its signal aborts. */
  readonly sleep?: (ms: number, signal: AbortSignal) => Promise<void>;
}

/** Prolongs the lease until `ended` aborts or the lane is lost. Never throws. */
export async function keepLane(holding: Holding, ended: AbortSignal): Promise<void> {
  const { claim, lease, leaseMs, work, onLost, log } = holding;
  const sleep = holding.sleep ?? ((ms, signal) => timer(ms, undefined, { signal }));
  for (;;) {
    await sleepUnless(ended, leaseMs / BEATS, sleep);
    if (ended.aborted) return;
    try {
      if (!(await lease.prolong((now) => work.heartbeat(claim, now, leaseMs)))) return onLost();
    } catch (error) {
      log.warn({ key: claim.key, delivery: claim.cause, err: error }, "a lease could not be prolonged");
      if (lease.isOver()) return onLost();
    }
  }
}

/** Sleeps so long, or until the signal aborts. */
export async function sleepUnless(
  signal: AbortSignal,
  ms: number,
  sleep: (ms: number, signal: AbortSignal) => Promise<void>,
): Promise<void> {
  if (signal.aborted) return;
  await sleep(ms, signal).catch((error: unknown) => {
    if (!signal.aborted) throw error;
  });
}
