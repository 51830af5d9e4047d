/** Markdown as GitHub understands it, as a tree of HTML elements that both the terminal and the page are made from. */
import { type HastNode, markdownToHast } from "satteri";

export type { HastNode };
export type ElementNode = Extract<HastNode, { type: "element" }>;

/** Parses GitHub flavoured Markdown; HTML in it becomes elements, so that whoever writes it out decides which to keep. */
export function parseMarkdown(markdown: string): HastNode {
  return markdownToHast(markdown.replace(/\r\n/g, "\n"), {
    features: { gfm: true, frontmatter: false, rawHtml: true },
  });
}

export function childrenOf(node: HastNode): readonly HastNode[] {
  return "children" in node ? (node.children as readonly HastNode[]) : [];
}

/** All text below a node, letter by letter. */
export function textOf(node: HastNode): string {
  if (node.type === "text") return node.value;
  return childrenOf(node).map(textOf).join("");
}

/** The elements of a name below a node, not those within them. */
export function elementsIn(node: HastNode, ...names: readonly string[]): ElementNode[] {
  return childrenOf(node).flatMap((child) => {
    if (child.type === "element" && names.includes(child.tagName)) return [child];
    return elementsIn(child, ...names);
  });
}

export type AlertKind = "note" | "tip" | "important" | "warning" | "caution";

/** The kind of a GitHub alert (`> [!NOTE]`) and what it says; null for any other quotation. */
export function alertOf(quote: ElementNode): { kind: AlertKind; children: readonly HastNode[] } | null {
  const paragraphs = quote.children.filter((child) => child.type === "element");
  const [first, ...others] = paragraphs as ElementNode[];
  const [text, ...inline] = first?.children ?? [];
  const found =
    text?.type === "text" ? /^\[!(note|tip|important|warning|caution)\][ \t]*(?:\n|$)/i.exec(text.value) : null;
  if (!first || text?.type !== "text" || !found) return null;
  const rest = { ...first, children: [{ ...text, value: text.value.slice(found[0].length) }, ...inline] };
  return { kind: found[1]?.toLowerCase() as AlertKind, children: [rest, ...others] };
}
