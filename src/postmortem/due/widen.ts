/** What goes with a due statement when it is taken out of a title: its brackets, its separator, the markup around it. */
import { ARROW } from "../arrow.js";
import type { Place } from "./trailing.js";

const OPENING = /[([{（【]\s*[*_`]*$/u;
const CLOSING = /^[*_`]*\s*[)\]}）】]/u;
const SEPARATOR_BEFORE = new RegExp(`\\s*(?:[-–—|·•,;:/，、；]|${ARROW}|\\s)[\\s*_\`]*$`, "u");
const SEPARATOR_BEHIND = /^[*_`]*\s*(?:[,;:|，、；：]|[-–—](?=\s))?\s*/u;
const MARKUP = /[*_`]/;

/** How much of the end of `text` matches. */
const endLength = (text: string, at: number, pattern: RegExp): number =>
  pattern.exec(text.slice(Math.max(0, at - 16), at))?.[0].length ?? 0;

/** How much matches right behind `at`. */
const startLength = (text: string, at: number, pattern: RegExp): number =>
  pattern.exec(text.slice(at, at + 16))?.[0].length ?? 0;

/** The stretch to take out so that what is left reads on: no empty brackets, no dangling separators or markup. */
export function widen(text: string, start: number, end: number): Place {
  const marked = MARKUP.test(text.slice(start, end)) || MARKUP.test(text.charAt(end));
  const from = marked ? start - endLength(text, start, /[*_`]+$/) : start;
  const to = marked ? end + startLength(text, end, /^[*_`]+/) : end;
  const opening = endLength(text, from, OPENING);
  const closing = startLength(text, to, CLOSING);
  if (opening > 0 && closing > 0) {
    const outside = from - opening;
    return { start: outside - endLength(text, outside, SEPARATOR_BEFORE), end: to + closing };
  }
  if (opening > 0 || from === 0) return { start: from, end: to + startLength(text, to, SEPARATOR_BEHIND) };
  return { start: from - endLength(text, from, SEPARATOR_BEFORE), end: to };
}
