/**
 * The few HTML blocks people write in postmortems as blocks: tables, lists, headings, `<summary>`. Positions come from
 * counting line breaks; anything else between the tags is text. Built in one pass over the tags, so hostile HTML costs no
 * more than its length.
 */
import type { Block, Entry, Row } from "./block.js";
import { BR, type Rich, type Span } from "./rich.js";
import { type Attributes, readTags, type TagHandlers } from "./tags.js";

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
  const builder = new HtmlBuilder(html, line);
  readTags(html, builder);
  return builder.finish();
}

/** Lists nested deeper than this are read as if they were not: nobody can follow them. */
const MAX_LISTS = 40;

interface OpenList {
  readonly ordered: boolean;
  readonly line: number;
  readonly items: Entry[];
  /** The entry whose end is still to come. */
  entry: { readonly line: number; checked: boolean | null; head: Rich | null; readonly body: Block[] } | null;
}

/** Turns a stream of tags and text into blocks. */
class HtmlBuilder implements TagHandlers {
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

  /** Where the next line break is, below 0 where there is none. */
  #break: number;

  constructor(
    private readonly html: string,
    line: number,
  ) {
    this.#line = line;
    this.#textLine = line;
    this.#break = html.indexOf("\n");
  }

  text(text: string, at: number): void {
    this.#advance(at);
    if (this.#blank) {
      this.#textLine = this.#line + leadingBreaks(text);
      this.#text = text.trimStart();
      this.#blank = this.#text === "";
    } else this.#text += text;
  }

  open(tag: string, attributes: Attributes, at: number): void {
    this.#advance(at);
    const kind = INLINE[tag];
    if (kind !== undefined) this.#open.push({ kind, start: this.#text.length });
    else if (tag === "a")
      this.#open.push({ kind: "link", start: this.#text.length, url: attributes.get("href") ?? "" });
    else if (tag === "br") this.#text += BR;
    else if (tag === "input") this.#box(attributes);
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

  close(tag: string, at: number): void {
    this.#advance(at);
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
    this.#advance(this.html.length);
    this.#endTable();
    while (this.#lists.length > 0) this.#endList();
    this.#flush();
    return this.#blocks;
  }

  /** Counts the line breaks before `index`. */
  #advance(index: number): void {
    for (; this.#break >= 0 && this.#break < index; this.#break = this.html.indexOf("\n", this.#break + 1))
      this.#line++;
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
    list.entry = { line: this.#line, checked: null, head: null, body: [] };
  }

  /** A task box, as Markdown's `[x]`. */
  #box(attributes: Attributes): void {
    const entry = this.#lists.at(-1)?.entry;
    if (entry != null && entry.head === null && this.#blank && attributes.get("type")?.toLowerCase() === "checkbox")
      entry.checked = attributes.has("checked");
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
    const { line, checked, head, body } = list.entry;
    list.entry = null;
    if (head === null && body.length === 0) return;
    list.items.push({
      checked,
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
