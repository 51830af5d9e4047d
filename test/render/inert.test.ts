import fc from "fast-check";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmFromMarkdown } from "mdast-util-gfm";
import { gfm } from "micromark-extension-gfm";
import { describe, expect, it } from "vitest";
import { inert, inertSentence, inertShort } from "../../src/render/inert.js";
import { inLongTests } from "../support/long.js";

interface Node {
  readonly type: string;
  readonly value?: string;
  readonly children?: readonly Node[];
}

/** The Markdown as GitHub's dialect reads it. */
const parse = (markdown: string): Node =>
  fromMarkdown(markdown, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });

const texts = (node: Node): string => node.value ?? (node.children ?? []).map(texts).join("");
const types = (node: Node): string[] => [node.type, ...(node.children ?? []).flatMap(types)];

/** Letters as a reader sees them: no characters without width (U+FEFF has none, though a pattern takes it for white space), spaces as one. */
const visible = (text: string): string =>
  text
    .replace(/(?!\ufeff)[\s\u0085\u2800]/g, " ")
    .replace(/[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}]/gu, "")
    .replace(/ +/g, " ")
    .trim();

/** What GitHub makes links, references or notifications of after it has read the Markdown. */
const LIVE = [
  /@[\p{L}\p{N}_-]/u,
  /#\d/,
  /(?<![\p{L}\p{N}])gh-\d/iu,
  /:\/\//,
  /www\./i,
  /(?<![0-9a-z])[0-9a-f]{7,40}(?![0-9a-z])/,
];

const pieces = fc.constantFrom(
  ..."\\|`*_~[](){}<>&#+-=:/!$.@\"'^ \t\n\r\u0000\u0007\u0085\u2028\u200b\u200e\u202e\u2066😀éא",
  ...[
    "@ada",
    "@acme/team",
    "#12",
    "GH-7",
    "acme/shop#3",
    "https://example.com/a_b",
    "www.example.com",
    "ada@example.com",
  ],
  ...[
    "deadbeefcafe",
    "0123456789abcdef0123456789abcdef01234567",
    "<!--",
    "-->",
    "<img src=x>",
    "&amp;",
    "&#64;",
    "[ ]",
  ],
  ...[
    "/close",
    "1. ",
    "2) ",
    "---",
    "===",
    "> ",
    "```",
    "~~~",
    "~~x~~",
    "**b**",
    "_www.a.b",
    "1http://x.y",
    "a@_b.com",
  ],
  ...["[x](javascript:1)", "![x](y)", "[^1]", "| a |", "\\|", "$x$", "fixes", "word", "12", "<script>", "</details>"],
);
const hostile = fc.array(fc.oneof({ weight: 4, arbitrary: pieces }, fc.string({ unit: "binary", maxLength: 4 })), {
  maxLength: 12,
});
const text = hostile.map((parts) => parts.join(""));

