/**
 * Sending requests to GitHub, which only this folder does (docs/github-api.md lists them all). Each request is booked against
 * GitHub's limits first, sent once, and its refusal translated; trying again is the work list's business, because only
 * there is it known whether a write must be looked for before it is repeated.
 */
import type { ProbotOctokit } from "probot";
import { Retryable } from "../errors.js";
import { isTokenRefused, Refused, translate } from "./errors.js";

/** A repository as Octokit wants it named. */
export interface Where {
  readonly owner: string;
  readonly repo: string;
}

type Octokit = InstanceType<typeof ProbotOctokit>;

/** Asked before each request; throws {@link Retryable} where GitHub's limits leave no room. */
export type Gate = (request: { readonly points: number; readonly content: boolean }) => Promise<void>;

/** Told when GitHub itself says to wait. */
export type OnLimit = (until: Date) => Promise<void>;

export interface Sender {
  readonly octokit: Octokit;
  readonly gate: Gate;
  readonly onLimit: OnLimit;
  /** Lets the next request get a new token; the one in use would be used until the hour is over. */
  readonly renew: () => Promise<void>;
  readonly now: () => Date;
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
    // Octokit takes an answer that broke off for a good one, its data a text; whether a write was done is then unknown.
    if ("status" in answer && answer.status !== 204 && "data" in answer && typeof answer.data === "string") {
      throw new Error("GitHub's answer broke off");
    }
    return answer;
  } catch (error) {
    const translated = translate(error, sender.now());
    if (translated instanceof Retryable && translated.blameless && translated.at) await sender.onLimit(translated.at);
    if (isTokenRefused(error)) await sender.renew();
    throw translated;
  }
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

/** Every page of a list; each page is a request of its own, asked for by the parameters given, and is booked as one. */
export async function pages<T>(
  sender: Sender,
  fetch: (octokit: Octokit, page: { readonly per_page: number; readonly page: number }) => Promise<{ data: T[] }>,
): Promise<T[]> {
  const all: T[] = [];
  for (let page = 1; ; page++) {
    const { data } = await send(sender, READ, (octokit) => fetch(octokit, { per_page: PER_PAGE, page }));
    all.push(...data);
    if (data.length < PER_PAGE) return all;
  }
}

/** Where a list that goes by cursors goes on: the value of `parameter` in the link to its next page; undefined on the last. */
export function nextCursor(link: string | undefined, parameter: "after" | "cursor"): string | undefined {
  return link?.match(new RegExp(`[?&]${parameter}=([^&>]+)[^>]*>; rel="next"`))?.[1];
}
