/** Whether a document writes the day or the month first, proven by a date that can be read one way only. */
import { fold } from "./fold.js";
import { orderOf } from "./numeric.js";
import type { DateOrder } from "./types.js";

const NUMERIC = /(?<![\d/.-])(\d{1,2})([/-])(\d{1,2})\2(?:\d{4}|\d\d)(?![\d/-])/g;

/**
 * The order of day and month in the numeric dates of `texts`: 25/09/2025 proves day-first, 9/25/2025 month-first.
 * Null where nothing proves it, or where dates contradict one another.
 */
export function inferDateOrder(texts: Iterable<string>): DateOrder | null {
  const proven = new Set<DateOrder>();
  for (const text of texts) {
    for (const [, one, , other] of fold(text).matchAll(NUMERIC)) {
      const order = orderOf(Number(one), Number(other));
      if (order) proven.add(order);
    }
  }
  return proven.size === 1 ? ([...proven][0] ?? null) : null;
}
