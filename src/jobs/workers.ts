/**
 * The workers: they take what is wanted off the work list, hand it to the workflows, and settle what came of it. A
 * handler may run any number of times for one trigger (a crash, a lost lease); that must do no harm.
 */
import { setTimeout as timer } from "node:timers/promises";
import { Fatal, messageOf, Retryable } from "../errors.js";
import type { Claim, Store } from "../store/types.js";
import { backoffMs } from "./backoff.js";
import type { Log } from "./log.js";

/** What became of one run. `lost`: the lease went to another. `returned`: given back for a shutdown, untried. */
export type Outcome = "done" | "retried" | "buried" | "lost" | "returned";

/** What a handler is given beside its claim. */
export interface RunContext {
  /** Aborts where the lease was lost or the service stops: then the handler writes nothing more and throws. */
  readonly signal: AbortSignal;
  readonly now: () => Date;
  /** Called right before each write to GitHub. @throws where the handler must stop, also where the process was asleep. */
  readonly check: () => void;
}

export interface WorkersOptions {
  readonly store: Pick<Store, "work">;
  /** Does the work; what it throws decides what becomes of it (see `errors.ts`). */
  readonly handle: (claim: Claim, context: RunContext) => Promise<void>;
  readonly now: () => Date;
  /** Names this process among the replicas, for leases and logs. */
  readonly owner: string;
  readonly log: Log;
  /** How much runs at once; of that, one place is kept free of the busiest installation. */
  readonly concurrency?: number;
  readonly leaseMs?: number;
  /** Tries until work becomes a dead letter. */
  readonly maxAttempts?: number;
  /** The longest nap before the list is looked at again, for what other processes add. */
  readonly pollMs?: number;
  readonly onOutcome?: (outcome: Outcome, claim: Claim, ms: number) => void;
  /** For tests: a source of chance, and a sleep that rejects when its signal aborts. */
  readonly random?: () => number;
  readonly sleep?: (ms: number, signal: AbortSignal) => Promise<void>;
}

/** Between two looks at the list: a thousand deliveries within a second are some looks, not a thousand. */
const REST_MS = 25;

/** A database that is down is asked again after a poll, then twice that, and so on: this long at most. */
const LONGEST_NAP_MS = 30_000;

const DEFAULTS = {
  concurrency: 4,
  leaseMs: 15_000,
  maxAttempts: 8,
  pollMs: 1_000,
  onOutcome: () => {},
  random: Math.random,
  sleep: (ms: number, signal: AbortSignal) => timer(ms, undefined, { signal }),
};

/** A lease as its holder knows it: it may rely on it before `until`, and not once `abort` is told. */
interface Lease {
  until: number;
  readonly abort: AbortController;
}

interface Running {
  readonly abort: AbortController;
  readonly ended: Promise<void>;
}

export class Workers {
  readonly #options: Required<WorkersOptions>;
  readonly #running = new Set<Running>();
  #loop: Promise<void> | undefined;
  #stopping = false;
  /** How often in a row the list could not be read. */
  #blind = 0;
  /** Ends the nap of the loop; replaced at each nap. */
  #nap = new AbortController();

  constructor(options: WorkersOptions) {
    this.#options = { ...DEFAULTS, ...options };
  }

  /** Begins to take work, until `stop`. */
  start(): void {
    this.#loop ??= this.#takeWork();
  }

  /** Looks at the list now: called after work was added, so that nobody waits for the end of a nap. */
  wake(): void {
    this.#nap.abort();
  }

  /** Runs whatever is ready, and what that makes ready, until nothing is. Not together with `start`. */
  async drain(): Promise<void> {
    for (;;) {
      const lines = Array.from({ length: this.#options.concurrency }, () => this.#drainLine());
      const ran = await Promise.all(lines);
      if (!ran.includes(true)) return;
    }
  }

  /**
   * Takes no more work and waits until what runs has ended. What still runs after `limitMs` is told to stop by its
   * signal and given back untried; what does not stop within `graceMs` more keeps its lease, which runs out by itself.
   */
  async stop(limitMs = 20_000, graceMs = 3_000): Promise<void> {
    this.#stopping = true;
    this.wake();
    await this.#loop;
    await this.#endedWithin(limitMs);
    const reason = new Retryable("The service is stopping.", { blameless: true });
    for (const { abort } of this.#running) abort.abort(reason);
    await this.#endedWithin(graceMs);
    if (this.#running.size > 0)
      this.#options.log.warn({ running: this.#running.size }, "work did not stop in time; its leases run out");
  }

  async #takeWork(): Promise<void> {
    while (!this.#stopping) {
      // Before the list is read, so that a wake during the reading ends the nap that follows.
      this.#nap = new AbortController();
      const napMs = await this.#takeUntilFull();
      if (this.#stopping) return;
      await timer(REST_MS);
      await this.#sleepUnless(this.#nap.signal, napMs);
    }
  }

  /** Starts work while there is some and a place is free; gives how long to nap then. */
  async #takeUntilFull(): Promise<number> {
    const { store, now, pollMs, concurrency, log } = this.#options;
    try {
      while (this.#running.size < concurrency && !this.#stopping) {
        const claim = await this.#claim();
        if (this.#blind > 0) log.info({}, "the work list can be read again");
        this.#blind = 0;
        if (claim === null) return this.#napMs(await store.work.nextAt(now()));
        this.#launch(claim);
      }
      return pollMs;
    } catch (error) {
      log.error({ err: error }, "the work list cannot be read");
      return Math.min(LONGEST_NAP_MS, pollMs * 2 ** this.#blind++);
    }
  }

  /** Until the next row comes due, at most a poll. A row that is due and yet could not be taken waits for a wake. */
  #napMs(nextAt: string | null): number {
    const { now, pollMs } = this.#options;
    const until = nextAt === null ? pollMs : Date.parse(nextAt) - now().getTime();
    return until > 0 ? Math.min(until, pollMs) : pollMs;
  }

  #claim(): Promise<Claim | null> {
    const { store, owner, now, leaseMs, concurrency } = this.#options;
    return store.work.claim(owner, now(), leaseMs, Math.max(1, concurrency - 1));
  }

  #launch(claim: Claim): void {
    const abort = new AbortController();
    const running: Running = {
      abort,
      ended: this.#run(claim, abort).then(() => {
        this.#running.delete(running);
        this.wake();
      }),
    };
    this.#running.add(running);
  }

