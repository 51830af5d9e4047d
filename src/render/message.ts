/**
 * A message as people are told it anywhere, before it is written for a place: GitHub's Markdown (`markdown.ts`), or a channel
 * (`src/people/`). What is the App's own words and what is people's is told apart, since each place makes the latter harmless in its own way.
 */
import { oneLine, shorten } from "../text.js";

/** A piece of a line. */
export type Span =
  /** The App's own words. */
  | string
  /** The same, to stand out. */
  | { readonly strong: string }
  /** People's words, of which so many characters are shown; `url`: where they lead. */
  | { readonly said: string; readonly most: number; readonly url?: string }
  /** Somebody, who is named and not notified. */
  | { readonly login: string };

export type Line = readonly Span[];

/** A line, and what stands indented below it. */
export interface Entry {
  readonly line: Line;
  readonly under?: readonly Line[];
}

export interface Section {
  readonly title: string;
  readonly entries: readonly Entry[];
  /** Whether its title tells enough at first sight: its entries stand on no screen, and where nothing can be folded they are only counted. */
  readonly folded?: boolean;
}

export interface Message {
  readonly title: string;
  /** What is to be read first, a line each. */
  readonly lead: readonly Line[];
  /** What a lead asks next, a line each; left out where there is none. */
  readonly briefing?: readonly Line[];
  /** In the order of how much they matter; none of them empty. */
  readonly sections: readonly Section[];
  /** Where there is more. */
  readonly more: { readonly words: string; readonly url: string };
}

/** Lines as one, the empty ones left out: `a · b`. */
export const joined = (lines: readonly Line[], between = " · "): Line =>
  lines.filter(hasWords).flatMap((line, index) => (index === 0 ? line : [between, ...line]));

const hasWords = (line: Line): boolean => line.some((span) => span !== "");

/** A line without anything but its words. */
export const plain = (line: Line): string =>
  line
    .map((span) => {
      if (typeof span === "string") return span;
      if ("strong" in span) return span.strong;
      return "login" in span ? `@${span.login}` : shorten(oneLine(span.said), span.most);
    })
    .join("");

/** What stands open to the eye below the lead: a screen. */
const SCREEN_LINES = 25;
/** Of a section, so many entries at most, whatever room there is. */
const SHOWN = 5;

/**
 * How many entries of each section stand on the first screen, however many there are: in rounds, so that no section takes another's place; the first ones,
 * which matter most, first.
 */
export function onScreen(sections: readonly Section[]): readonly number[] {
  const shown = sections.map(() => 0);
  let room = SCREEN_LINES - sections.length;
  for (let round = 1; round <= SHOWN; round++)
    for (const [at, section] of sections.entries()) {
      if (section.folded || shown[at] !== round - 1 || section.entries.length < round) continue;
      const lines = linesOf(section, round) - linesOf(section, round - 1);
      if (lines > room) continue;
      shown[at] = round;
      room -= lines;
    }
  return shown;
}

/** The lines that a section takes below its title, so many of its entries shown: these, and one for what is left. */
function linesOf({ entries }: Section, shown: number): number {
  if (shown === 0) return 0;
  const lines = entries.slice(0, shown).reduce((sum, { under = [] }) => sum + 1 + under.length, 0);
  return lines + (entries.length > shown ? 1 : 0);
}
