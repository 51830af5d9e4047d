/**
 * Sending requests to GitHub, which only this folder does (docs/github-api.md lists them all). Each request is booked against
 * GitHub's limits first, sent once, and its refusal translated; trying again is the work list's business, because only
 * there is it known whether a write must be looked for before it is repeated.
 */
import type { ProbotOctokit } from "probot";
import { Retryable } from "../errors.js";
import { isTokenRefused, Refused, translate } from "./errors.js";
import type { GitHubTime } from "./time.js";

/** A repository as Octokit wants it named. */
export interface Where {
  readonly owner: string;
  readonly repo: string;
}

export type Octokit = InstanceType<typeof ProbotOctokit>;

/** Asked before each request; throws {@link Retryable} where GitHub's limits leave no room. */
export type Gate = (request: { readonly points: number; readonly content: boolean }) => Promise<void>;

/** Told when GitHub itself says to wait, and how long. */
export type OnLimit = (ms: number) => Promise<void>;

/** An answer's headers, in lower case. */
export type Headers = Readonly<Record<string, string | number | undefined>>;

/**
 * How long to wait where GitHub wants to be asked more slowly and names no time: a minute at least, and twice as long each time
 * it says so again, until a create succeeds.
 * https://docs.github.com/en/rest/using-the-rest-api/best-practices-for-using-the-rest-api#handle-rate-limit-errors-appropriately
 */
export class Pause {
  #times = 0;