  async #drainLine(): Promise<boolean> {
    for (let ran = false; ; ran = true) {
      const claim = await this.#claim();
      if (claim === null) return ran;
      await this.#run(claim, new AbortController());
    }
  }

  /** One run of one claim. Never throws. */
  async #run(claim: Claim, abort: AbortController): Promise<void> {
    const { handle, now, leaseMs, log, onOutcome } = this.#options;
    const started = now().getTime();
    const lease: Lease = { until: started + leaseMs, abort };
    const check = () => {
      if (now().getTime() >= lease.until) abort.abort(new LeaseLost());
      abort.signal.throwIfAborted();
    };
    const ended = new AbortController();
    const beating = this.#keepLease(claim, lease, ended.signal);
    let outcome: Outcome;
    try {
      const failure = await handle(claim, { signal: abort.signal, now, check }).then(
        () => null,
        (error: unknown) => ({ error }),
      );
      outcome = await this.#settle(claim, failure, abort.signal);
    } catch (error) {
      // The database is gone. The lease runs out, and whoever takes the work then finds it as it was.
      log.error({ ...about(claim), err: error }, "the outcome of work could not be recorded");
      outcome = "lost";
    } finally {
      ended.abort();
      await beating;
    }
    onOutcome(outcome, claim, now().getTime() - started);
  }

  /** Prolongs the lease while the work runs, and aborts the work where the lease was lost. */
  async #keepLease(claim: Claim, lease: Lease, ended: AbortSignal): Promise<void> {
    const { store, now, leaseMs, log } = this.#options;
    while (!(lease.abort.signal.reason instanceof LeaseLost)) {
      await this.#sleepUnless(ended, leaseMs / 3);
      if (ended.aborted) return;
      const beat = now();
      try {
        if (await store.work.heartbeat(claim, beat, leaseMs)) lease.until = beat.getTime() + leaseMs;
        else lease.abort.abort(new LeaseLost());
      } catch (error) {
        log.warn({ ...about(claim), err: error }, "a lease could not be prolonged");
        if (now().getTime() >= lease.until) lease.abort.abort(new LeaseLost());
      }
    }
  }

  /** Records what came of a run: `failure` null where it succeeded. */
  async #settle(claim: Claim, failure: { error: unknown } | null, signal: AbortSignal): Promise<Outcome> {
    const { store, now, log } = this.#options;
    if (failure === null) return (await store.work.complete(claim, now())) ? "done" : lost(log, claim);
    if (signal.reason instanceof LeaseLost) return lost(log, claim);
    if (signal.aborted) {
      await store.work.retry(claim, now(), "The service stopped.", false);
      log.info(about(claim), "work was given back");
      return "returned";
    }
    return this.#settleFailure(claim, failure.error);
  }

  async #settleFailure(claim: Claim, error: unknown): Promise<Outcome> {
    const { store, now, log, maxAttempts, random } = this.#options;
    const failures = claim.attempts + 1;
    const fields = { ...about(claim), failures, err: error };
    const blameless = error instanceof Retryable && error.blameless;
    if (error instanceof Fatal || (!blameless && failures >= maxAttempts)) {
      await store.work.bury(claim, messageOf(error), now());
      log.error(fields, "work was given up");
      return "buried";
    }
    const known = error instanceof Retryable ? error.at : undefined;
    const at = known ?? new Date(now().getTime() + backoffMs(failures, random));
    await store.work.retry(claim, at, messageOf(error), !blameless);
    if (error instanceof Retryable) log.warn({ ...fields, at }, "work will be tried again");
    else log.error({ ...fields, at }, "work failed unexpectedly and will be tried again");
    return "retried";
  }

  async #endedWithin(ms: number): Promise<void> {
    if (this.#running.size === 0) return;
    const ended = new AbortController();
    const all = Promise.all([...this.#running].map((running) => running.ended)).then(() => ended.abort());
    await Promise.race([all, this.#sleepUnless(ended.signal, ms)]);
    ended.abort();
  }

  /** Sleeps so long, or until the signal aborts. */
  async #sleepUnless(signal: AbortSignal, ms: number): Promise<void> {
    if (signal.aborted) return;
    await this.#options.sleep(ms, signal).catch((error: unknown) => {
      if (!signal.aborted) throw error;
    });
  }
}

/** Another worker holds the lease now: nothing more may be written in its name. */
class LeaseLost extends Error {
  override readonly name = "LeaseLost";
  constructor() {
    super("The lease was lost.");
  }
}

function lost(log: Log, claim: Claim): Outcome {
  log.warn(about(claim), "the lease of work was lost");
  return "lost";
}

const about = (claim: Claim): object => ({ key: claim.key, delivery: claim.cause });
