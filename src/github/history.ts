/**
 * Where a branch stood at an earlier time. Commit dates cannot tell (a topic branch's commits are older than its merge),
 * so GitHub's own record of pushes and merges is asked.
 * https://docs.github.com/en/rest/repos/repos#list-repository-activities
 */
import { eachPage, type Sender, type Where } from "./send.js";

/** The record can be asked for these periods only, counted back from now. */
const PERIODS = [
  ["day", 1],
  ["week", 7],
  ["month", 30],
  ["quarter", 90],
  ["year", 365],
] as const;

const DAY_MS = 86_400_000;

/** Stands for the commit of a branch that was not there yet. */
const NO_COMMIT = /^0+$/;

/**
 * The commit at which a branch stood at an ISO instant. Null where it has not moved since, was not there yet, or the instant
 * is longer ago than GitHub's record.
 */
export async function branchAt(
  { sender, where, now }: { sender: Sender; where: Where; now: Date },
  branch: string,
  instant: string,
): Promise<string | null> {
  const age = (now.getTime() - Date.parse(instant)) / DAY_MS;
  const period = PERIODS.find(([, days]) => days > age)?.[0];
  if (!period) return null;
  const moves = eachPage(sender, (octokit, page) =>
    octokit.rest.repos.listActivities({
      ...where,
      ref: `refs/heads/${branch}`,
      time_period: period,
      direction: "asc",
      ...page,
    }),
  );
  for await (const page of moves) {
    const first = page.find(({ timestamp }) => Date.parse(timestamp) >= Date.parse(instant));
    if (first) return NO_COMMIT.test(first.before) ? null : first.before;
  }
  return null;
}
