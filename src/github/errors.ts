/**
 * What GitHub's refusals mean for us: who can fix it, and whether to try again. The table in docs/operating.md says the
 * same in words.
 */
import { AuthorProblem, OutOfReach, OutOfSight, Retryable } from "../errors.js";
import { oneLine, shorten } from "../text.js";
import { type FieldError, fieldErrors, isTooQuick, type RefusalKind, refusalKind } from "./refusals.js";
import type { GitHubTime } from "./time.js";

/** A request that GitHub understood and refused in a way the caller can handle: it concerns this one thing. */
export class Refused extends Error {
  override readonly name = "Refused";
  readonly kind: RefusalKind;
  /** What GitHub found wrong, where it says so: of `unassignable`, the logins. */
  readonly values: readonly string[];
  constructor(
    readonly status: number,
    message: string,
    errors: readonly FieldError[] = [],
  ) {
    super(told(message, errors));
    this.kind = refusalKind(status, message, errors);
    this.values = errors.flatMap(({ values }) => values);
  }
}

const MAX_MESSAGE = 200;

/** GitHub's own words, and which fields it finds wrong: not their values, which Octokit adds and which are people's text. */
function told(message: string, errors: readonly FieldError[]): string {
  const [words = ""] = message.split(/: [{["]| - https?:/);
  const fields = errors
    .map(({ field, code }) => `${field} ${code}`)
    .filter((name) => /^[\w.-]{1,40} [\w.-]{1,40}$/.test(name));
  return shorten(oneLine(words), MAX_MESSAGE) + (fields.length > 0 ? ` (${fields.join(", ")})` : "");
}

/** The shape of an @octokit/request-error, as far as it is read here. */
interface RequestError {
  readonly status: number;
  readonly message: string;
  readonly request?: { readonly url?: string };
  readonly response?: {
    readonly headers?: Readonly<Record<string, string | number | undefined>>;
    readonly data?: unknown;
  };
}

export const isRequestError = (error: unknown): error is RequestError =>
  error instanceof Error && "status" in error && typeof error.status === "number";

/**
 * The error to throw instead of `error`: {@link Retryable} for what passes (with the wait where GitHub names one),
 * {@link AuthorProblem} for what concerns the whole repository, {@link Refused} for the rest.
 * `time`: GitHub's clock, which the instants in its answers go by.
 * `pauseMs`: how long to wait where GitHub wants to be asked more slowly and does not say when; asked only then.
 * https://docs.github.com/en/rest/using-the-rest-api/troubleshooting-the-rest-api
 */
export function translate(error: unknown, time: Pick<GitHubTime, "now">, pauseMs: () => number): Error {
  // Octokit gives the status 500 also to a request that no answer came to.
  if (!isRequestError(error) || !error.response) return new OutOfReach("GitHub could not be reached", { cause: error });
  const { status, message } = error;
  const errors = fieldErrors(error.response.data);
  const waitMs = limitWait(error, errors, time, pauseMs);
  if (waitMs !== null)
    return new Retryable("GitHub's rate limit is reached", { waitMs, blameless: true, undone: true, cause: error });
  if (isOutOfSight(error))
    return new OutOfSight("The App is suspended or not installed here any more", { cause: error });
  if (status >= 500 || status === 408)
    return new OutOfReach(`GitHub answered ${status}`, { answered: true, cause: error });
  // It comes with an expired token, which is renewed for the next try.
  if (status === 401) return new Retryable(`GitHub answered ${status}`, { cause: error });
  if (status === 403 && /archived/i.test(message)) {
    return new AuthorProblem("This repository is archived, so nothing can be opened in it.", "Unarchive it to go on.");
  }
  if (lacksPermission(error)) {
    return new AuthorProblem(
      "The App lacks a permission it needs in this repository.",
      "Ask an owner to accept the App's requested permissions in its installation settings.",
    );
  }
  if (status === 410 && !/deleted/i.test(message)) {
    return new AuthorProblem(
      "Issues are switched off in this repository.",
      "Switch them on in its settings, under Features.",
    );
  }
  return new Refused(status, message, errors);
}

/** A token is refused (403: suspended, 404: uninstalled), or what one was given for is suspended since. */
const isOutOfSight = ({ status, message, request }: RequestError): boolean =>
  ((status === 403 || status === 404) && /\/access_tokens$/.test(request?.url ?? "")) ||
  (status === 403 && /installation has been suspended/i.test(message));

const lacksPermission = ({ status, message }: RequestError): boolean =>
  status === 403 && /not accessible by integration/i.test(message);

/** Whether another token may be let in: this one has expired, or is from before a permission was granted. */
export function isTokenRefused(error: unknown): boolean {
  return isRequestError(error) && (error.status === 401 || lacksPermission(error));
}

/** In how many milliseconds a limit ends, for an answer that says one is reached; null for any other. */
function limitWait(
  { status, message, response }: RequestError,
  errors: readonly FieldError[],
  time: Pick<GitHubTime, "now">,
  pauseMs: () => number,
): number | null {
  const tooQuick = isTooQuick(status, message, errors);
  if (status !== 403 && status !== 429 && !tooQuick) return null;
  const header = (name: string) => Number(response?.headers?.[name] || Number.NaN);
  const after = header("retry-after");
  if (Number.isFinite(after)) return Math.max(1, after) * 1000;
  const [left, reset] = [header("x-ratelimit-remaining"), header("x-ratelimit-reset")];
  // A second more, since the header is in whole seconds and clocks differ a little.
  if (left === 0 && Number.isFinite(reset)) return Math.max(0, reset * 1000 - time.now().getTime()) + 1000;
  const unsaid = status === 429 || left === 0 || tooQuick || /secondary rate limit|abuse detection/i.test(message);
  return unsaid ? pauseMs() : null;
}
