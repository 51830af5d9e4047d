/** How long failed work waits before it is tried again. */

const FIRST_MS = 2_000;
const GROWTH = 4;
const LONGEST_MS = 3_600_000;

/**
 * Milliseconds to wait after `failures` failed tries (1 or more): anything up to 2 s, then 8 s, 32 s … an hour. Full
 * jitter, so that what failed together does not come back together.
 * https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
 * @param random gives numbers from 0 to below 1.
 */
export function backoffMs(failures: number, random: () => number): number {
  return Math.round(random() * Math.min(LONGEST_MS, FIRST_MS * GROWTH ** (failures - 1)));
}
