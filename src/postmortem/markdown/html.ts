/**
 * The few HTML blocks people write in postmortems as blocks: tables, lists, headings, `<summary>`. Positions come from
 * counting line breaks; anything else between the tags is text. Read in one pass over the tags, so hostile HTML costs no
 * more than its length.
 */
import type { Block, Entry, Row } from "./block.js";
import { BR, type Rich, type Span } from "./rich.js";

const COMMENT = /<!--[\s\S]*?(?:-->|$)/g;
const TOKEN = /<(\/?)([a-zA-Z][a-zA-Z0-9]*)((?:\s[^<>]*)?)\/?>|[^<]+|</g;
const HREF = /href\s*=\s*["']?([^"'\s>]+)/i;
const ENTITY = /&(amp|lt|gt|quot|nbsp|#39|#x27);/g;
const ENTITIES: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  nbsp: " ",
  "#39": "'",
  "#x27": "'",
};
const INLINE: Readonly<Record<string, Span["kind"]>> = {
  b: "strong",
  strong: "strong",
  em: "emphasis",
  i: "emphasis",
  s: "delete",
  del: "delete",
  strike: "delete",
  code: "code",
};

/** The blocks in a piece of raw HTML that begins on `line`. */
export function htmlBlocks(html: string, line: number): Block[] {
  const source = html.replace(COMMENT, (comment) => comment.replace(/[^\n]/g, ""));
  if (source.trim() === "") return [];
  const builder = new HtmlBuilder(line);
  for (const match of source.matchAll(TOKEN)) {
    const [token, closing, tag, attributes] = match;
    if (tag === undefined) builder.write(token);
    else if (closing === "/") builder.close(tag.toLowerCase());
    else builder.open(tag.toLowerCase(), attributes ?? "");
    builder.advance(token);
  }
  return builder.finish();
}

/** Lists nested deeper than this are read as if they were not: nobody can follow them. */
const MAX_LISTS = 40;

interface OpenList {
  readonly ordered: boolean;
  readonly line: number;
  readonly items: Entry[];
  /** The entry whose end is still to come. */
  entry: { readonly line: number; head: Rich | null; readonly body: Block[] } | null;
}

/** Turns a stream of tags and text into blocks. */
class HtmlBuilder {
  readonly #blocks: Block[] = [];
  #line: number;
  #text = "";
  /** Nothing but white space was written so far. Kept, since to ask a text that is being put together costs its length. */
  #blank = true;
  #textLine: number;
  #spans: Span[] = [];
  readonly #open: { kind: Span["kind"]; start: number; url?: string }[] = [];
  #rows: Row[] | null = null;
  #cells: Rich[] | null = null;
  #rowLine = 0;
  /** The open lists, outermost first. */
  readonly #lists: OpenList[] = [];

  constructor(line: number) {
    this.#line = line;
    this.#textLine = line;
  }

  advance(token: string): void {
    for (let at = token.indexOf("\n"); at >= 0; at = token.indexOf("\n", at + 1)) this.#line++;
  }

  write(text: string): void {
    if (this.#blank) {
      this.#textLine = this.#line + leadingBreaks(text);
      this.#text = unescapeHtml(text.trimStart());
      this.#blank = this.#text.trim() === "";
    } else this.#text += unescapeHtml(text);
  }

  open(tag: string, attributes: string): void {
    const kind = INLINE[tag];
    if (kind !== undefined) this.#open.push({ kind, start: this.#text.length });
    else if (tag === "a")
      this.#open.push({ kind: "link", start: this.#text.length, url: HREF.exec(attributes)?.[1] ?? "" });
    else if (tag === "br") this.#text += BR;
    else if (tag === "table") {
      this.#flush();
      this.#rows = [];
    } else if (tag === "tr" && this.#rows !== null) {
      this.#endRow();
      this.#cells = [];
      this.#rowLine = this.#line;
    } else if ((tag === "td" || tag === "th") && this.#cells !== null) this.#take();
    else if (tag === "ul" || tag === "ol") this.#openList(tag === "ol");
    else if (tag === "li") this.#openEntry();
    else if (/^(?:h[1-6]|summary|p|div|details)$/.test(tag) && this.#cells === null && !this.#inEntry) this.#flush();
  }

  close(tag: string): void {
    const kind = INLINE[tag] ?? (tag === "a" ? "link" : undefined);
    if (kind !== undefined) this.#closeInline(kind);
    else if (tag === "td" || tag === "th") this.#cells?.push(this.#take());
    else if (tag === "tr") this.#endRow();
    else if (tag === "table") this.#endTable();
    else if (tag === "li") this.#endEntry();
    else if (tag === "ul" || tag === "ol") this.#endList();
    else if (this.#cells !== null || this.#inEntry) return;
    else if (/^h[1-6]$/.test(tag)) this.#heading(Number(tag.slice(1)));
    else if (tag === "summary") this.#flush(true);
    else if (tag === "p" || tag === "div") this.#flush();
  }

  finish(): Block[] {
    this.#endTable();
    while (this.#lists.length > 0) this.#endList();
    this.#flush();
    return this.#blocks;
  }

  #closeInline(kind: Span["kind"]): void {
    const at = this.#open.findLastIndex((span) => span.kind === kind);
    const span = at < 0 ? undefined : this.#open[at];
    if (span === undefined) return;
    this.#open.length = at;
    this.#spans.push({ ...span, end: this.#text.length });
  }

  #take(): Rich {
    const end = this.#text.trimEnd().length;
    const rich = {
      text: this.#text.slice(0, end),
      spans: this.#spans
        .map((span) => ({ ...span, end: Math.min(span.end, end) }))
        .filter((span) => span.start < span.end),
      line: this.#text === "" ? this.#line : this.#textLine,
    };
    this.#text = "";
    this.#blank = true;
    this.#spans = [];
    this.#open.length = 0;
    return rich;
  }

  #flush(strong = false): void {
    const text = this.#take();
    if (text.text === "") return;
    const spans: readonly Span[] = strong
      ? [...text.spans, { kind: "strong", start: 0, end: text.text.length }]
      : text.spans;
    this.#blocks.push({ kind: "paragraph", text: { ...text, spans }, line: text.line, endLine: this.#line });
  }

  #heading(depth: number): void {
    const text = this.#take();
    if (text.text !== "") this.#blocks.push({ kind: "heading", depth, text, line: text.line, endLine: this.#line });
  }

  #endRow(): void {
    if (this.#cells !== null && this.#cells.length > 0) this.#rows?.push({ line: this.#rowLine, cells: this.#cells });
    this.#cells = null;
  }

  #endTable(): void {
    this.#endRow();
    const [first] = this.#rows ?? [];
    if (this.#rows !== null && first !== undefined) {
      this.#blocks.push({ kind: "table", rows: this.#rows, line: first.line, endLine: this.#line });
    }
    this.#rows = null;
  }

  get #inEntry(): boolean {
    return this.#lists.at(-1)?.entry != null;
  }

  /** A list within an entry is nested under it, so the entry's own words end here. */
  #openList(ordered: boolean): void {
    if (this.#cells !== null || this.#lists.length >= MAX_LISTS) return;
    if (this.#inEntry) this.#takeHead();
    else this.#flush();
    this.#lists.push({ ordered, line: this.#line, items: [], entry: null });
  }

  #openEntry(): void {
    const list = this.#lists.at(-1);
    if (list === undefined) return;
    this.#endEntry();
    list.entry = { line: this.#line, head: null, body: [] };
  }

  /** The words of the open entry so far are its text; what comes behind a nested list is a paragraph of it. */
  #takeHead(): void {
    const entry = this.#lists.at(-1)?.entry;
    const text = this.#take();
    if (entry == null || text.text === "") return;
    if (entry.head === null) entry.head = text;
    else entry.body.push({ kind: "paragraph", text, line: text.line, endLine: this.#line });
  }

  #endEntry(): void {
    const list = this.#lists.at(-1);
    if (list?.entry == null) return;
    this.#takeHead();
    const { line, head, body } = list.entry;
    list.entry = null;
    if (head === null && body.length === 0) return;
    list.items.push({
      checked: null,
      head: head ?? { text: "", spans: [], line },
      body,
      line,
      endLine: this.#line,
    });
  }

  #endList(): void {
    this.#endEntry();
    const list = this.#lists.pop();
    const [first] = list?.items ?? [];
    if (list === undefined || first === undefined) return;
    const { ordered, items } = list;
    const block: Block = { kind: "list", ordered, items, line: first.line, endLine: this.#line };
    const outer = this.#lists.at(-1)?.entry;
    if (outer == null) this.#blocks.push(block);
    else outer.body.push(block);
  }
}

function leadingBreaks(text: string): number {
  return text.slice(0, text.length - text.trimStart().length).split("\n").length - 1;
}

function unescapeHtml(text: string): string {
  return text.replace(ENTITY, (whole, name: string) => ENTITIES[name] ?? whole);
}
