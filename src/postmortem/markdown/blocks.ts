/**
 * The Markdown tree as the few block shapes that reading tells apart. Quotes, alerts, admonitions and `<details>` are
 * transparent: what stands in them is read as if it stood alone.
 */
import type { BlockContent, Code, DefinitionContent, List, ListItem, Nodes, Root, RootContent, Table } from "mdast";
import type { Block, Entry, ListBlock, Row } from "./block.js";
import { htmlBlocks } from "./html.js";
import { type Rich, toRich } from "./rich.js";
import { parseMarkdown } from "./tree.js";

export interface Blocks {
  readonly blocks: readonly Block[];
  /** Line of the first part that is nested too deep to read, null where all was read. */
  readonly tooDeep: number | null;
}

/** Lists and quotes nested deeper than this are not read: nobody can follow them, and the walk must not overflow. */
const MAX_DEPTH = 40;

/** A table with more columns is no action table; its further cells are not read. */
const MAX_COLUMNS = 60;

/** Flattens a tree. `shift` is added to every line (for a body that stands below other text). */
export function toBlocks(root: Root, shift = 0): Blocks {
  const walk: Walk = { definitions: new Map(), tooDeep: null, shift };
  define(root.children, walk, 0);
  const blocks: Block[] = [];
  for (const [index, node] of root.children.entries()) {
    const before = root.children[index - 1];
    if (node.type === "code" && isIndented(node) && before !== undefined && opensAdmonition(before)) {
      addIndented(node, blocks, walk);
    } else addBlock(node, blocks, walk, 0);
  }
  return { blocks, tooDeep: walk.tooDeep };
}

/** `!!! note "Title"`, `??? tip`: the blocks of MkDocs, whose text is indented (https://squidfunk.github.io/mkdocs-material/reference/admonitions/). */
function opensAdmonition(node: RootContent): boolean {
  const [text] = node.type === "paragraph" ? node.children : [];
  return text?.type === "text" && /^(?:!!!|\?\?\?)\+? ?\w/.test(text.value);
}

/** Code without fences: as many lines as its text has. */
function isIndented({ value, position }: Code): boolean {
  return position !== undefined && position.end.line - position.start.line === value.split("\n").length - 1;
}

/** To plain Markdown the text of an admonition behind an empty line is code. */
function addIndented({ value, position }: Code, out: Block[], walk: Walk): void {
  const inner: Walk = { ...walk, shift: walk.shift + (position?.start.line ?? 1) - 1 };
  for (const node of parseMarkdown(value).children) addBlock(node, out, inner, 1);
  walk.tooDeep ??= inner.tooDeep;
}

interface Walk {
  readonly definitions: Map<string, string>;
  tooDeep: number | null;
  readonly shift: number;
}

/** Link definitions may stand below their use, so they are gathered first. The first of a name counts. */
function define(nodes: readonly Nodes[], walk: Walk, depth: number): void {
  for (const node of nodes) {
    if (node.type === "definition") {
      const name = node.identifier.toLowerCase();
      if (!walk.definitions.has(name)) walk.definitions.set(name, node.url);
    } else if (depth < MAX_DEPTH && (node.type === "blockquote" || node.type === "list" || node.type === "listItem")) {
      define(node.children, walk, depth + 1);
    }
  }
}

function addBlock(node: RootContent, out: Block[], walk: Walk, depth: number): void {
  const line = (node.position?.start.line ?? 1) + walk.shift;
  const endLine = (node.position?.end.line ?? 1) + walk.shift;
  switch (node.type) {
    case "heading": {
      const text = toRich(node.children, line, walk.definitions);
      if (depth === 0) out.push({ kind: "heading", depth: node.depth, text, line, endLine });
      else out.push({ kind: "paragraph", text: bold(text), line, endLine });
      return;
    }
    case "paragraph":
      out.push({ kind: "paragraph", text: toRich(node.children, line, walk.definitions), line, endLine });
      return;
    case "list":
      if (depth >= MAX_DEPTH) walk.tooDeep ??= line;
      else out.push(toList(node, line, endLine, walk, depth));
      return;
    case "table":
      out.push({ kind: "table", rows: toRows(node, walk), line, endLine });
      return;
    case "blockquote":
      if (depth >= MAX_DEPTH) walk.tooDeep ??= line;
      else for (const child of node.children) addBlock(child, out, walk, depth + 1);
      return;
    case "html":
      out.push(...htmlBlocks(node.value, line));
      return;
    default:
      return;
  }
}

function toList(list: List, line: number, endLine: number, walk: Walk, depth: number): ListBlock {
  const items = list.children.map((item) => toEntry(item, walk, depth));
  return { kind: "list", ordered: list.ordered === true, items, line, endLine };
}

function toEntry(item: ListItem, walk: Walk, depth: number): Entry {
  const line = (item.position?.start.line ?? 1) + walk.shift;
  const endLine = (item.position?.end.line ?? 1) + walk.shift;
  const blocks: Block[] = [];
  const children: readonly (BlockContent | DefinitionContent)[] = item.children;
  for (const child of children) addBlock(child, blocks, walk, depth + 1);
  const [first] = blocks;
  const hasHead = first?.kind === "paragraph";
  return {
    checked: item.checked ?? null,
    head: hasHead ? first.text : { text: "", spans: [], line },
    body: hasHead ? blocks.slice(1) : blocks,
    line,
    endLine,
  };
}

function toRows(table: Table, walk: Walk): Row[] {
  return table.children.map((row) => {
    const line = (row.position?.start.line ?? 1) + walk.shift;
    return {
      line,
      cells: row.children.slice(0, MAX_COLUMNS).map((cell) => toRich(cell.children, line, walk.definitions)),
    };
  });
}

function bold(text: Rich): Rich {
  return { ...text, spans: [...text.spans, { kind: "strong", start: 0, end: text.text.length }] };
}
