/**
 * What the Markdown parser would take too long for, changed before it is parsed so that it reads the same and costs little. The
 * parser's cost grows with the square of these (measured with satteri 0.10.5): markers of lists and quotes on one line, underscores or
 * addresses in one word, character references in one block, lines of a link's title, and markup on a line that is not all ASCII. What
 * is touched is decided by counting alone, so that it is the same on every machine. Lines stay where they are.
 */

/** A document fit to be parsed. */
export interface Tamed {
  readonly text: string;
  /** The 1-based line from which on nothing is read, since there is too much of it; null where all are read. */
  readonly unreadFrom: number | null;
  /** The line from which on links and references such as `&amp;` are read as they are written; null where all are read. */
  readonly asWrittenFrom: number | null;
  /** Lines that were cut, since they are long and full of markup. */
  readonly cut: readonly number[];
}

/** A document that is too short to go beyond any of the bounds below, whatever stands in it, but for its depth, which is cheap then. */
const HARMLESS = 10_000;

/** Lines, and markers of lists and quotes, of which each makes a part of the tree. A day's log has fewer. */
const MAX_PARTS = 50_000;

/** Signs of markup, of which each may make one too: 1 MiB of nothing but table cells has five times as many. */
const MAX_SIGNS = 200_000;

/** An address that becomes a link costs so many times more than emphasis. */
const ADDRESS_EXTRA = 4;

/** More than are read (`MAX_DEPTH` in `blocks.ts`), so that what stands behind is told there as nested too deep. */
const MAX_MARKERS = 50;

/** A shorter line cannot hold a word that costs anything. */
const MAX_HARMLESS = 1_000;

/**
 * Letters of a word times its underscores, or its addresses, summed over a document: a quarter of a second. A long name, or the address
 * of an address, takes a few thousand.
 */
const WORD_BUDGET = 200_000_000;

/**
 * Letters of a block times its references, summed over a document: half a second at most. A paragraph of 5,000 letters with fifty
 * references takes 250,000.
 */
const REFERENCE_BUDGET = 50_000_000;

/**
 * The square of the lines of a block with a link, summed over a document: the link's title may go on over them. An eighth of a second;
 * seven thousand lines without an empty one between.
 */
const LINK_BUDGET = 50_000_000;

/**
 * Letters of a line times its signs of markup, summed over the lines that are not all ASCII: a third of a second. A paragraph of 5,000
 * letters on one line with two hundred signs takes a million.
 */
const MARKUP_BUDGET = 1_000_000_000;

/** Where a line is cut that goes beyond. */
const CUT_AT = 2_000;

/**
 * Joins what stands around it and shows nothing. Behind a sign it hides from the parser what the sign would begin, and the reader
 * takes it out of the text again (see `visible` in `text.ts`).
 */
const WORD_JOINER = "\u2060";

