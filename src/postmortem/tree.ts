/**
 * Markdown source to a standard mdast tree with positions. The only file that knows which parser does it: `satteri` is
 * fast and linear on hostile input, but still 0.x, so swapping it must stay a change of this one file.
 */
import type { Root } from "mdast";
import { markdownToMdast } from "satteri";

/** Front matter is split off before (`front-matter.ts`), so the parser must not look for it; the rest is plain GFM. */
const FEATURES = { gfm: true, frontmatter: false };

/** satteri's cost grows with the square of these two (measured with 0.10.5), so documents with more are refused. */
const QUOTED_TOO_DEEP = /^(?:[ \t]{0,3}>){500}/m;
const MAX_REFERENCES = 20_000;

/** Why a document is not parsed, or null. */
function refusal(source: string): string | null {
  if (QUOTED_TOO_DEEP.test(source)) return "quotes are nested more than 500 deep.";
  let references = 0;
  for (let at = source.indexOf("&"); at >= 0; at = source.indexOf("&", at + 1)) references++;
  return references > MAX_REFERENCES ? `it holds more than ${MAX_REFERENCES} character references.` : null;
}

/**
 * Parses GitHub flavoured Markdown.
 * @returns the root of an mdast tree (https://github.com/syntax-tree/mdast); lines are 1-based.
 * @throws RangeError for what would take the parser too long
 */
export function parseMarkdown(source: string): Root {
  const refused = refusal(source);
  if (refused !== null) throw new RangeError(refused);
  const tree = markdownToMdast(source, { features: FEATURES });
  return tree.type === "root" ? tree : { type: "root", children: [] };
}
