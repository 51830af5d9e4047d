/**
 * How much of GitHub's hourly limit a check may take: everybody who can open a pull request can have one made, so checks never take
 * more than a tenth each of what is left for all, and nothing of the last quarter. That is kept for merges, commands and schedules.
 */
import { Retryable } from "../../errors.js";
import type { Budget } from "../../github/port.js";
import type { Context } from "./context.js";
import type { Scene } from "./scene.js";

const PART = 10;
const KEPT = 1 / 4;
/** A check of one small postmortem. */
const LEAST = 10;

/** How many requests one check may send; without a limit as many as it likes. */
const allowance = (budget: Budget | null): number =>
  budget ? Math.floor(Math.max(0, budget.left - budget.limit * KEPT) / PART) : Number.POSITIVE_INFINITY;

/** Whether there is enough left for a check. */
export function hasRoom({ app }: Pick<Context, "app">, installationId: number): boolean {
  const budget = app.budget(installationId);
  return budget === null || allowance(budget) >= LEAST;
}

/** Ends a check before it begins where there is too little left. @throws Retryable for the next hour. */
export function waitForRoom({ app }: Pick<Context, "app">, installationId: number): void {
  const budget = app.budget(installationId);
  if (budget === null || hasRoom({ app }, installationId)) return;
  throw new Retryable("What is left of GitHub's hourly limit is kept for merges", {
    waitMs: budget.resetsInMs,
    blameless: true,
  });
}

export interface Room {
  /** Whether the check may send one more request. */
  readonly isLeft: () => boolean;
  /** In how many milliseconds there is more; null where there is no limit. */
  readonly renewedInMs: number | null;
}

/** The room of one check, from what it has sent so far. */
export function roomFor({ app, github, repository }: Scene): Room {
  const budget = app.budget(repository.installationId);
  const most = allowance(budget);
  return { isLeft: () => github.sent() < most, renewedInMs: budget?.resetsInMs ?? null };
}
