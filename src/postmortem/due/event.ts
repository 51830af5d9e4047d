/**
 * A time at the end of an item that names no day anybody could work out: "before Black Friday", "by the next release", "this
 * week". The author is told that it cannot be read; since the day may as well be part of the work, the title keeps it.
 */
import { HANDLE } from "../../logins.js";
import { LANGUAGE_CODES } from "../languages/index.js";
import { anyDense, perLanguage } from "./lexicon.js";
import type { DueFound } from "./types.js";
import { NO_DAY } from "./vague.js";

const PATTERNS = perLanguage(({ words, unit, filler }) => {
  const cue = `(?:${words.field}|${words.strong}|${words.weak})(?: ?[:：]? |(?<='))(?:(?:${filler}) )*`;
  const period = `(?:${words.current}) (?:${unit})`;
  return new RegExp(`(?<![\\p{L}\\p{N}])(?:${cue}(?:${words.events ?? "(?!)"})|${period})$`, "u");
});

const DENSE = new RegExp(`(?:${anyDense(({ events }) => events)}) ?(?:${anyDense(({ until }) => until)})`, "u");

/** Owners mentioned behind the time, brackets and full stops. */
const BEHIND = new RegExp(`(?:[\\s,.;()\\[\\]—–-]|@${HANDLE})*$`, "u");

/** So much of the end of a text is looked at. */
const LOOKED_AT = 120;

/** The time, as a due statement that cannot be read; nothing is to be taken out for it. `folded` is as long as `text`. */
export function eventIn(text: string, folded: string): DueFound | null {
  const from = Math.max(0, folded.length - LOOKED_AT);
  const end = from + (BEHIND.exec(folded.slice(from))?.index ?? 0);
  const near = folded.slice(from, end);
  const found = [DENSE, ...PATTERNS(LANGUAGE_CODES)].flatMap((pattern) => pattern.exec(near) ?? [])[0];
  if (found === undefined) return null;
  const start = from + near.indexOf(found);
  const words = text.slice(start, start + found.length);
  return { reading: { kind: "unreadable", text: words, why: NO_DAY }, start, end: start };
}
