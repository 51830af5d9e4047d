/**
 * A lease as its holder knows it. Its time is counted by two clocks, whichever shows more: the machine's own, which can be put
 * forward or back while work runs, and the monotonic one, which cannot, but stands still while a machine sleeps. So a clock
 * that is put back makes no lease longer, and nobody writes on after a sleep in which another may have taken the lane.
 */

export interface Clocks {
  readonly now: () => Date;
  /** Milliseconds since some moment, never put back. */
  readonly monotonic: () => number;
}

/** One moment, by both clocks. */
interface Moment {
  readonly now: number;
  readonly monotonic: number;
}

export class Lease {
  #from: Moment;

  /** Counts from now: made *before* the lease is asked for, it is over no later than the database says. */
  constructor(
    private readonly ms: number,
    private readonly clocks: Clocks,
  ) {
    this.#from = this.#moment();
  }

  /** Asks for as much time again; `heartbeat` says whether it was granted. */
  async prolong(heartbeat: (now: Date) => Promise<boolean>): Promise<boolean> {
    const from = this.#moment();
    const granted = await heartbeat(new Date(from.now));
    if (granted) this.#from = from;
    return granted;
  }

  /** Whether its time has run out, as far as its holder can know: then another may hold it. */
  isOver(): boolean {
    const { now, monotonic } = this.#moment();
    return Math.max(now - this.#from.now, monotonic - this.#from.monotonic) >= this.ms;
  }

  #moment(): Moment {
    return { now: this.clocks.now().getTime(), monotonic: this.clocks.monotonic() };
  }
}
