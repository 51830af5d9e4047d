/**
 * Holds the tree of the parser in use beside that of mdast-util-from-markdown, the reference implementation, on every
 * fixture: the same nodes with the same lines, so that one could be put in the other's place.
 */
import type { Nodes } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmFromMarkdown } from "mdast-util-gfm";
import { gfm } from "micromark-extension-gfm";
import { expect, it } from "vitest";
import { parseMarkdown } from "../../../src/postmortem/markdown/tree.js";
import { splitFrontMatter } from "../../../src/postmortem/structure/front-matter.js";
import { FIXTURES, fixture } from "../../fixtures/postmortems.js";

const reference = (source: string): Nodes =>
  fromMarkdown(source, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });

/** One line a node: its type, its lines, and what it says. */
function outline(node: Nodes, depth = 0): string[] {
  const { start, end } = node.position ?? { start: { line: 0 }, end: { line: 0 } };
  const lines = node.type === "root" || node.type === "text" ? "" : ` ${start.line}-${end.line}`;
  const says = "value" in node ? ` ${JSON.stringify(node.value)}` : "";
  const box = node.type === "listItem" ? ` ${node.checked ?? ""}` : "";
  const target = "url" in node ? ` ${node.url}` : "";
  const own = `${"  ".repeat(depth)}${node.type}${lines}${box}${target}${says}`;
  return [own, ...("children" in node ? node.children.flatMap((child) => outline(child, depth + 1)) : [])];
}

it.each(FIXTURES)("%s", (name) => {
  const source = fixture(name)
    .replace(/^\uFEFF/, "")
    .replace(/\r\n/g, "\n");
  const { body } = splitFrontMatter(source);
  expect(outline(parseMarkdown(body))).toEqual(outline(reference(body)));
});
