/** The two kinds of figure that stand for many items: how many of how many, and how long it usually takes. No means: one old item would bend them. */

/** So many of so many. */
export interface Share {
  readonly count: number;
  readonly of: number;
}

/** How many of these are so. */
export const share = <T>(all: readonly T[], isSo: (one: T) => boolean): Share => ({
  count: all.filter(isSo).length,
  of: all.length,
});

/** What is usual, and what nine in ten stay within; both are values that occurred. */
export interface Spread {
  readonly median: number;
  readonly p90: number;
  /** Of how many. */
  readonly of: number;
}

/** The spread of these values; null where there are none. */
export function spread(values: readonly number[]): Spread | null {
  if (values.length === 0) return null;
  const sorted = [...values].sort((a, b) => a - b);
  return { median: percentile(sorted, 50), p90: percentile(sorted, 90), of: values.length };
}

/** The smallest value that so many percent do not exceed (nearest rank: https://en.wikipedia.org/wiki/Percentile#The_nearest-rank_method). */
function percentile(sorted: readonly number[], percent: number): number {
  return sorted[Math.ceil((sorted.length * percent) / 100) - 1] ?? 0;
}
