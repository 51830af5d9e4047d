/** What of a text is worth telling again: nothing that was told already, and of a table that was edited the rows and cells that are other than before. */
import { html, inside, type Surroundings, tableHtml } from "./html.js";
import { childrenOf, type ElementNode, elementsIn, type HastNode, parseMarkdown, textOf } from "./markdown.js";

/** The blocks of a text, by what they say. */
export const blocksOf = (markdown: string): string[] => shownIn(markdown).map(textOf);

/**
 * The blocks of a text as HTML: without a closing line that was told already, and of an edited one only what is other than `before` (null: it is new).
 * All rows that an edit changed stand in one table.
 */
export function newBlocks(
  markdown: string,
  before: string | null,
  told: ReadonlySet<string>,
  around: Surroundings,
): string[] {
  const blocks = shownIn(markdown);
  const end = blocks.findLastIndex((block) => !isParagraph(block) || !told.has(textOf(block))) + 1;
  const news = blocks.slice(0, end);
  return before === null ? news.map((block) => html(block, around)) : changedBlocks(news, before, around);
}

/** Not the line ends between blocks, nor hidden markers. */
const shownIn = (markdown: string): HastNode[] =>
  childrenOf(parseMarkdown(markdown)).filter((block) => textOf(block).trim() !== "");

const isNamed = (node: HastNode, name: string): node is ElementNode => node.type === "element" && node.tagName === name;
const isParagraph = (node: HastNode): boolean => isNamed(node, "p");

function changedBlocks(blocks: readonly HastNode[], before: string, around: Surroundings): string[] {
  const tree = parseMarkdown(before);
  const said = new Set([...childrenOf(tree), ...elementsIn(tree, "tr"), ...elementsIn(tree, "li")].map(textOf));
  const isNew = (node: HastNode) => !said.has(textOf(node));
  const rows = blocks.filter((block) => isNamed(block, "table")).flatMap((table) => elementsIn(table, "tr"));
  const now = new Set(rows.map(textOf));
  const gone = elementsIn(tree, "tr").filter((row) => !now.has(textOf(row)));
  const changed = rows.filter(isNew).map((row) => rowHtml(row, gone, around));
  const [title, ...others] = blocks.filter(isNew).flatMap((block) => {
    if (isNamed(block, "table")) return [];
    if (!isNamed(block, "ul")) return [html(block, around)];
    const items = elementsIn(block, "li").filter(isNew);
    return items.length === 0 ? [] : [`<ul>${items.map((item) => html(item, around)).join("")}</ul>`];
  });
  const table = changed.length === 0 ? [] : [tableHtml(`<tbody>${changed.join("")}</tbody>`)];
  // A heading stays above what it is for.
  return title?.startsWith("<h") ? [title, ...table, ...others] : [...table, ...(title ? [title] : []), ...others];
}

/** A row with what each of its cells said before, where it is like one that is gone. */
function rowHtml(row: ElementNode, gone: readonly ElementNode[], around: Surroundings): string {
  const cells = cellsOf(row);
  const alike = gone.map((other) => ({ cells: cellsOf(other), shared: sharedBy(cells, cellsOf(other)) }));
  const [best] = alike.filter(({ shared }) => shared > 0).sort((a, b) => b.shared - a.shared);
  const shown = cells.map((cell, at) => {
    const now = inside(cell, around);
    const then = best?.cells[at];
    if (then !== undefined && textOf(then) === textOf(cell)) return `<td>${now}</td>`;
    const was = then === undefined || textOf(then) === "" ? "" : `<del>${inside(then, around)}</del> `;
    return `<td>${was}${now === "" ? "" : `<ins>${now}</ins>`}</td>`;
  });
  return `<tr>${shown.join("")}</tr>`;
}

const cellsOf = (row: ElementNode): ElementNode[] => elementsIn(row, "td", "th");

/** How many cells of two rows say the same. */
const sharedBy = (cells: readonly ElementNode[], others: readonly ElementNode[]): number =>
  cells.filter((cell, at) => {
    const other = others[at];
    return other !== undefined && textOf(cell) !== "" && textOf(cell) === textOf(other);
  }).length;
