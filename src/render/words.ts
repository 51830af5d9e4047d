/** Small words that every message shares. */
import { type PlainDate, weekday } from "../calendar.js";

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const WEEKDAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];

/** A day as every reader understands it, whatever the order they are used to: `Wed 25 Sep 2024`. */
export function day(date: PlainDate): string {
  const [year, month = "1", dayOfMonth = "1"] = date.split("-");
  return `${WEEKDAYS[weekday(date)]} ${Number(dayOfMonth)} ${MONTHS[Number(month) - 1]} ${year}`;
}

/** `1 item`, `2 items`. */
export function count(amount: number, one: string, many = `${one}s`): string {
  return `${amount} ${amount === 1 ? one : many}`;
}

/** `a`, `a and b`, `a, b and c`. */
export function list(words: readonly string[]): string {
  if (words.length < 2) return words.join("");
  return `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}

/** The text with a capital at its beginning. */
export const sentence = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);
