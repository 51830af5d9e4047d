/** Cuts what is longer than an item's line can be, before any pattern looks at it. Nearly all documents come back as they are. */
import type { Block, Entry } from "../../markdown/block.js";
import { type Rich, sliceRich } from "../../markdown/rich.js";

/** What stands further along a line, or an item's text, is no longer read. */
export const MAX_LENGTH = 2_000;

/** Cuts lines, and remembers which: their numbers go into `cut`. */
export class Cutter {
  readonly cut = new Set<number>();

  blocks(blocks: readonly Block[]): Block[] {
    return blocks.map((block) => this.#block(block));
  }

  /** The text with each of its lines cut. */
  text(rich: Rich): Rich {
    if (rich.text.length <= MAX_LENGTH) return rich;
    const pieces: Rich[] = [];
    let from = 0;
    let start = 0;
    for (const [index, line] of rich.text.split("\n").entries()) {
      if (line.length > MAX_LENGTH) {
        pieces.push(sliceRich(rich, from, start + lengthOf(line)));
        from = start + line.length;
        this.cut.add(rich.line + index);
      }
      start += line.length + 1;
    }
    return pieces.length === 0 ? rich : joined([...pieces, sliceRich(rich, from)], rich.line);
  }

  #block(block: Block): Block {
    switch (block.kind) {
      case "heading":
      case "paragraph":
        return { ...block, text: this.text(block.text) };
      case "table":
        return {
          ...block,
          rows: block.rows.map((row) => ({ ...row, cells: row.cells.map((cell) => this.text(cell)) })),
        };
      case "list":
        return { ...block, items: block.items.map((entry) => this.#entry(entry)) };
      default:
        return block satisfies never;
    }
  }

  #entry(entry: Entry): Entry {
    return { ...entry, head: this.text(entry.head), body: this.blocks(entry.body) };
  }
}

/** How much of a line is read, not ending within a character of two halves. */
const lengthOf = (line: string): number => MAX_LENGTH - (/[\ud800-\udbff]/.test(line.charAt(MAX_LENGTH - 1)) ? 1 : 0);

/** Texts one after the other, the first of which begins on `line`. */
function joined(pieces: readonly Rich[], line: number): Rich {
  const spans: Rich["spans"][number][] = [];
  let offset = 0;
  for (const piece of pieces) {
    for (const span of piece.spans) spans.push({ ...span, start: span.start + offset, end: span.end + offset });
    offset += piece.text.length;
  }
  return { text: pieces.map(({ text }) => text).join(""), spans, line };
}
