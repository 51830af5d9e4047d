/** Where words stand, and small sums over it that the library needs. */
import type { Field } from "./profile.js";

/** Where a word stands: in which postmortems, by their slots, ascending, and how much it weighs in each. */
export interface Postings {
  readonly slots: number[];
  readonly weights: number[];
}

export const NOWHERE: Postings = { slots: [], weights: [] };

export function byField<T>(make: (field: Field) => T): Record<Field, T> {
  return { title: make("title"), cause: make("cause"), whole: make("whole"), code: make("code") };
}

export function increase(counts: Map<number, number>, slot: number): void {
  counts.set(slot, (counts.get(slot) ?? 0) + 1);
}

/** Tells the place of a value among all, the greatest first, as logarithms: 0 for the first. */
export function ranks(values: Float64Array): (value: number) => number {
  const sorted = values.slice().sort();
  return (value) => {
    let [low, high] = [0, sorted.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((sorted[middle] ?? 0) > value) high = middle;
      else low = middle + 1;
    }
    return Math.log1p(sorted.length - low);
  };
}
