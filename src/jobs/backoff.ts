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

/** So often in a row GitHub may be out of reach; then the work is given up. With the waits between, that takes over five hours. */
export const MOST_UNREACHED = 48;

const LONGEST_OUTAGE_WAIT_MS = 15 * 60_000;

/**
 * Milliseconds to wait after GitHub was out of reach `times` in a row (1 or more): from half to the whole of 2 s, then 8 s, 32 s …
 * 15 minutes. Never next to nothing, so that the tries last out an outage.
 */
export function outageMs(times: number, random: () => number): number {
  const longest = Math.min(LONGEST_OUTAGE_WAIT_MS, FIRST_MS * GROWTH ** (times - 1));
  return Math.round((longest * (1 + random())) / 2);
}
