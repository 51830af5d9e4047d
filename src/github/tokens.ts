/**
 * Installation tokens, kept while they last: GitHub's live an hour. Octokit reckons a token's age by the machine's clock alone, and
 * where that is put back it takes an old token for a new one, and asks with it again and again. So a token's age counts only
 * where the machine's clock and the monotonic one agree on it; else the token is forgotten, and another asked for.
 */

/** A minute less than GitHub's hour. https://docs.github.com/en/apps/creating-github-apps/authenticating-with-a-github-app/generating-an-installation-access-token-for-a-github-app */
const KEPT_MS = 59 * 60_000;
/** How far the two clocks may drift apart in an hour, while a time server adjusts one of them. */
const DRIFT_MS = 5_000;
/** Far more than one App's installations that are at work within an hour. */
const MOST = 15_000;

interface Moment {
  readonly wall: number;
  readonly monotonic: number;
}

const present = (): Moment => ({ wall: Date.now(), monotonic: performance.now() });

/** What Octokit's authentication takes as its cache: texts by key. */
export class TokenCache {
  readonly #kept = new Map<string, { readonly value: string; readonly at: Moment }>();
  readonly #now: () => Moment;

  /** `now`: for tests. */
  constructor(now: () => Moment = present) {
    this.#now = now;
  }

  get(key: string): string | undefined {
    const kept = this.#kept.get(key);
    if (kept === undefined) return undefined;
    const now = this.#now();
    const age = now.monotonic - kept.at.monotonic;
    const agreed = Math.abs(now.wall - kept.at.wall - age) < DRIFT_MS;
    if (agreed && age < KEPT_MS) return kept.value;
    this.#kept.delete(key);
    return undefined;
  }

  set(key: string, value: string): void {
    this.#kept.delete(key);
    this.#kept.set(key, { value, at: this.#now() });
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > MOST && oldest !== undefined) this.#kept.delete(oldest);
  }

  delete(key: string): void {
    this.#kept.delete(key);
  }
}
