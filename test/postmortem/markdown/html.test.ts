/** HTML in Markdown is read by the HTML standard's rules, and no hostile piece of it costs more than its length. */
import { describe, expect, it } from "vitest";
import { htmlBlocks } from "../../../src/postmortem/markdown/html.js";
import { readPostmortem } from "../../../src/postmortem/read.js";
import { DEFAULT_READ_OPTIONS } from "../../../src/postmortem/types.js";
import { cpuMs } from "../../support/cpu.js";

const text = (html: string) =>
  htmlBlocks(html, 1).map((block) => (block.kind === "paragraph" ? block.text.text : block.kind));

const titles = (markdown: string) =>
  readPostmortem("a.md", `# Outage\n\n## Action items\n\n${markdown}\n`, DEFAULT_READ_OPTIONS).items.map(
    ({ title }) => title,
  );

describe("what HTML says", () => {
  it.each([
    ["<p>Mend &amp; paint the caf&eacute;</p>", ["Mend & paint the café"]],
    ["<p>Oil&nbsp;the&#32;door</p>", ["Oil the door"]],
    ["<p>A&#8203;B</p>", ["AB"]],
    ["<p>a < b and c &unknown; d</p>", ["a < b and c &unknown; d"]],
    ["<p>one<!-- two -->three</p>", ["onethree"]],
    ["<p title='a > b'>Oil the door</p>", ["Oil the door"]],
    ["<P>Oil<BR/>the door</P>", ["Oil\vthe door"]],
    ["<p>unfinished <b", ["unfinished"]],
    ["", []],
    ["<!-- nothing -->", []],
  ])("%s", (html, expected) => {
    expect(text(html)).toEqual(expected);
  });

  it("a link leads where its attribute says, however it is quoted", () => {
    for (const href of ['href="https://a.example/?a=1&amp;b=2"', "HREF = 'https://a.example/?a=1&b=2'"]) {
      const [block] = htmlBlocks(`<p><a class=x ${href}>runbook</a></p>`, 1);
      expect(block).toMatchObject({ text: { spans: [{ kind: "link", url: "https://a.example/?a=1&b=2" }] } });
    }
  });

  it("lines are the document's, also behind comments and attributes over several lines", () => {
    const blocks = htmlBlocks('<!--\n-->\n<p\n class="x">Oil</p>\n<h3>Next</h3>', 10);
    expect(blocks).toMatchObject([{ line: 13 }, { kind: "heading", line: 14 }]);
  });
});

describe("task boxes", () => {
  it("that are checked are done", () => {
    const { items } = readPostmortem(
      "a.md",
      '# Outage\n\n## Action items\n\n<ul>\n<li><input type="checkbox" checked disabled> Oil the door</li>\n<li><input disabled type=checkbox> Buy a timer</li>\n<li>Call the baker</li>\n</ul>\n',
      DEFAULT_READ_OPTIONS,
    );
    expect(items).toMatchObject([
      { title: "Oil the door", done: true },
      { title: "Buy a timer", done: false },
      { title: "Call the baker", done: false },
    ]);
  });
});

describe("tags within a line", () => {
  it.each([
    ["- Tell <Name of the team> about the door", "Tell <Name of the team> about the door"],
    ["- Oil the <b>door</b> of <span class='x'>the</span> bakery", "Oil the door of the bakery"],
    ["- Oil the <service> door", "Oil the <service> door"],
  ])("%s", (line, title) => {
    expect(titles(line)).toEqual([title]);
  });
});

describe("hostile HTML", () => {
  it.each([
    "<b>",
    "</i>",
    "<li>",
    "<ul><li>",
    "<",
    "<a href='",
    "&",
    "&#x",
    "<!--",
    "<p a=b ",
    "<title>",
    "<input type=checkbox>",
  ])("%s, over and over, costs no more than its length", (token) => {
    const [small, large] = [40_000, 320_000].map((length) => {
      const html = token.repeat(Math.ceil(length / token.length));
      return cpuMs(() => htmlBlocks(html, 1));
    });
    // Eight times the text may take eight times as long; the square would be 64 times.
    expect(large ?? 0).toBeLessThan(24 * Math.max(small ?? 0, 5));
  });
});
