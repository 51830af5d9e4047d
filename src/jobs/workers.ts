/**
 * The workers: they take what is wanted off the work list, hand it to the workflows, and record what came of it. A
 * handler may run any number of times for one trigger (a crash, a lost lease); that must do no harm.
 */
import { setTimeout as timer } from "node:timers/promises";
import { Fatal, messageOf, OutOfReach, Retryable } from "../errors.js";
import type { Claim, Returned, Store } from "../store/types.js";
import { backoffMs, MOST_UNREACHED, outageMs } from "./backoff.js";
import { keepLane, sleepUnless } from "./lane.js";
import { Lease } from "./lease.js";
import type { Log } from "./log.js";
import { MOST_UNFINISHED } from "./unfinished.js";

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
  /** How much runs at once; of that, a quarter is kept free of the busiest installation. */
  readonly concurrency?: number;
  readonly leaseMs?: number;
  /** Tries until work becomes a dead letter. */
  readonly maxAttempts?: number;
  /** The longest nap before the list is looked at again, for what other processes add. */
  readonly pollMs?: number;
  readonly onOutcome?: (outcome: Outcome, claim: Claim, ms: number) => void;
  /** For tests: a source of chance, a clock that is never put back, and a sleep that rejects when its signal aborts. */
  readonly random?: () => number;
  readonly monotonic?: () => number;
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
  monotonic: () => performance.now(),
  sleep: (ms: number, signal: AbortSignal) => timer(ms, undefined, { signal }),
};

interface Running {
  readonly claim: Claim;
  readonly abort: AbortController;
  readonly ended: Promise<void>;
  /** Nothing else is started while it runs. */
  readonly alone: boolean;
}

/** `full`: no place is free. `busy`: a suspect runs alone, or waits until it can. `idle`: there is nothing to start. */
type Started = "full" | "busy" | "idle";

export class Workers {
  readonly #options: Required<WorkersOptions>;
  readonly #running = new Set<Running>();
  #launched = 0;
  #loop: Promise<void> | undefined;
  #stopping = false;
  /** How often in a row the list could not be read. */
  #blind = 0;
  /** Claims that ended without a word to the list: the lease was lost, or the database. They did not end the process. */
  readonly #toSpare = new Set<Claim>();
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
      const before = this.#launched;
      await this.#startWork();
      if (this.#running.size === 0 && this.#launched === before) return;
      if (this.#running.size > 0) await Promise.race([...this.#running].map((running) => running.ended));
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
    // At once: whoever asked for the stop may not wait for its end, and kill.
    for (const { claim } of this.#running) this.#toSpare.add(claim);
    await this.#spareOrSay();
    await this.#endedWithin(limitMs);
    const reason = new Retryable("The service is stopping.", { blameless: true, undone: true });
    for (const { abort } of this.#running) abort.abort(reason);
    await this.#endedWithin(graceMs);
    await this.#spareOrSay();
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

  /** Starts what can be started; gives how long to nap then. */
  async #takeUntilFull(): Promise<number> {
    const { store, now, pollMs, log } = this.#options;
    try {
      const started = await this.#startWork();
      if (this.#blind > 0) log.info({}, "the work list can be read again");
      this.#blind = 0;
      return started === "idle" ? this.#napMs(await store.work.nextAt(now())) : pollMs;
    } catch (error) {
      log.error({ err: error }, "the work list cannot be read");
      return Math.min(LONGEST_NAP_MS, pollMs * 2 ** this.#blind++);
    }
  }

  /** Starts work while there is some and a place is free. */
  async #startWork(): Promise<Started> {
    await this.#spare();
    if (await this.#startSuspect()) return "busy";
    while (this.#running.size < this.#options.concurrency && !this.#stopping) {
      const lease = this.#newLease();
      const claim = await this.#claim();
      if (claim === null) return "idle";
      this.#launch(claim, lease, false);
    }
    return "full";
  }

  /** Sees to what may be what ends the process: whether something of that kind runs now, or waits until it can be tried alone. */
  async #startSuspect(): Promise<boolean> {
    const { store, now, log, owner, leaseMs } = this.#options;
    if ([...this.#running].some(({ alone }) => alone)) return true;
    for (;;) {
      const suspect = this.#stopping ? null : await store.work.suspect(now());
      if (suspect === null) return false;
      const { key, isToBeSetAside } = suspect;
      if (isToBeSetAside) {
        if (await store.work.setAside(key, now()))
          log.error(
            { key, times: MOST_UNFINISHED },
            "work ended the process each time it was tried, and was set aside",
          );
        continue;
      }
      if (this.#running.size > 0) return true;
      const lease = this.#newLease();
      const claim = await store.work.claim(owner, now(), leaseMs, { suspect: key });
      // Another replica was faster.
      if (claim === null) return false;
      log.warn(about(claim), "work that may have ended the process is tried alone");
      this.#launch(claim, lease, true);
      return true;
    }
  }

  /** Tells the list of claims that came back without its knowing. */
  async #spare(): Promise<void> {
    for (const claim of this.#toSpare) {
      await this.#options.store.work.spare(claim);
      this.#toSpare.delete(claim);
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
    return store.work.claim(owner, now(), leaseMs, {
      maxPerInstallation: Math.max(1, concurrency - Math.ceil(concurrency / 4)),
    });
  }

  /** Made before the claim, so that it is over before another can have it. */
  #newLease(): Lease {
    const { leaseMs, now, monotonic } = this.#options;
    return new Lease(leaseMs, { now, monotonic });
  }

  #launch(claim: Claim, lease: Lease, alone: boolean): void {
    this.#launched++;
    const abort = new AbortController();
    const running: Running = {
      claim,
      abort,
      alone,
      ended: this.#run(claim, lease, abort).then(() => {
        this.#running.delete(running);
        this.wake();
      }),
    };
    this.#running.add(running);
  }

  /** One run of one claim. Never throws. */
  async #run(claim: Claim, lease: Lease, abort: AbortController): Promise<void> {
    const { store, handle, now, monotonic, leaseMs, log, sleep, onOutcome } = this.#options;
    const started = monotonic();
    const check = () => {
      if (lease.isOver()) abort.abort(new LeaseLost());
      abort.signal.throwIfAborted();
    };
    const ended = new AbortController();
    const onLost = () => abort.abort(new LeaseLost());
    const beating = keepLane({ claim, lease, leaseMs, work: store.work, onLost, log, sleep }, ended.signal);
    let outcome: Outcome;
    try {
      const failure = await handle(claim, { signal: abort.signal, now, check }).then(
        () => null,
        (error: unknown) => ({ error }),
      );
      outcome = await this.#close(claim, failure, abort.signal);
    } catch (error) {
      // The database is gone. The lease runs out, and whoever takes the work then finds it as it was.
      log.error({ ...about(claim), err: error }, "the outcome of work could not be recorded");
      outcome = "lost";
    } finally {
      ended.abort();
      await beating;
    }
    if (outcome === "lost") this.#toSpare.add(claim);
    onOutcome(outcome, claim, monotonic() - started);
  }

  async #spareOrSay(): Promise<void> {
    try {
      await this.#spare();
    } catch (error) {
      this.#options.log.warn({ err: error }, "work that did not end the process counts as unfinished");
    }
  }

  /** Records what came of a run: `failure` null where it succeeded. */
  async #close(claim: Claim, failure: { error: unknown } | null, signal: AbortSignal): Promise<Outcome> {
    const { store, now, log } = this.#options;
    if (failure === null) return (await store.work.complete(claim, now())) ? "done" : lost(log, claim);
    if (signal.reason instanceof LeaseLost) return lost(log, claim);
    if (signal.aborted) {
      await store.work.retry(claim, { now: now(), waitMs: 0, error: "The service stopped.", because: "stopped" });
      log.info(about(claim), "work was given back");
      return "returned";
    }
    return this.#closeFailed(claim, failure.error);
  }