  /** Milliseconds to wait this time. */
  grow(): number {
    this.#times += 1;
    return Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (this.#times - 1));
  }

  end(): void {
    this.#times = 0;
  }
}

const FIRST_PAUSE_MS = 60_000;
/** The longest of GitHub's windows. */
const LONGEST_PAUSE_MS = 3_600_000;

export interface Sender {
  readonly octokit: Octokit;
  readonly gate: Gate;
  readonly onLimit: OnLimit;
  readonly pause: Pause;
  /** Told of every answer's headers. */
  readonly onAnswer: (headers: Headers) => void;
  /** Lets the next request get a new token; the one in use would be used until the hour is over. */
  readonly renew: () => Promise<void>;
  readonly time: GitHubTime;
  /** The number of the repository that is written in, where it is one. */
  readonly repositoryId?: number;
}

/** A sender, but for its Octokit, of requests that no installation's limits count: those of the App itself, and those before it exists. */
export function unlimited(time: GitHubTime): Omit<Sender, "octokit"> {
  return {
    gate: async () => {},
    onLimit: async () => {},
    pause: new Pause(),
    onAnswer: () => {},
    renew: async () => {},
    time,
  };
}

// https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api#calculating-points-for-the-secondary-rate-limit
export const READ = { points: 1, content: false };
export const WRITE = { points: 5, content: false };
export const CREATE = { points: 5, content: true };

/** Sends one request within the limits; errors come out translated. */
export async function send<T extends object>(
  sender: Sender,
  cost: typeof READ,
  request: (octokit: Octokit) => Promise<T>,
): Promise<T> {
  await sender.gate(cost);
  try {
    const answer = await request(sender.octokit);
    refuseRedirect(answer, sender.repositoryId);
    // Octokit takes an answer that broke off for a good one, its data a text; whether a write was done is then unknown.
    if ("status" in answer && answer.status !== 204 && "data" in answer && typeof answer.data === "string") {
      throw new Error("GitHub's answer broke off");
    }
    if ("headers" in answer) sender.onAnswer(answer.headers as Headers);
    if (cost.content) sender.pause.end();
    return answer;
  } catch (error) {
    const translated =
      error instanceof Retryable || error instanceof Refused
        ? error
        : translate(error, sender.time, () => sender.pause.grow());
    const isLimit = translated instanceof Retryable && translated.blameless && translated.waitMs !== undefined;
    if (isLimit) await sender.onLimit(translated.waitMs);
    if (isTokenRefused(error)) await sender.renew();
    throw translated;
  }
}

/**
 * A write is not led on (see `fetchWithin`): GitHub answers with a redirect where the repository has another name since the work
 * began, and where an issue was transferred, into a repository that may be none of ours. Nothing was done.
 * https://docs.github.com/en/rest/using-the-rest-api/best-practices-for-using-the-rest-api#follow-redirects
 * @throws Retryable where it is the same repository, which the next try finds under its new name; Refused (410) where it is not.
 */
function refuseRedirect(answer: object, repositoryId: number | undefined): void {
  if (!("status" in answer) || typeof answer.status !== "number" || answer.status < 300 || answer.status >= 400) return;
  const headers = "headers" in answer ? (answer.headers as Headers) : {};
  const led = /\/repositories\/(\d+)(?:\/|$)/.exec(String(headers.location ?? ""))?.[1];
  if (led === undefined || Number(led) === repositoryId) {
    throw new Retryable("The repository has another name now", { undone: true });
  }
  throw new Refused(410, "This issue was transferred");
}

const isMissing = (error: unknown, statuses: readonly number[]): error is Refused =>
  error instanceof Refused && (error.status === 404 || statuses.includes(error.status));

/** The answer, or null where GitHub says there is no such thing. */
export async function orMissing<T>(answer: Promise<T>, ...statuses: number[]): Promise<T | null> {
  try {
    return await answer;
  } catch (error) {
    if (isMissing(error, statuses)) return null;
    throw error;
  }
}

/** As {@link orMissing}, but 404 counts only where `inSight` does not throw: what cannot be seen is not gone. */
export async function orGone<T>(
  answer: Promise<T>,
  inSight: () => Promise<unknown>,
  ...statuses: number[]
): Promise<T | null> {
  try {
    return await answer;
  } catch (error) {
    if (!isMissing(error, statuses)) throw error;
    if (error.status === 404) await inSight();
    return null;
  }
}

export const PER_PAGE = 100;

/** Which page of a list is asked for, by number or by a cursor, as GitHub's link to it says. */
export interface Page {
  readonly per_page: number;
  readonly page?: number;
  readonly after?: string;
  readonly cursor?: string;
}

/** A page's entries, with the headers that lead on. */
export interface Listed<T> {
  readonly data: readonly T[];
  readonly headers: { readonly link?: string | undefined };
}

type Fetch<T> = (octokit: Octokit, page: Page) => Promise<Listed<T>>;

/**
 * The pages of a list, one after the other; each is a request of its own and is booked as one. GitHub's link to the next page
 * is followed, and nothing else tells where a list ends: a page may hold fewer entries than asked for.
 * https://docs.github.com/en/rest/using-the-rest-api/using-pagination-in-the-rest-api
 */
export async function* eachPage<T>(sender: Sender, fetch: Fetch<T>): AsyncGenerator<readonly T[], void> {
  for (let page: Page | null = { per_page: PER_PAGE }; page; ) {
    const asked: Page = page;
    const { data, headers } = await send(sender, READ, (octokit) => fetch(octokit, asked));
    yield data;
    page = nextPage(headers.link);
  }
}

/** Every entry of a list. */
export async function pages<T>(sender: Sender, fetch: Fetch<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const page of eachPage(sender, fetch)) all.push(...page);
  return all;
}

/** The page that a `link` header calls the next; null on the last. */
function nextPage(link: string | undefined): Page | null {
  const next = link?.match(/<([^<>]*)>;\s*rel="next"/)?.[1];
  if (!next) return null;
  const { searchParams } = new URL(next);
  const [page, after, cursor] = ["page", "after", "cursor"].map((name) => searchParams.get(name));
  return {
    per_page: PER_PAGE,
    ...(page && { page: Number(page) }),
    ...(after && { after }),
    ...(cursor && { cursor }),
  };
}
