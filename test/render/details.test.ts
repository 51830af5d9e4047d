/** The details of an item in its issue keep their form and do nothing. */
import { describe, expect, it } from "vitest";
import { detailsBlock } from "../../src/render/details.js";
import { renderIssue } from "../../src/render/issue.js";
import { linksOf } from "../../src/render/links.js";
import { BEGIN, parseItemMarker } from "../../src/render/marker.js";
import { document, item, LINKS, TODAY, visible } from "./samples.js";

const REST = "https://github.com/acme/shop/blob/c0ffee/a.md";
const shown = (details: string) => detailsBlock(details, REST).replaceAll("\u200b", "");

const CASES: [string, string, string][] = [
  ["a nested list", "- Use oil\n  - Not water", "- Use oil\n  - Not water"],
  ["numbers", "1. Stop\n2) Oil", "1. Stop\n2) Oil"],
  ["boxes that are no tasks of the issue", "- [ ] Stop\n- [x] Oil", "- ☐ Stop\n- ☑ Oil"],
  ["code within words", "- Run `oil --door @ana` now", "- Run `oil --door @ana` now"],
  ["a block of code", "~~~sh\noil --door\n~~~", "```\noil --door\n```"],
  ["code that was cut", "```\noil", "```\noil\n```"],
  ["a quote", "> It squeaks", "> It squeaks"],
  ["a heading", "### Why", "Why"],
  ["an image", "See ![the door](https://example.org/x.png)", "See the door"],
  ["a link", "See [the door](https://example.org/x)", "See the door \\(https://example.org/x\\)"],
  ["HTML", "<img src=x>", "&lt;img src=x&gt;"],
];

const HOSTILE = ["@ana", "see #12", "o/r#12", "https://github.com/o/r/issues/1", "- @ana", "> @ana", "- [x] fixes #3"];

describe("details", () => {
  it.each(CASES)("with %s", (_, details, markdown) => {
    expect(shown(details)).toBe(markdown);
  });

  it.each(HOSTILE)("notify and link nobody: %s", (details) => {
    expect(detailsBlock(details, REST)).not.toMatch(/@\w|#\d|:\/\//);
  });

  it("that were cut lead to the document, also within code", () => {
    for (const details of ["- Use oil\n…", "```\noil\n…"]) expect(detailsBlock(details, REST)).toContain(`](${REST})`);
  });

  it("cannot end the managed section, its code, or stand for its data", () => {
    const mine = item("Oil the door", {}, { details: "```\n<!-- follow-through:end -->\n````\n  ```\nx\n```\n<!-- x" });
    const { body } = issueOf(mine);
    expect(body.split("<!--")).toHaveLength(issueOf(item("Oil the door")).body.split("<!--").length);
    expect(body.startsWith(BEGIN)).toBe(true);
    expect(parseItemMarker("item", body)?.item.base.details).toBe(mine.base.details);
  });

  it("stand between the facts and what to do", () => {
    expect(visible(issueOf(item("Oil the door", {}, { details: "- Use oil" })).body)).toMatch(
      /\n\n\*\*Details\*\*\n\n- Use oil\n\nDone\?/,
    );
  });

  it("decide the fingerprint: the body follows the document", () => {
    const [one, same, other] = ["- Use oil", "- Use oil", "- Use water"].map(
      (details) => issueOf(item("Oil the door", {}, { details })).hash,
    );
    expect(one).toBe(same);
    expect(one).not.toBe(other);
  });
});

describe("a reference", () => {
  const server = linksOf("https://git.acme.example", { owner: "acme", name: "shop", defaultBranch: "main" });

  it.each([
    ["https://acme.example/browse/OPS-312", "https://acme.example/browse/OPS-312"],
    ["https://github.com/o/r/issues/1", "https://redirect.github.com/o/r/issues/1"],
    ["https://www.github.com/o/r/issues/1", "https://redirect.github.com/o/r/issues/1"],
    ["https://acme.example/a_(b)|c", "https://acme.example/a%5F%28b%29%7Cc"],
    ["javascript:alert(1)", null],
    ["#L3", null],
    ["https://me:secret@acme.example/", null],
  ])("to %s leads to %s", (url, target) => {
    expect(LINKS.reference(url)).toBe(target);
  });

  it("to the server's own issues is no link", () => {
    expect(server.reference("https://git.acme.example/o/r/issues/1")).toBeNull();
  });

  it("is a link in the issue where the document linked it", () => {
    const mine = item("Oil the door", {}, { ref: "OPS-312", refUrl: "https://acme.example/browse/OPS-312" });
    expect(issueOf(mine).body).toContain("| **Reference** | [OPS-312](https://acme.example/browse/OPS-312) |");
  });
});

function issueOf(mine: ReturnType<typeof item>) {
  const nobody = { teams: [], names: [], unassignable: [], beyond: [] };
  return renderIssue({ item: mine, document: document(), links: LINKS, today: TODAY, ...nobody });
}
