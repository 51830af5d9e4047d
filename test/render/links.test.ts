import { describe, expect, it } from "vitest";
import { LINKS } from "./samples.js";

const place = (path: string) => ({ commit: "c0ffee", path, line: 3, endLine: 3 });

describe("links", () => {
  it("point to a line of the source, for ever or as it is now", () => {
    expect(LINKS.permalink(place("a/b.md"))).toBe("https://github.com/acme/shop/blob/c0ffee/a/b.md?plain=1#L3");
    expect(LINKS.document({ path: "a/b.md" })).toBe("https://github.com/acme/shop/blob/main/a/b.md");
    expect(LINKS.newestPolicy(2)).toBe("https://github.com/acme/shop/blob/main/.github/follow-through.yml?plain=1#L2");
    expect(LINKS.issue(7)).toBe("https://github.com/acme/shop/issues/7");
  });

  it.each(["a (b).md", "a)b(.md", "ü #1?.md", "a b|c.md", "日本.md", "a%b.md"])("hold for the path %j", (path) => {
    const link = LINKS.permalink(place(path));
    expect(link).not.toMatch(/[\s()|<>]/);
    expect(decodeURIComponent(new URL(link).pathname)).toBe(`/acme/shop/blob/c0ffee/${path}`);
  });

  it("hold for a path with half a character in it, as a forged marker may have it", () => {
    expect(LINKS.permalink(place("a\ud800.md"))).toBe(
      "https://github.com/acme/shop/blob/c0ffee/a%EF%BF%BD.md?plain=1#L3",
    );
  });

  it("find the issues of any label", () => {
    const link = LINKS.labelled("action item (ops)_1");
    expect(link).not.toMatch(/[\s()]/);
    expect(new URL(link).searchParams.get("q")).toBe('is:issue label:"action item (ops)_1"');
  });
});
