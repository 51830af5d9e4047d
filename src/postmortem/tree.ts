/**
 * Markdown source to a standard mdast tree with positions. The only file that knows which parser does it: `satteri` is
 * fast, and linear on what `tame.ts` lets through, but still 0.x, so swapping it must stay a change of this one file.
 */
import type { Root } from "mdast";
import { markdownToMdast } from "satteri";

/** Front matter is split off before (`front-matter.ts`), so the parser must not look for it; the rest is plain GFM. */
const FEATURES = { gfm: true, frontmatter: false };

/**
 * Parses GitHub flavoured Markdown.
 * @param source - tamed (see `tame.ts`), or part of what is: what is not can take the parser without end
 * @returns the root of an mdast tree (https://github.com/syntax-tree/mdast); lines are 1-based.
 */
export function parseMarkdown(source: string): Root {
  const tree = markdownToMdast(source, { features: FEATURES });
  return tree.type === "root" ? tree : { type: "root", children: [] };
}
