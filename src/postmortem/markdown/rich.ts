/**
 * Inline Markdown as plain text that remembers its markup: `**TECH-1:** Rotate *keys*` becomes `TECH-1: Rotate keys` with
 * two spans. All refiners work on this, so none of them has to know the Markdown tree.
 */
import type { Nodes, PhrasingContent } from "mdast";
import { visible } from "../../text.js";
import { readTags } from "./tags.js";

/** Markup over `text.slice(start, end)`. */
export interface Span {
  readonly kind: "strong" | "emphasis" | "delete" | "code" | "link";
  readonly start: number;
  readonly end: number;
  /** Where a link leads. */
  readonly url?: string;
}

/** Text without markup. A source line break is `\n`, a `<br>` is {@link BR}; so `line` plus the `\n` before tells any line. */
export interface Rich {
  readonly text: string;
  readonly spans: readonly Span[];
  /** 1-based line of the first character. */
  readonly line: number;
}

/** A `<br>`: white space for every pattern, but not a line of the source. */
export const BR = "\v";

/** Link targets by identifier, as `[text][identifier]` uses them. */
export type Definitions = ReadonlyMap<string, string>;

/** Inline markup nested deeper than this is dropped: no person writes it, and the walk must not overflow. */
const MAX_DEPTH = 60;

const STRIKES: ReadonlySet<string> = new Set(["s", "del", "strike"]);
const KNOWN_TAGS = new Set(
  (
    "a abbr b big blockquote br center cite code del details dfn div em font footer h1 h2 h3 h4 h5 h6 header hr i iframe img input " +
    "ins kbd label li mark nobr ol p picture pre q s samp section small source span strike strong sub summary sup table tbody td " +
    "tfoot th thead time tr tt u ul var video wbr"
  ).split(" "),
);

/** The inline content of a paragraph, heading or table cell. */
export function toRich(children: readonly PhrasingContent[], line: number, definitions: Definitions): Rich {
  const writer: Writer = { text: "", spans: [], definitions, struck: -1 };
  write(children, writer, 0);
  return { text: writer.text, spans: writer.spans, line };
}

interface Writer {
  text: string;
  readonly spans: Span[];
  readonly definitions: Definitions;
  /** Where an open `<s>` or `<del>` began, else -1. */
  struck: number;
}

function write(nodes: readonly Nodes[], writer: Writer, depth: number): void {
  if (depth > MAX_DEPTH) return;
  for (const node of nodes) writeNode(node, writer, depth);
}

function writeNode(node: Nodes, writer: Writer, depth: number): void {
  const start = writer.text.length;
  switch (node.type) {
    case "text":
      // An entity, `&#8203;` say, is a character only now.
      writer.text += visible(node.value);
      return;
    case "inlineCode":
      writer.text += node.value;
      writer.spans.push({ kind: "code", start, end: writer.text.length });
      return;
    case "break":
      writer.text += "\n";
      return;
    case "html":
      writeHtml(node.value, writer);
      return;
    case "strong":
    case "emphasis":
    case "delete":
      write(node.children, writer, depth + 1);
      writer.spans.push({ kind: node.type, start, end: writer.text.length });
      return;
    case "link":
      write(node.children, writer, depth + 1);
      writer.spans.push({ kind: "link", start, end: writer.text.length, url: node.url });
      return;
    case "linkReference": {
      write(node.children, writer, depth + 1);
      const url = writer.definitions.get(node.identifier.toLowerCase());
      if (url !== undefined) writer.spans.push({ kind: "link", start, end: writer.text.length, url });
      return;
    }
    default:
      return;
  }
}

/** Known tags vanish (`<br>` breaks, `<s>` strikes); an unknown one like `<Title>` is a placeholder and stays as text. */
function writeHtml(html: string, writer: Writer): void {
  const keepUnknown = (tag: string, values: readonly string[]) => {
    if (!KNOWN_TAGS.has(tag) && values.every((value) => value === "") && !html.endsWith("/>")) writer.text += html;
  };
  readTags(html, {
    text: () => {},
    open: (tag, attributes) => {
      if (tag === "br") writer.text += BR;
      else if (STRIKES.has(tag)) writer.struck = writer.text.length;
      else keepUnknown(tag, [...attributes.values()]);
    },
    close: (tag) => {
      if (!STRIKES.has(tag)) keepUnknown(tag, []);
      else if (writer.struck >= 0) {
        writer.spans.push({ kind: "delete", start: writer.struck, end: writer.text.length });
        writer.struck = -1;
      }
    },
  });
}

/** The part of `rich` from `start` to `end`, its spans cut to fit, its line moved along. */
export function sliceRich(rich: Rich, start: number, end: number = rich.text.length): Rich {
  if (start === 0 && end >= rich.text.length) return rich;
  const spans: Span[] = [];
  for (const span of rich.spans) {
    const from = Math.max(span.start, start);
    const to = Math.min(span.end, end);
    if (from < to) spans.push({ ...span, start: from - start, end: to - start });
  }
  return { text: rich.text.slice(start, end), spans, line: rich.line + countBreaks(rich.text, start) };
}

/** `rich` without the white space around it. */
export function trimRich(rich: Rich): Rich {
  if (rich.text.trim().length === rich.text.length) return rich;
  const start = rich.text.length - rich.text.trimStart().length;
  return sliceRich(rich, start, Math.max(start, rich.text.trimEnd().length));
}

/** One `Rich` a source line, empty lines left out, trimmed. */
export function richLines(rich: Rich): Rich[] {
  if (!rich.text.includes("\n")) {
    const only = trimRich(rich);
    return only.text === "" ? [] : [only];
  }
  const texts = rich.text.split("\n");
  const starts: number[] = [];
  let start = 0;
  for (const text of texts) {
    starts.push(start);
    start += text.length + 1;
  }
  const spans = texts.map((): Span[] => []);
  for (const span of rich.spans) {
    for (let at = lastAtOrBefore(starts, span.start); at < starts.length; at++) {
      const from = starts[at] ?? 0;
      if (from >= span.end) break;
      const cut = { start: Math.max(span.start - from, 0), end: Math.min(span.end - from, texts[at]?.length ?? 0) };
      if (cut.start < cut.end) spans[at]?.push({ ...span, ...cut });
    }
  }
  return texts
    .map((text, at) => trimRich({ text, spans: spans[at] ?? [], line: rich.line + at }))
    .filter(({ text }) => text !== "");
}

/** Index of the last of the ascending `starts` that is not behind `offset`. */
function lastAtOrBefore(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** The whole text carries this markup (but for punctuation around it). */
export function wholly(rich: Rich, kind: Span["kind"]): boolean {
  let covered = 0;
  for (const span of rich.spans) if (span.kind === kind) covered += span.end - span.start;
  if (covered === 0 || covered >= rich.text.length) return covered > 0;
  return covered * 2 >= rich.text.length && plainOutside(rich, kind) === "";
}

function plainOutside(rich: Rich, kind: Span["kind"]): string {
  let rest = "";
  let at = 0;
  for (const span of [...rich.spans].sort((a, b) => a.start - b.start)) {
    if (span.kind !== kind || span.end <= at) continue;
    rest += rich.text.slice(at, Math.max(at, span.start));
    at = span.end;
  }
  return (rest + rich.text.slice(at)).replace(/[\s:：.,;()-]/g, "");
}

function countBreaks(text: string, end: number): number {
  let count = 0;
  for (let at = text.indexOf("\n"); at >= 0 && at < end; at = text.indexOf("\n", at + 1)) count++;
  return count;
}
