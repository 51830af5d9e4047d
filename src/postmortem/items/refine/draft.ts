/**
 * An item's text while refiners take their parts out of it. What is taken leaves a hole of the same length, so that spans
 * and offsets stay right until the title is what remains.
 */

import { withoutEnd } from "../../../text.js";
import { ARROWS } from "../../arrow.js";
import type { Rich, Span } from "../../markdown/rich.js";

const HOLE = "\uE000";
const EDGE = /[\s\uE000]/;
/** White space, holes, and what parts a text from what stands behind it. */
const CLOSING = new RegExp(`[\\s\\uE000.,;·|${ARROWS}–—-]`, "u");
const INITIAL = /(?:^|[\s.])\p{Lu}\.$/u;

export class Draft {
  readonly spans: readonly Span[];
  #text: string;

  constructor(rich: Rich) {
    this.#text = rich.text;
    this.spans = rich.spans;
  }

  /** The text with holes; as long as the original. */
  get text(): string {
    return this.#text;
  }

  /** Where the text ends, white space, holes and closing separators left aside. */
  get end(): number {
    return this.trimEnd(this.#text.length);
  }

  /** The last place before `from` that carries meaning, one past it. */
  trimEnd(from: number): number {
    let end = from;
    while (end > 0 && (CLOSING.test(this.#text[end - 1] ?? "") || this.#endsInArrow(end))) {
      // The dot of an initial belongs to the name: "Lisa W.".
      if (INITIAL.test(this.#text.slice(Math.max(0, end - 3), end))) break;
      end--;
    }
    return end;
  }

  /** `->` before `end`. */
  #endsInArrow(end: number): boolean {
    return this.#text[end - 1] === ">" && /^[\s\uE000][-=]$/.test(this.#text.slice(Math.max(0, end - 3), end - 1));
  }

  get start(): number {
    let start = 0;
    while (start < this.#text.length && EDGE.test(this.#text[start] ?? "")) start++;
    return start;
  }

  /** Whether what stood at `at` was taken out. */
  isTaken(at: number): boolean {
    return this.#text[at] === HOLE;
  }

  /** Takes a part out. */
  take(start: number, end: number): void {
    this.#text = this.#text.slice(0, start) + HOLE.repeat(Math.max(0, end - start)) + this.#text.slice(end);
  }

  /** A part of the text, holes as spaces. */
  slice(start: number, end: number): string {
    return this.#text.slice(start, end).replaceAll(HOLE, " ").trim();
  }
}

/** `[[page|words]]` of Obsidian and wikis: the words are what is read. */
const WIKI_LINK = /\[\[(?:[^[\]|]*\|)?([^[\]|]*)\]\]/g;
const EMPTY_BRACKETS = /[([（【]\s*[-–—,;:|/&.]*\s*[)\]）】]/gu;
const LOOSE_START = /^(?:[\s,;:：|–—·•)\]]|[.-](?=\s))+/u;
const LOOSE_END = new RegExp(`[\\s,;:：、，；|${ARROWS}–—·•([（-]`, "u");
const LOOSE_ARROW = /\s[-=]>\s*$/u;
/** What a part taken out at the end of brackets leaves before them: "(Ana, )". */
const LOOSE_IN_BRACKETS = /[\s,;、，；]{1,3}(?=[)\]）】])/gu;

/** Without the full stops at the end, and the white space before and between them. */
const withoutStops = (text: string): string => (text.endsWith(".") ? withoutEnd(text, /[\s.]/) : text);

/** What is left of a draft as a title: holes and the brackets and separators around them closed up. */
export function toTitle(draft: Draft): string {
  const text = (draft.text.includes("[[") ? draft.text.replace(WIKI_LINK, "$1") : draft.text)
    .replace(/[\s\uE000]+/g, " ")
    .replace(EMPTY_BRACKETS, " ")
    .replace(LOOSE_IN_BRACKETS, "")
    .replace(/ {2,}/g, " ")
    .replace(/ ([.,;:!?])(?=\s|$)/g, "$1")
    .replace(LOOSE_START, "")
    .replace(LOOSE_ARROW, "");
  return withoutStops(withoutEnd(withoutStops(text), LOOSE_END)).trim();
}
