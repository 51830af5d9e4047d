/**
 * Places at the end of an item where a date may stand without a due word: in closing brackets, behind a separator,
 * behind the mention of an owner. "Fix it (Lisa, 2025-01-10)", "Fix it — Sept 25", "Fix it @lisa 2025-01-10".
 */

import { HANDLE } from "../../logins.js";
import { ARROW } from "../arrow.js";
import { anySpaced } from "./lexicon.js";

export interface Place {
  readonly start: number;
  readonly end: number;
}

/** So much of the end of a text is looked at. */
const LOOKED_AT = 160;
/** Without one of these no date stands there. */
const MAY_TRAIL = new RegExp(`\\d|${anySpaced(({ closing }) => closing)}`, "u");

const LAST_BRACKET = /[([{（]([^()[\]{}（）]{1,120})[)\]}）][\s.,;*_`]*$/u;
const MENTION_AT_END = new RegExp(`[\\s,]@${HANDLE}[\\s.,;]*$`, "u");
const SEPARATOR = new RegExp(`\\s+(?:-{1,3}|–|—|\\||·|•|${ARROW}|\\/)\\s+|\\s*[|—]\\s*|;\\s+`, "gu");
const INNER = /\s*[,;|·]\s*|\s+(?:-|–|—|\/)\s+/gu;
const BEHIND_MENTION = new RegExp(`@${HANDLE}[,:]?\\s+`, "gu");
/** A comma will do in front of a date that is plainly one. */
const FULL_DATE_AT_END = /, *(\d{4}-\d\d-\d\d)[\s.]*$/;
const SHORT_TAIL = /^\s*[^\s]+(?:\s+[^\s]+){0,3}\s*$/u;

/** `text` from `from` to `to`, cut at `separator`. */
function pieces(text: string, from: number, to: number, separator: RegExp): Place[] {
  const places: Place[] = [];
  let start = from;
  for (const match of text.slice(from, to).matchAll(separator)) {
    places.push({ start, end: from + match.index });
    start = from + match.index + match[0].length;
  }
  places.push({ start, end: to });
  return places;
}

/** The last brackets of the text, behind which only brackets and mentions stand. */
function brackets(text: string): { places: Place[]; rest: number } {
  const places: Place[] = [];
  let rest = text.length;
  for (let round = 0; round < 3; round++) {
    const tail = text.slice(Math.max(0, rest - 200), rest);
    const offset = rest - tail.length;
    const mention = MENTION_AT_END.exec(tail);
    const bracket = mention ? null : LAST_BRACKET.exec(tail);
    if (bracket?.[1] !== undefined) {
      const start = offset + bracket.index + 1;
      const end = start + bracket[1].length;
      places.push(...pieces(text, start, end, INNER), { start, end });
    }
    const cut = mention ?? bracket;
    if (!cut) break;
    rest = offset + cut.index;
  }
  return { places, rest };
}

/** The places of `text` (folded) where a date without a due word counts. The first words of an item are never one. */
export function trailing(text: string): Place[] {
  if (!MAY_TRAIL.test(text.slice(-LOOKED_AT))) return [];
  const { places } = brackets(text);
  const segments = pieces(text, 0, text.length, SEPARATOR);
  const last = segments.at(-1);
  if (segments.length > 1 && last) {
    places.push(last);
    const before = segments.at(-2);
    if (segments.length > 2 && before && SHORT_TAIL.test(text.slice(last.start, last.end))) places.push(before);
  }
  const tail = Math.max(0, text.length - LOOKED_AT);
  const dated = FULL_DATE_AT_END.exec(text.slice(tail));
  if (dated) places.push({ start: tail + dated.index + dated[0].indexOf(dated[1] ?? ""), end: text.length });
  for (const match of text.slice(tail).matchAll(BEHIND_MENTION)) {
    places.push({ start: tail + match.index + match[0].length, end: text.length });
  }
  return places;
}
