/** The few shapes of block that reading tells apart; `blocks.ts` makes them of Markdown, `html.ts` of HTML. */
import type { Rich } from "./rich.js";

export type Block = Heading | Paragraph | ListBlock | TableBlock;

interface Lines {
  /** 1-based, inclusive. */
  readonly line: number;
  readonly endLine: number;
}

/** A heading of the document's own outline; one inside a quote or list is a bold paragraph. */
export interface Heading extends Lines {
  readonly kind: "heading";
  readonly depth: number;
  readonly text: Rich;
}

export interface Paragraph extends Lines {
  readonly kind: "paragraph";
  readonly text: Rich;
}

export interface ListBlock extends Lines {
  readonly kind: "list";
  readonly ordered: boolean;
  readonly items: readonly Entry[];
}

/** One bullet or number: its first paragraph and whatever is nested under it. */
export interface Entry extends Lines {
  /** The state of its task box, null without one. */
  readonly checked: boolean | null;
  readonly head: Rich;
  readonly body: readonly Block[];
}

export interface TableBlock extends Lines {
  readonly kind: "table";
  /** The first row names the columns. */
  readonly rows: readonly Row[];
}

export interface Row {
  readonly line: number;
  readonly cells: readonly Rich[];
}
