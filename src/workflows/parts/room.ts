/**
 * How much of GitHub's hourly limit that may take which everybody can have done: a check, who can open a pull request, and a look at
 * commands, who can comment. Nothing of the last quarter: that is kept for merges, the commands of who has a part in the repository, and schedules. Of
 * what is left for all a check takes a tenth at most.
 */
import { Retryable } from "../../errors.js";
import type { Budget } from "../../github/port.js";
import type { Edit } from "../../tracking/edits.js";
import type { Context } from "./context.js";
import type { At, Scene } from "./scene.js";

const PART = 10;
const KEPT = 1 / 4;
/** Comments to look at; `stranger`: by somebody without a part in the repository. */
export type CommentsAt = At & {
  readonly number: number;
  readonly edit?: Edit | undefined;
  readonly stranger?: true;
};

/** A check of one small postmortem, or a look at somebody's commands. */
const LEAST = 10;

/** How many requests one check may send; without a limit as many as it likes. */
const allowance = (budget: Budget | null): number =>
  budget ? Math.floor(Math.max(0, budget.left - budget.limit * KEPT) / PART) : Number.POSITIVE_INFINITY;

/** Whether there is enough left for what everybody can have done. */
export function hasRoom({ app }: Pick<Context, "app">, installationId: number): boolean {
  const budget = app.budget(installationId);
  return budget === null || allowance(budget) >= LEAST;
}

/** Ends such work before it begins where there is too little left. @throws Retryable for the next hour. */
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
