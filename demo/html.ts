/**
 * Markdown as HTML for the page. Only the elements listed here are written, with only the attributes written here; anything
 * else, as a hostile document may hold it, is left out and its text shown. Nothing is ever loaded from anywhere.
 */
import { alertOf, childrenOf, type ElementNode, type HastNode, parseMarkdown, textOf } from "./markdown.js";

/** What the page knows of the world around a text. */
export interface Surroundings {
  /** Where a link leads within the page; null: it leads nowhere any more and only its text is shown. */
  readonly link: (href: string) => string | null;
  /** Logins and teams that exist. */
  readonly accounts: ReadonlySet<string>;
  /** Numbers of issues and pull requests that exist. */
  readonly numbers: ReadonlySet<number>;
}

const PLAIN = new Set(
  "b blockquote br code del details em h1 h2 h3 h4 h5 h6 hr i li ol p pre s strong sub summary sup tbody td th thead ul".split(
    " ",
  ),
);
const VOID = new Set(["br", "hr"]);
/** What they hold is no text for people. */
const DROPPED = new Set(["script", "style", "iframe", "object", "template"]);

export function escapeHtml(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;");
}

export const markdownHtml = (markdown: string, around: Surroundings): string => inside(parseMarkdown(markdown), around);

/** What is within an element. */
export const inside = (node: HastNode, around: Surroundings): string =>
  childrenOf(node)
    .map((child) => html(child, around))
    .join("");

/** One element with all that is in it. */
export function html(node: HastNode, around: Surroundings): string {
  if (node.type === "text") return withMentions(node.value, around);
  if (node.type !== "element" || DROPPED.has(node.tagName)) return "";
  switch (node.tagName) {
    case "a":
      return link(node, around);
    case "code":
      return `<code>${escapeHtml(textOf(node))}</code>`;
    case "input":
      return `<input type="checkbox" disabled${node.properties.checked ? " checked" : ""}>`;
    case "img":
      return escapeHtml(String(node.properties.alt ?? ""));
    case "table":
      return table(node, around);
    case "tr":
      return `<tr>${inside(node, around)}</tr>`;
    case "blockquote":
      return quotation(node, around);
    default:
      return plain(node, around);
  }
}

function plain(node: ElementNode, around: Surroundings): string {
  const { tagName } = node;
  if (!PLAIN.has(tagName)) return inside(node, around);
  if (VOID.has(tagName)) return `<${tagName}>`;
  const isTask = [node.properties.className].flat().includes("task-list-item");
  return `<${tagName}${isTask ? ' class="task"' : ""}>${inside(node, around)}</${tagName}>`;
}

function link(node: ElementNode, around: Surroundings): string {
  // No mention or number within a link becomes another one.
  const text = inside(node, { ...around, accounts: new Set(), numbers: new Set() });
  const target = around.link(String(node.properties.href ?? ""));
  return target === null ? `<span class="link">${text}</span>` : `<a href="${escapeHtml(target)}">${text}</a>`;
}

/** A table in a box of its own, so that a wide one scrolls by itself; a heading that says nothing is left out. */
function table(node: ElementNode, around: Surroundings): string {
  const shown = node.children.filter(
    (child) => !(child.type === "element" && child.tagName === "thead" && textOf(child).trim() === ""),
  );
  return tableHtml(shown.map((part) => html(part, around)).join(""));
}

export const tableHtml = (rows: string): string => `<div class="table"><table>${rows}</table></div>`;

function quotation(node: ElementNode, around: Surroundings): string {
  const alert = alertOf(node);
  if (!alert) return `<blockquote>${inside(node, around)}</blockquote>`;
  const title = alert.kind[0]?.toUpperCase() + alert.kind.slice(1);
  const body = alert.children.map((child) => html(child, around)).join("");
  return `<div class="alert ${alert.kind}"><p class="alert-title">${title}</p>${body}</div>`;
}

/** Plain text as HTML, with `@lisa` and `#3` as GitHub shows them. */
export function withMentions(text: string, { accounts, numbers }: Surroundings): string {
  return escapeHtml(text).replace(
    /(?<![\w/])(?:@([\w-]+(?:\/[\w-]+)?)|#(\d+)\b)/g,
    (whole, login?: string, number?: string) => {
      if (login && accounts.has(login)) return `<span class="mention">${whole}</span>`;
      if (number && numbers.has(Number(number))) return `<a href="#issue-${number}">${whole}</a>`;
      return whole;
    },
  );
}
