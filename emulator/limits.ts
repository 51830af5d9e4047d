/**
 * GitHub's limits on requests: the primary one an hour, and the secondary ones as its documentation states them
 * (https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api): 80 content-creating requests a minute and
 * 500 an hour, 900 points a minute (a read one, a write five), 100 requests at a time. Counted for each installation, by wall time.
 * A POST counts as creating content.
 */
import { GitHubError } from "./errors.js";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

interface Spent {
  at: number;
  points: number;
  creates: boolean;
}

interface Account {
  spent: Spent[];
  running: number;
  windowStart: number;
  used: number;
}

export interface LimitBreach {
  installation: string;
  limit: "content per minute" | "content per hour" | "points per minute" | "concurrent" | "primary";
  at: Date;
}

export class Limits {
  enabled = true;
  contentPerMinute = 80;
  contentPerHour = 500;
  pointsPerMinute = 900;
  concurrent = 100;
  /** Requests an hour. */
  primary = 5000;
  /** Seconds in the `retry-after` of a secondary limit's answer; null leaves the header out, as GitHub sometimes does. */
  retryAfter: number | null = 60;
  readonly breaches: LimitBreach[] = [];
  readonly #accounts = new Map<string, Account>();
  readonly #now: () => Date;

  constructor(now: () => Date) {
    this.#now = now;
  }

  /** Counts a request in. Throws GitHub's refusal when it is one too many. Call `leave` when it is over. */
  enter(who: string, method: string): void {
    const account = this.#account(who);
    account.running += 1;
    account.used += 1;
    const at = this.#now().getTime();
    const creates = method === "POST";
    account.spent = account.spent.filter((s) => s.at > at - HOUR);
    account.spent.push({ at, points: method === "GET" || method === "HEAD" ? 1 : 5, creates });
    const limit = this.enabled ? this.#exceeded(account, at) : null;
    if (limit === null) return;
    this.breaches.push({ installation: who, limit, at: new Date(at) });
    throw limit === "primary" ? primaryLimit(who) : this.#secondaryLimit();
  }

  leave(who: string): void {
    this.#account(who).running -= 1;
  }

  /** A conditional request answered 304 costs nothing of the primary limit. */
  refund(who: string): void {
    this.#account(who).used -= 1;
  }

  headers(who: string): Record<string, string> {
    const { used, reset, remaining } = this.status(who);
    return {
      "x-ratelimit-limit": String(this.primary),
      "x-ratelimit-remaining": String(remaining),
      "x-ratelimit-reset": String(reset),
      "x-ratelimit-used": String(used),
      "x-ratelimit-resource": "core",
    };
  }

  status(who: string): { limit: number; remaining: number; reset: number; used: number } {
    const { used, windowStart } = this.#account(who);
    const reset = Math.ceil((windowStart + HOUR) / 1000);
    return { limit: this.primary, remaining: Math.max(0, this.primary - used), reset, used };
  }

  #account(who: string): Account {
    const now = this.#now().getTime();
    const account = this.#accounts.get(who) ?? { spent: [], running: 0, windowStart: now, used: 0 };
    if (now >= account.windowStart + HOUR) Object.assign(account, { windowStart: now, used: 0 });
    this.#accounts.set(who, account);
    return account;
  }

  #exceeded({ spent, running, used }: Account, at: number): LimitBreach["limit"] | null {
    const minute = spent.filter((s) => s.at > at - MINUTE);
    if (used > this.primary) return "primary";
    if (running > this.concurrent) return "concurrent";
    if (minute.reduce((sum, s) => sum + s.points, 0) > this.pointsPerMinute) return "points per minute";
    if (!(spent.at(-1)?.creates ?? false)) return null;
    if (minute.filter((s) => s.creates).length > this.contentPerMinute) return "content per minute";
    return spent.filter((s) => s.creates).length > this.contentPerHour ? "content per hour" : null;
  }

  #secondaryLimit(): GitHubError {
    const message =
      "You have exceeded a secondary rate limit and have been temporarily blocked from content creation. Please retry your request again later.";
    const headers: Record<string, string> = this.retryAfter === null ? {} : { "retry-after": String(this.retryAfter) };
    return new GitHubError(403, message, [], headers);
  }
}

function primaryLimit(who: string): GitHubError {
  return new GitHubError(403, `API rate limit exceeded for ${who}.`);
}
