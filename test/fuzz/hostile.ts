/** Documents made to break readers: each by its name, so that a child process can make its own. */

const MIB = 1_048_576;
const fill = (unit: string): string => unit.repeat(Math.floor(MIB / unit.length));
const under = (body: string): string => `# Incident 2025-03-04\n\n## Action items\n\n${body}`.slice(0, MIB);

/** Each alias names the one before it nine times: 9^9 strings, were they all made. */
const bomb = (): string => {
  const lines = ["---", `a0: &a0 ["x"]`];
  for (let level = 1; level < 10; level++) {
    lines.push(
      `a${level}: &a${level} [${Array(9)
        .fill(`*a${level - 1}`)
        .join(", ")}]`,
    );
  }
  return `${[...lines, "---"].join("\n")}\n# T\n\n## Action items\n\n- [ ] Fix it\n`;
};

const nested = (mark: string, depth: number): string =>
  Array.from({ length: depth }, (_, level) => `${"  ".repeat(level % 400)}${mark} level ${level}`).join("\n");

const matter = (text: string): string => `---\n${text}\n---\n# T\n\n## Action items\n\n- [ ] Fix it\n`;

export const HOSTILE: Readonly<Record<string, () => string>> = {
  "1 MiB of [": () => fill("["),
  "1 MiB of *a ": () => fill("*a "),
  "1 MiB of |": () => fill("|"),
  "1 MiB of > ": () => fill("> "),
  "1 MiB of - [ ] in one line": () => under(fill("- [ ] ")),
  "10,000 open boxes": () => under("- [ ] Fix the queue by Friday (@lisa)\n".repeat(10_000)),
  "10,000 table rows": () =>
    under(`| Action | Owner | Due |\n|---|---|---|\n${"| Fix | @lisa | Sept 25 |\n".repeat(10_000)}`),
  "1 MiB of headings": () => fill("## Action items\n"),
  "1 MiB of one word": () => under(`- [ ] ${fill("a")}`),
  "1 MiB of digits": () => under(`- [ ] Due ${fill("1")}`),
  "1 MiB of due words": () => under(`- [ ] ${fill("due by ")}`),
  "1 MiB of dates": () => under(`- [ ] ${fill("by Sept 25 - ")}`),
  "1 MiB of CJK dates": () => under(`- [ ] ${"9月25日".repeat(MIB / 20)}`),
  "1 MiB of mentions": () => under(`- [ ] ${fill("@lisa, ")}`),
  "1 MiB of brackets": () => under(`- [ ] ${fill("(")}`),
  "1 MiB of spaces": () => under(`- [ ] Fix${fill(" ")}it`),
  "1 MiB of stars": () => under(fill("*")),
  "1 MiB of backticks": () => under(fill("`a``b")),
  "1 MiB of HTML": () => under(fill("<table><tr><td>")),
  "1 MiB of comments": () => fill("<!-- "),
  "1 MiB of entities": () => under(fill("&amp;")),
  "1 MiB of links": () => under(fill("[a](b) ")),
  "1 MiB of footnotes": () => under(fill("[^a] ")),
  "1 MiB of new lines": () => under(fill("\n")),
  "over 1 MiB": () => `${fill("a")}b`,
  "> x 10,000": () => `${"> ".repeat(10_000)}a`,
  "lists nested 5,000 deep": () => under(nested("-", 5000)),
  "lists nested 5,000 deep in one line": () => under(`${"- ".repeat(5000)}Fix it`),
  "numbered lists nested 5,000 deep in one line": () => under(`${"1. ".repeat(5000)}Fix it`),
  "bold nested 10,000 deep": () => under(`- [ ] ${"**a ".repeat(10_000)}${"b** ".repeat(10_000)}`),
  "a table of 10,000 columns": () =>
    under(`|${" Owner |".repeat(10_000)}\n|${"-|".repeat(10_000)}\n|${" a |".repeat(10_000)}`),
  "an alias bomb": bomb,
  "prototype keys": () => matter("__proto__: {polluted: true}\nconstructor: {prototype: {polluted: true}}\ntitle: x"),
  "1 MiB of front matter": () => matter(fill("key: [value, {a: b}]\n")).slice(0, MIB),
  "front matter nested deep": () => matter(`a: ${"[".repeat(20_000)}`),
  "front matter that never ends": () => `---\n${fill("a: b\n")}`,
  "front matter with code": () =>
    "---js\n{ title: (globalThis.polluted = true) }\n---\n# T\n\n## Action items\n\n- [ ] Fix it\n",
  "front matter with JavaScript types": () => matter("a: !!js/function 'function () { globalThis.polluted = true }'"),
};

const closed = (open: string, close: string, depth: number): string => open.repeat(depth) + close.repeat(depth);

/** Poison for each parser: whatever nests, opened and closed many times, or opened only. */
export const PILLS: Readonly<Record<string, () => string>> = {
  "brackets nested 100,000 deep": () => under(`- [ ] ${closed("[", "]", 100_000)}`),
  "links nested 30,000 deep": () => under(`- [ ] ${closed("[a", "](b)", 30_000)}`),
  "pictures nested 30,000 deep": () => under(`- [ ] ${closed("![a", "](b)", 30_000)}`),
  "emphasis nested 50,000 deep": () => under(`- [ ] ${closed("*a _b ", " c_ d*", 50_000)}`),
  "quotes and lists nested in turn": () => under(`${"> - 1. ".repeat(20_000)}Fix it`),
  "quotes and lists nested in turn by lines": () => under(nested("- >", 3000)),
  "HTML nested 50,000 deep": () => under(closed("<div>", "</div>", 50_000)),
  "HTML nested 50,000 deep in a line": () => under(`- [ ] ${closed("<b><i>", "</i></b>", 30_000)}`),
  "HTML lists nested 50,000 deep": () => under(closed("<ul><li>", "</li></ul>", 50_000)),
  "HTML tables nested 20,000 deep": () => under(closed("<table><tr><td>", "</td></tr></table>", 20_000)),
  "HTML lists never closed": () => under(`<ul><li>${"<ul><li>a".repeat(50_000)}`),
  "front matter nested in one line": () => matter(`${"- ".repeat(20_000)}x`),
  "front matter nested by keys": () => matter("? ".repeat(20_000)),
  "front matter nested in JSON": () => `---json\n${closed('{"a":[', "]}", 5_000)}\n---\n# T\n`,
};
