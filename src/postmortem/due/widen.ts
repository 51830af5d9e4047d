/** What goes with a due statement when it is taken out of a title: its brackets, its separator, the markup around it. */
import type { Place } from "./trailing.js";

const OPENING = /[([{（【]\s*[*_`]*$/u;
const CLOSING = /^[*_`]*\s*[)\]}）】]/u;
const SEPARATOR_BEFORE = /\s*(?:[-–—|·•,;:/→]|->|\s)[\s*_`]*$/u;
const SEPARATOR_BEHIND = /^[*_`]*\s*(?:[,;:|、]|[-–—](?=\s))\s*/u;

/** The stretch to take out so that what is left reads on: no empty brackets, no dangling separators. */
export function widen(text: string, start: number, end: number): Place {
  const front = text.slice(Math.max(0, start - 16), start);
  const back = text.slice(end, end + 16);
  const opening = OPENING.exec(front);
  const closing = CLOSING.exec(back);
  if (opening && closing) {
    const from = start - opening[0].length;
    const blank = /\s*$/.exec(text.slice(Math.max(0, from - 8), from))?.[0].length ?? 0;
    return { start: from - blank, end: end + closing[0].length };
  }
  const behind = SEPARATOR_BEHIND.exec(back);
  if (start === 0 || opening) return { start, end: end + (behind?.[0].length ?? 0) };
  const before = SEPARATOR_BEFORE.exec(front);
  return { start: start - (before?.[0].length ?? 0), end };
}