  async #closeFailed(claim: Claim, error: unknown): Promise<Outcome> {
    const { store, log, now } = this.#options;
    const because = reasonOf(error);
    const failures = claim.attempts + (because === "failed" ? 1 : 0);
    const fields = { ...about(claim), failures, err: error };
    if (this.#isHopeless(claim, error, because)) {
      await store.work.bury(claim, messageOf(error), now());
      log.error(fields, "work was given up");
      return "buried";
    }
    const waitMs = this.#waitMs(claim, error, because);
    await store.work.retry(claim, { now: now(), waitMs, error: messageOf(error), because });
    const told = { ...fields, seconds: Math.ceil(waitMs / 1000) };
    if (error instanceof Retryable) log.warn(told, "work will be tried again");
    else log.error(told, "work failed unexpectedly and will be tried again");
    return "retried";
  }

  #isHopeless(claim: Claim, error: unknown, because: Returned["because"]): boolean {
    if (error instanceof Fatal) return true;
    if (because === "unreached") return claim.unreached + 1 >= MOST_UNREACHED;
    return because === "failed" && claim.attempts + 1 >= this.#options.maxAttempts;
  }

  /** How long it waits until its next try. */
  #waitMs(claim: Claim, error: unknown, because: Returned["because"]): number {
    const { random } = this.#options;
    if (error instanceof Retryable && error.waitMs !== undefined) return error.waitMs;
    return because === "unreached" ? outageMs(claim.unreached + 1, random) : backoffMs(claim.attempts + 1, random);
  }

  async #endedWithin(ms: number): Promise<void> {
    if (this.#running.size === 0) return;
    const ended = new AbortController();
    const all = Promise.all([...this.#running].map((running) => running.ended)).then(() => ended.abort());
    await Promise.race([all, this.#sleepUnless(ended.signal, ms)]);
    ended.abort();
  }

  #sleepUnless(signal: AbortSignal, ms: number): Promise<void> {
    return sleepUnless(signal, ms, this.#options.sleep);
  }
}

/** Another worker holds the lease now: nothing more may be written in its name. */
class LeaseLost extends Error {
  override readonly name = "LeaseLost";
  constructor() {
    super("The lease was lost.");
  }
}

function reasonOf(error: unknown): Returned["because"] {
  if (error instanceof OutOfReach) return "unreached";
  if (!(error instanceof Retryable && error.blameless)) return "failed";
  return error.undone ? "limited" : "doubtful";
}

function lost(log: Log, claim: Claim): Outcome {
  log.warn(about(claim), "the lease of work was lost");
  return "lost";
}

const about = (claim: Claim): object => ({ key: claim.key, delivery: claim.cause });
