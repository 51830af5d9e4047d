/**
 * Markdown as HTML for the page. Only the elements listed here are written, with only the attributes written here; anything
 * else, as a hostile document may hold it, is left out and its text shown. Nothing is ever loaded from anywhere.
 */
import { count } from "../src/render/words.js";
import { alertOf, childrenOf, type ElementNode, type HastNode, parseMarkdown, textOf } from "./markdown.js";

/** What the page knows of the world around a text. */
export interface Surroundings {
  /** Where a link leads within the page; null: it leads nowhere any more and only its text is shown. */
  readonly link: (href: string) => string | null;
  /** Logins and teams that exist. */
  readonly accounts: ReadonlySet<string>;
  /** Numbers of issues and pull requests that exist. */
  readonly numbers: ReadonlySet<number>;
  /** What was told already: only what is new is shown. Null: all is shown. */
  readonly before: Before | null;
}

/** The blocks of a text, and the rows of its tables where these are to be told apart, by what they say. */
export interface Before {
  readonly blocks: ReadonlySet<string>;
  readonly rows: ReadonlySet<string> | null;
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

export function markdownHtml(markdown: string, around: Surroundings): string {
  const { before } = around;
  if (before === null) return inside(parseMarkdown(markdown), around);
  return childrenOf(parseMarkdown(markdown))
    .filter((block) => !before.blocks.has(textOf(block)))
    .map((block) => html(block, around))
    .join("");
}

/** What a text says, to tell from it what an edit changed. */
export function saidBy(markdown: string): { readonly blocks: ReadonlySet<string>; readonly rows: ReadonlySet<string> } {
  const tree = parseMarkdown(markdown);
  const rows = new Set<string>();
  const visit = (node: HastNode) => {
    if (isRow(node)) rows.add(textOf(node));
    childrenOf(node).forEach(visit);
  };
  visit(tree);
  return { blocks: new Set(childrenOf(tree).map(textOf)), rows };
}

const isRow = (node: HastNode): boolean => node.type === "element" && node.tagName === "tr";

const inside = (node: HastNode, around: Surroundings): string =>
  childrenOf(node)
    .map((child) => html(child, around))
    .join("");

function html(node: HastNode, around: Surroundings): string {
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

/** A table in a box of its own, so that a wide one scrolls by itself; a heading that says nothing is left out, and of an edit what is as before. */
function table(node: ElementNode, around: Surroundings): string {
  const parts = node.children.filter(
    (child) => !(child.type === "element" && child.tagName === "thead" && textOf(child).trim() === ""),
  );
  let same = 0;
  const shown = parts.map((part) => {
    const told = around.before?.rows ?? null;
    if (told === null || part.type !== "element" || part.tagName !== "tbody") return html(part, around);
    const rows = part.children.filter(isRow);
    const fresh = rows.filter((row) => !told.has(textOf(row)));
    same += rows.length - fresh.length;
    return `<tbody>${fresh.map((row) => html(row, around)).join("")}</tbody>`;
  });
  const rest = same > 0 ? `<p class="same">… and ${count(same, "row")} as before</p>` : "";
  return `<div class="table"><table>${shown.join("")}</table></div>${rest}`;
}

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
