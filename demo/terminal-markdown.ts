/** Markdown for reading on a terminal: tables laid out, lists indented, markers hidden, wrapped. */

import { wrap } from "../src/columns.js";
import { alertOf, childrenOf, type ElementNode, elementsIn, type HastNode, parseMarkdown, textOf } from "./markdown.js";
import { type Style, table } from "./terminal-text.js";

const INLINE = new Set(["a", "b", "br", "code", "del", "em", "i", "img", "input", "s", "strong", "sub", "sup"]);

/** The lines a reader sees, none wider than `width`. */
export function markdownLines(markdown: string, width: number, style: Style): string[] {
  return blocks(childrenOf(parseMarkdown(markdown)), width, style);
}

/** Blocks one below the other, a blank line between; what stands loose among them is a paragraph. */
function blocks(nodes: readonly HastNode[], width: number, style: Style): string[] {
  const lines: string[] = [];
  let loose: HastNode[] = [];
  const add = (block: string[]) => {
    if (block.length > 0) lines.push(...(lines.length > 0 ? [""] : []), ...block);
  };
  const flush = () => {
    const text = loose
      .map((node) => inline(node, style))
      .join("")
      .trim();
    loose = [];
    if (text) add(wrap(text, width));
  };
  for (const node of nodes) {
    if (node.type === "text" || (node.type === "element" && INLINE.has(node.tagName))) {
      loose.push(node);
    } else if (node.type === "element") {
      flush();
      add(block(node, width, style));
    }
  }
  flush();
  return lines;
}

function block(node: ElementNode, width: number, style: Style): string[] {
  switch (node.tagName) {
    case "h1":
    case "h2":
    case "h3":
    case "h4":
    case "h5":
    case "h6":
      return wrap(style("bold", textOf(node).trim()), width);
    case "ul":
    case "ol":
      return list(node, width, style);
    case "table":
      return table(
        elementsIn(node, "tr").map((row) => elementsIn(row, "th", "td").map((cell) => inlineOf(cell, style).trim())),
        width,
      );
    case "blockquote": {
      const alert = alertOf(node);
      const inside = blocks(alert?.children ?? node.children, width - 2, style);
      return [...(alert ? [style("bold", alert.kind.toUpperCase())] : []), ...inside].map((line) =>
        `┃ ${line}`.trimEnd(),
      );
    }
    case "pre":
      return textOf(node)
        .trimEnd()
        .split("\n")
        .map((line) => `    ${style("dim", line)}`);
    case "details": {
      const [summary] = elementsIn(node, "summary");
      const inside = blocks(
        node.children.filter((child) => child !== summary),
        width - 2,
        style,
      );
      return [`▾ ${summary ? inlineOf(summary, style) : ""}`, ...inside.map((line) => `  ${line}`.trimEnd())];
    }
    case "hr":
      return ["─".repeat(width)];
    default:
      return blocks(node.children, width, style);
  }
}

function list(node: ElementNode, width: number, style: Style): string[] {
  return elementsIn(node, "li").flatMap((item, at) => {
    const sign = node.tagName === "ol" ? `${at + 1}. ` : "• ";
    const inside = blocks(item.children, width - sign.length, style).filter((line) => line !== "");
    return inside.map((line, number) => (number === 0 ? sign : " ".repeat(sign.length)) + line);
  });
}

const inlineOf = (node: HastNode, style: Style): string =>
  childrenOf(node)
    .map((child) => inline(child, style))
    .join("");

function inline(node: HastNode, style: Style): string {
  if (node.type === "text") return node.value.replace(/\s+/g, " ");
  if (node.type !== "element") return "";
  const text = inlineOf(node, style);
  switch (node.tagName) {
    case "strong":
    case "b":
      return style("bold", text);
    case "em":
    case "i":
      return style("italic", text);
    case "code":
      return style("cyan", text);
    case "a":
      return style("underline", text);
    case "sub":
      return style("dim", text);
    case "br":
      return "\n";
    case "input":
      return node.properties.checked ? "☑" : "☐";
    case "img":
      return String(node.properties.alt ?? "");
    default:
      return text;
  }
}
