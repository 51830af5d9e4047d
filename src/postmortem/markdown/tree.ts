/**
 * Markdown source to a standard mdast tree with positions. The only file that knows which parser does it: `satteri` is
 * fast, and linear on what `tame.ts` lets through, but native and still 0.x. Where its binary is missing for a platform, the
 * reference implementation in JavaScript takes over, which is not linear, so it is given small documents only.
 */
import type { Nodes, Root } from "mdast";

interface Parser {
  readonly name: string;
  readonly isSlow: boolean;
  readonly parse: (source: string) => Nodes;
  /** Longer sources are not parsed; in UTF-16 units. */
  readonly maxLength: number;
}

/** 100 KiB of the worst input known take it a fifth of a second, 1 MiB 17 seconds. */
const MAX_FALLBACK_LENGTH = 100 * 1024;

const parser: Parser = (await native()) ?? (await inJavaScript());

/** Which parser there is on this platform, and whether that is the slow one, which is to be told. */
export const { name: PARSER, isSlow: IS_SLOW } = parser;

/**
 * Parses GitHub flavoured Markdown.
 * @param source - tamed (see `tame.ts`), or part of what is: what is not can take the parser without end
 * @returns the root of an mdast tree (https://github.com/syntax-tree/mdast); lines are 1-based.
 * @throws RangeError where it is too long for the parser that this platform has
 */
export function parseMarkdown(source: string): Root {
  if (source.length > parser.maxLength)
    throw new RangeError("it is larger than 100 KiB, and the fast parser is not made for the platform this runs on.");
  const tree = parser.parse(source);
  return tree.type === "root" ? tree : { type: "root", children: [] };
}

async function native(): Promise<Parser | null> {
  try {
    const { markdownToMdast } = await import("satteri");
    // Front matter is split off before (`front-matter.ts`), so the parser must not look for it; the rest is plain GFM.
    const features = { gfm: true, frontmatter: false };
    return {
      name: "satteri",
      isSlow: false,
      parse: (source) => markdownToMdast(source, { features }),
      maxLength: Number.POSITIVE_INFINITY,
    };
  } catch {
    return null;
  }
}

async function inJavaScript(): Promise<Parser> {
  const [{ fromMarkdown }, { gfmFromMarkdown }, { gfm }] = await Promise.all([
    import("mdast-util-from-markdown"),
    import("mdast-util-gfm"),
    import("micromark-extension-gfm"),
  ]);
  const options = { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] };
  return {
    name: "mdast-util-from-markdown",
    isSlow: true,
    parse: (source) => fromMarkdown(source, options),
    maxLength: MAX_FALLBACK_LENGTH,
  };
}
