/**
 * GitHub's clock, as its answers tell it: each carries the time in its `date` header (RFC 9110, 6.6.1). This machine's may be wrong
 * by hours, or put right while work runs, so whatever is compared with GitHub's timestamps goes by GitHub's word
 * (docs/adr/0013).
 */

/** Between clocks that are nearer than this, ours is as good: it counts milliseconds, and GitHub's own machines differ too. */
const NEAR_MS = 60_000;

export class GitHubTime {
  /** This machine's clock. */
  readonly wall: () => Date;
  #told = new Date(0);
  #aheadMs: number | null = null;

  constructor(wall: () => Date) {
    this.wall = wall;
  }

  /**
   * Learns from an answer's headers. Only of those that carry GitHub's request id: what a proxy on the way answers by itself tells
   * the proxy's time.
   */
  learn(headers: Pick<Headers, "get">): void {
    const theirs = Date.parse(headers.get("date") ?? "");
    if (Number.isNaN(theirs) || headers.get("x-github-request-id") === null) return;
    this.#told = new Date(theirs);
    this.#aheadMs = this.wall().getTime() - theirs;
  }

  /**
   * The time that GitHub told last, so never later than its present; 1970 before its first answer. No clock of ours has a part
   * in it: "what changed since" is asked by it.
   */
  toldLast(): Date {
    return this.#told;
  }

  /** By how many milliseconds our clock is ahead of GitHub's (below 0: behind it); null before its first answer. */
  aheadMs(): number | null {
    return this.#aheadMs;
  }

  /** The present: our clock, put right by GitHub's where it is off by a minute or more. */
  now(): Date {
    return new Date(this.wall().getTime() - this.#correctionMs());
  }

  #correctionMs(): number {
    const ahead = this.#aheadMs ?? 0;
    return Math.abs(ahead) < NEAR_MS ? 0 : ahead;
  }
}