describe("inert text", () => {
  it.each([
    ["a line of its own", (t: string) => t, ["root", "paragraph", "text"]],
    ["a list item", (t: string) => `- ${t}`, ["root", "list", "listItem", "paragraph", "text"]],
    ["a link's text", (t: string) => `[${t}](https://example.com)`, ["root", "paragraph", "link", "text"]],
    ["a quotation", (t: string) => `> ${t}`, ["root", "blockquote", "paragraph", "text"]],
  ])("as %s is nothing but text, with every letter", (_, embed, shape) => {
    fc.assert(
      fc.property(text, (raw) => {
        fc.pre(visible(raw) !== "");
        const tree = parse(embed(inert(raw)));
        expect(types(tree)).toEqual(shape);
        expect(visible(texts(tree))).toBe(visible(raw));
      }),
      { numRuns: inLongTests(1500, 300) },
    );
  });

  it("stays within its table cell, with every letter", () => {
    fc.assert(
      fc.property(text, text, (raw, other) => {
        fc.pre(visible(raw) !== "" && visible(other) !== "");
        const tree = parse(`| | |\n|---|---|\n| **x** | ${inert(raw)} |\n| ${inert(other)} | [${inert(raw)}](y) |`);
        const rows = tree.children?.[0]?.children ?? [];
        const cells = rows.map((row) => (row.children ?? []).map((cell) => visible(texts(cell))));
        expect(cells.slice(1)).toEqual([
          ["x", visible(raw)],
          [visible(other), visible(raw)],
        ]);
        expect(types(tree).filter((type) => !/^(root|table.*|text|strong|link)$/.test(type))).toEqual([]);
      }),
      { numRuns: inLongTests(1500, 300) },
    );
  });

  it("holds nothing that GitHub links, closes or notifies", () => {
    fc.assert(
      fc.property(text, (raw) => {
        const shown = texts(parse(inert(raw)));
        for (const live of LIVE) expect(shown).not.toMatch(live);
      }),
      { numRuns: inLongTests(3000, 600) },
    );
  });

  it("is one line without HTML, comment marks or a command", () => {
    fc.assert(
      fc.property(text, (raw) => {
        const made = inert(raw);
        expect(made).not.toMatch(/[\r\n\u0085\u2028\u2029<>]/);
        expect(made).not.toMatch(/^\s*\//);
      }),
    );
  });

  it.each([
    ["Ask @lisa, see #12 and GH-3", "Ask @\u200blisa, see #\u200b12 and GH\u200b-3"],
    ["Write to ada@example.com at 9:00", "Write to ada@\u200bexample.com at 9:00"],
    ["Meet @ noon", "Meet @ noon"],
    ["Revert 0123456789abcdef now", "Revert 012345\u200b6789ab\u200bcdef now"],
    ["See https://x.example/a", "See https:\u200b//x.example/a"],
    ["Raise `max_connections` to 50 | 60", "Raise \\`max\\_connections\\` to 50 \\| 60"],
    ["if a < b && c > d", "if a &lt; b &amp;&amp; c &gt; d"],
    ["from $A to $B", "from \\$A to \\$B"],
    ["/close this", "\u200b/close this"],
    ["3. third", "3\\. third"],
    ["plain words, as most are", "plain words, as most are"],
    ["שלום\u200f!", "שלום!"],
  ])("%s", (raw, made) => {
    expect(inert(raw)).toBe(made);
  });
});

describe("inert text cut to a length", () => {
  it("is never longer than asked, and is cut at a word where one is near", () => {
    expect(inertShort("Add integration tests for all payment errors", 24)).toBe("Add integration tests…");
    expect(inertShort("Donaudampfschifffahrtsgesellschaft", 10)).toBe("Donaudamp…");
    expect(inertShort("fits", 4)).toBe("fits");
  });

  it("is as harmless as the whole", () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 30 }), (raw, length) => {
        fc.pre(visible(raw) !== "");
        const tree = parse(`- [${inertShort(raw, length)}](https://example.com)`);
        expect([...texts(tree).replaceAll("\u200b", "")].length).toBeLessThanOrEqual(length);
        expect(types(tree)).toEqual(["root", "list", "listItem", "paragraph", "link", "text"]);
      }),
      { numRuns: inLongTests(1000, 200) },
    );
  });
});

describe("a sentence of ours", () => {
  it("keeps its code, so that it can be copied", () => {
    expect(inertSentence("Name an owner: add `@login` or a name.", 240)).toBe("Name an owner: add `@login` or a name.");
  });

  it.each([" ```</details>", "\u200b``0123456789abcdef", "`"])("is text and code with %j in it", (raw) => {
    const tree = parse(`- ${inertSentence(`Write \`${raw}\` for it.`, 240)}`);
    expect(types(tree).filter((type) => !SENTENCE.includes(type))).toEqual([]);
  });

  it("is text and code, whatever words of others stand in it", () => {
    fc.assert(
      fc.property(text, text, (raw, other) => {
        const tree = parse(`- ${inertSentence(`Write \`${raw}\` for ${other}.`, 240)}`);
        expect(types(tree).filter((type) => !SENTENCE.includes(type))).toEqual([]);
        for (const words of plain(tree)) for (const live of LIVE) expect(words).not.toMatch(live);
      }),
      { numRuns: inLongTests(1500, 300) },
    );
  });
});

const SENTENCE = ["root", "list", "listItem", "paragraph", "text", "inlineCode"];

/** What of a tree is text and not code. */
const plain = (node: Node): string[] =>
  node.type === "text" ? [node.value ?? ""] : (node.children ?? []).flatMap(plain);