const MARKERS = /^(?:[ \t]*(?:>|(?:[-+*]|\d{1,9}[.)])(?=[ \t])))*/;
const ONE_MARKER = /[ \t]*(?:>|[-+*]|\d{1,9}[.)])/g;
/** What the parser takes for the front part of an e-mail address, at each underscore again. */
const WORD = /[\w.+-]+/g;
const REFERENCE = /&(?=#?[\da-z]+;)/gi;
const LINK = /\]\(/g;
const SIGN = /[|*~`<[\]\\@]|[_&](?!\u2060)|:\/\/|www\./gi;
const ADDRESS = /@|:\/\/|www\./gi;
const ASCII = /^[\0-\x7f]*$/;
/** https://spec.commonmark.org/0.31.2/#thematic-breaks */
const RULE = /^[ \t]*([-*])[ \t]*(?:\1[ \t]*)+$/;
const OPENS_ITEM = /^ {0,3}[-+*][ \t]/;

/** Makes a document fit to be parsed. Nearly all come back as they are. */
export function tame(text: string): Tamed {
  if (text.length <= HARMLESS) return { text, unreadFrom: null, asWrittenFrom: null, cut: [] };
  const all = text.split("\n");
  const lines: string[] = [];
  let parts = 0;
  let signs = 0;
  for (const line of all) {
    const marks = markersOf(line);
    parts += 1 + partsOf(Math.min(marks.length, MAX_MARKERS));
    signs += count(line, SIGN) + ADDRESS_EXTRA * count(line, ADDRESS);
    if (parts > MAX_PARTS || signs > MAX_SIGNS) break;
    lines.push(withoutDepth(line, marks));
  }
  const { lines: decoded, from } = tameBlocks(tameWords(lines));
  const { lines: tamed, cut } = tameMarkup(decoded);
  const unreadFrom = lines.length < all.length ? lines.length + 1 : null;
  return { text: tamed.join("\n"), unreadFrom, asWrittenFrom: from, cut };
}

/** What so many markers on a line count for: each level of nesting is walked through once more by all that stands within. */
const partsOf = (markers: number): number => markers + Math.floor(markers ** 2 / 10);

/** Where each marker of a list or quote that the line begins with ends. */
function markersOf(line: string): number[] {
  const markers = MARKERS.exec(line)?.[0] ?? "";
  return markers === "" ? [] : [...markers.matchAll(ONE_MARKER)].map(({ index, 0: marker }) => index + marker.length);
}

/** The line with so many markers as can be told to be too many, and what stands behind them all. */
function withoutDepth(line: string, ends: readonly number[]): string {
  if (ends.length <= MAX_MARKERS || RULE.test(line)) return line;
  return `${line.slice(0, ends[MAX_MARKERS - 1])} ${line.slice(ends.at(-1)).trimStart()}`;
}

/** The lines with joiners in words of so many underscores or addresses that no person wrote them. */
function tameWords(lines: readonly string[]): readonly string[] {
  const underscores = new Allowance(WORD, /_/g, WORD_BUDGET);
  const addresses = new Allowance(/\S+/g, /:(?=\/\/)/g, WORD_BUDGET);
  return lines.map((line) => {
    if (line.length <= MAX_HARMLESS) return line;
    const first = line.includes("_") ? underscores.apply(line) : line;
    return first.includes("://") ? addresses.apply(first) : first;
  });
}

/** How many signs words may hold, each counted with the letters of its word; beyond, a joiner goes behind each. */
class Allowance {
  #left: number;

  constructor(
    private readonly word: RegExp,
    private readonly sign: RegExp,
    budget: number,
  ) {
    this.#left = budget;
  }

  apply(line: string): string {
    return line.replace(this.word, (word) => {
      const cost = word.length * count(word, this.sign);
      if (cost > this.#left) return word.replace(this.sign, `$&${WORD_JOINER}`);
      this.#left -= cost;
      return word;
    });
  }
}

/** What costs too much in one block, and how much of it. */
interface Excess {
  /** What is looked for, and what a joiner goes behind the first sign of. */
  readonly pattern: RegExp;
  readonly cost: (block: readonly string[]) => number;
  /** What all blocks together may cost. */
  readonly budget: number;
}

const EXCESSES: readonly Excess[] = [
  {
    pattern: REFERENCE,
    cost: (block) => sum(block, (line) => count(line, REFERENCE)) * sum(block, ({ length }) => length),
    budget: REFERENCE_BUDGET,
  },
  {
    pattern: LINK,
    cost: (block) => (block.some((line) => line.includes("](")) ? block.length ** 2 : 0),
    budget: LINK_BUDGET,
  },
];

/** The lines with joiners in blocks that hold so much of something that no person wrote them; `from` is the first such line. */
function tameBlocks(lines: readonly string[]): { lines: readonly string[]; from: number | null } {
  const left = EXCESSES.map(({ budget }) => budget);
  let from: number | null = null;
  const tamed: string[] = [];
  for (const block of blocksOf(lines)) {
    let shown: readonly string[] = block;
    for (const [index, { pattern, cost }] of EXCESSES.entries()) {
      const rest = (left[index] ?? 0) - cost(block);
      if (rest >= 0) left[index] = rest;
      else {
        from ??= tamed.length + 1 + block.findIndex((line) => line.search(pattern) >= 0);
        shown = shown.map((line) => line.replace(pattern, (found) => found.charAt(0) + WORD_JOINER + found.slice(1)));
      }
    }
    for (const line of shown) tamed.push(line);
  }
  return { lines: tamed, from };
}

const sum = (lines: readonly string[], of: (line: string) => number): number =>
  lines.reduce((total, line) => total + of(line), 0);

/** The lines in runs that no paragraph, cell or heading goes beyond: it ends before an empty line, or where an item begins. */
function* blocksOf(lines: readonly string[]): Generator<string[]> {
  let block: string[] = [];
  for (const line of lines) {
    if (block.length > 0 && (line.trim() === "" || OPENS_ITEM.test(line))) {
      yield block;
      block = [];
    }
    block.push(line);
  }
  yield block;
}

/** The lines with those cut that are long, not all ASCII, and full of markup; `cut` has their numbers. */
function tameMarkup(lines: readonly string[]): { lines: readonly string[]; cut: readonly number[] } {
  let left = MARKUP_BUDGET;
  const cut: number[] = [];
  const tamed = lines.map((line, index) => {
    if (line.length <= CUT_AT || ASCII.test(line)) return line;
    const cost = line.length * count(line, SIGN);
    if (cost <= left) {
      left -= cost;
      return line;
    }
    cut.push(index + 1);
    return line.slice(0, CUT_AT);
  });
  return { lines: tamed, cut };
}

/** How often a global pattern matches. */
function count(text: string, pattern: RegExp): number {
  let found = 0;
  pattern.lastIndex = 0;
  while (pattern.test(text)) found++;
  return found;
}
