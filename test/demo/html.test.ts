import { describe, expect, it } from "vitest";
import { newBlocks } from "../../demo/changes.js";
import { markdownHtml, type Surroundings } from "../../demo/html.js";
import { foldedBlocks } from "../../demo/page-parts.js";

const around: Surroundings = {
  link: (href) => (href.startsWith("http://127.0.0.1:1/") ? "#here" : null),
  accounts: new Set(["lisa", "acme/payments"]),
  numbers: new Set([3]),
};
const html = (markdown: string) => markdownHtml(markdown, around).replace(/\n/g, "");

describe("Markdown on the page", () => {
  it.each([
    ["<script>alert(1)</script>", ""],
    ['<img src=x onerror="alert(1)">', ""],
    ['<b onclick="alert(1)">bold</b>', "<b>bold</b>"],
    ["[click](javascript:alert(1))", '<span class="link">click</span>'],
    ["[out](https://example.org/)", '<span class="link">out</span>'],
    ["<iframe src='https://example.org/'>frame</iframe>", ""],
    ["<svg><a href='javascript:alert(1)'>svg</a></svg>", '<span class="link">svg</span>'],
    ["`<b>` &lt;i&gt;", "<code>&lt;b&gt;</code> &lt;i&gt;"],
    ["<!-- follow-through:item {} -->", ""],
    ["![a picture](https://example.org/x.png)", "a picture"],
    ["<style>* { display: none }</style>", ""],
    ['<sub style="position: fixed" id="issues">low</sub>', "<sub>low</sub>"],
  ])("keeps %s harmless", (markdown, expected) => {
    expect(html(markdown).replace(/^<p>|<\/p>$/g, "")).toBe(expected);
  });

  it("shows mentions and numbers of what exists, and not in code or links", () => {
    expect(html("@lisa and @acme/payments see #3, not @nobody or #4, `@lisa`, [#3](http://127.0.0.1:1/x)")).toBe(
      '<p><span class="mention">@lisa</span> and <span class="mention">@acme/payments</span> see <a href="#issue-3">#3</a>, not @nobody or #4, <code>@lisa</code>, <a href="#here">#3</a></p>',
    );
  });

  it("writes tables, task lists, alerts and details as GitHub does", () => {
    expect(html("| | |\n|---|---|\n| a | b |")).toBe(
      '<div class="table"><table><tbody><tr><td>a</td><td>b</td></tr></tbody></table></div>',
    );
    expect(html("- [x] done")).toBe('<ul><li class="task"><input type="checkbox" disabled checked> done</li></ul>');
    expect(html("> [!WARNING]\n> Careful.")).toBe(
      '<div class="alert warning"><p class="alert-title">Warning</p><p>Careful.</p></div>',
    );
    expect(html("<details><summary>More</summary>\n\ntext\n\n</details>")).toBe(
      "<details><summary>More</summary><p>text</p></details>",
    );
  });

  it("shows of an edited text the rows and cells that are new in it, each beside what it said before", () => {
    const [head, a, b, c, d] = ["| Item | Due |\n|---|---|", "| a | 1 |", "| b | 2 |", "| b | 3 |", "| new | 4 |"];
    const before = ["Two items.", "", head, a, b, "", "- one\n- two", "", "Untouched."].join("\n");
    const edited = ["### One is late", "", head, a, c, "", head, d, "", "- two\n- three", "", "Untouched."].join("\n");
    expect(newBlocks(edited, before, new Set(), around).join("").replace(/\n/g, "")).toBe(
      "<h3>One is late</h3>" +
        '<div class="table"><table><tbody><tr><td>b</td><td><del>2</del> <ins>3</ins></td></tr>' +
        "<tr><td><ins>new</ins></td><td><ins>4</ins></td></tr></tbody></table></div><ul><li>three</li></ul>",
    );
  });

  it("tells a closing line once, and keeps the others", () => {
    expect(
      newBlocks("Said.\n\n- new\n\nSaid.", null, new Set(["Said."]), around)
        .join("")
        .replace(/\n/g, ""),
    ).toBe("<p>Said.</p><ul><li>new</li></ul>");
  });

  it("folds away what follows the first blocks, and never parts a heading from what it is for", () => {
    const [p, ul] = ["<p>a</p>", "<ul></ul>"];
    expect(foldedBlocks([p, ul, p, ul, p], 3)).toBe(
      `${p}${ul}<details><summary>the rest of it</summary>${p}${ul}${p}</details>`,
    );
    expect(foldedBlocks([p, ul, p, ul], 3)).toBe([p, ul, p, ul].join(""));
  });
});
