/** What the parser takes too long for is changed before it is parsed: by counting alone, with the lines kept, and told where it is lost. */
import { describe, expect, it } from "vitest";
import { tame } from "../../../src/postmortem/markdown/tame.js";
import { readPostmortem } from "../../../src/postmortem/read.js";
import { DEFAULT_READ_OPTIONS, type Postmortem } from "../../../src/postmortem/types.js";
import { FIXTURES, fixture } from "../../fixtures/postmortems.js";
import { DOCUMENTS } from "../../fuzz/documents.js";
import { cpuMs } from "../../support/cpu.js";
import { sampled } from "../../support/long.js";

const HEAD = "# Incident 2025-03-04\n\n## Action items\n\n- [ ] Fix the queue (@lisa, 2025-04-01)\n\n";
const read = (text: string): Postmortem => readPostmortem("a.md", text, DEFAULT_READ_OPTIONS);
const told = (text: string) => read(text).problems.map(({ line, rule }) => `${line} ${rule}`);

/** Each many times what a person writes, and cheap all the same: the parser's own time for most is minutes. */
const COSTLY: Readonly<Record<string, string>> = {
  "quotes in one line": "> ".repeat(300_000),
  "lists in one line": `${"- ".repeat(300_000)}a`,
  "lists in every line": `${"- ".repeat(90)}a\n`.repeat(2_000),
  "numbers in one line": `${"1. ".repeat(300_000)}a`,
  "underscores in a word": "_a".repeat(300_000),
  "underscores in long words": `${"_a".repeat(1_000)} `.repeat(200),
  "references in a line": "&amp;".repeat(100_000),
  "references among words": "&nbsp; aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa".repeat(10_000),
  "references in lines": `${"&#1; ".repeat(10)}\n`.repeat(10_000),
  "references in a table": `| a | b |\n|---|---|\n| ${"&nbsp;".repeat(60_000)} | b |\n`,
  "references in escaped form": "\\&amp;".repeat(60_000),
  "markup in a long line": `é${"*a* ".repeat(100_000)}`,
  "escapes in long lines": `${"é\\*".repeat(3_000)}\n`.repeat(20),
  "addresses in a long line": `é${"a@b.c ".repeat(100_000)}`,
  "lines of a link's title": `Fix [it](https://a.b "${"a\n".repeat(200_000)}`,
  "addresses without end": "a@b.c ".repeat(100_000),
  "addresses in a word": `\`${"http://".repeat(40_000)}\``,
  "fields without end": `- <a href="${"Owner: a\n".repeat(60_000)}`,
  "tags that are none": `<div>\n${"<a href=".repeat(60_000)}\n`,
  "days in items": `- [ ] Fix ${"by Friday ".repeat(19)}\n`.repeat(4_000),
  "items without end": "- a\n".repeat(120_000),
  "lines without end": "a\n\n".repeat(120_000),
  "cells without end": `|${"a|".repeat(100)}\n|${"-|".repeat(100)}\n${`${"|".repeat(100)}\n`.repeat(4_000)}`,
  "emphasis without end": "*a* ".repeat(120_000),
};

describe("a tamed document", () => {
  sampled(it, 8).each(Object.keys(COSTLY))("of %s is read in two seconds", (name) => {
    const text = HEAD + (COSTLY[name] ?? "");
    let items: Postmortem["items"] = [];
    const ms = cpuMs(() => {
      items = read(text).items;
    });
    expect(ms).toBeLessThan(2_000);
    expect(items[0]).toMatchObject({ title: "Fix the queue", due: "2025-04-01" });
  });

  it("has its lines where they were", () => {
    for (const text of Object.values(COSTLY)) {
      const { text: tamed, unreadFrom } = tame(text);
      expect(tamed.split("\n").length).toBe(
        unreadFrom === null ? text.split("\n").length : Math.max(1, unreadFrom - 1),
      );
    }
  });

  it("is the document itself where a person wrote it", () => {
    const documents = [...DOCUMENTS, ...FIXTURES.map(fixture)];
    const unusual = [
      "* * * * *\n\n- - - - -\n\n> > > a\n",
      `${"- ".repeat(300)}\n`,
      `| ${"&nbsp; ".repeat(200)} |\n|---|\n\n`.repeat(20),
      `${"some_snake_case_name and ANOTHER_ONE ".repeat(2_000)}\n`,
      `![a](data:image/png;base64,${"abcd/+".repeat(50_000)})\n`,
    ];
    for (const text of [...documents, ...unusual]) expect(tame(text).text).toBe(text);
  });

  it("keeps its words: underscores stand where they stood, references as they are written", () => {
    const item = (text: string) => read(`## Action items\n\n- [ ] Fix ${text}\n`).items[0]?.title;
    const word = "_a".repeat(20_000);
    expect(item(word)).toBe(`Fix ${word}`.slice(0, 2_000));
    expect(item("&amp;".repeat(20_000))).toBe(`Fix ${"&amp;".repeat(1_000)}`.slice(0, 2_000));
    expect(item("&amp;".repeat(20))).toBe(`Fix ${"&".repeat(20)}`);
  });

  it("tells what is lost, with its line", () => {
    expect(told(`${HEAD}${"> ".repeat(5_000)}a\n`)).toEqual(["7 unreadable"]);
    expect(told(`${HEAD}${"- ".repeat(5_000)}a\n`)).toContain("7 unreadable");
    expect(told(`---\ntitle: x\n---\n${HEAD}a\n${"&amp;".repeat(20_000)}\n`)).toContain("11 too-long");
    expect(told(`${HEAD}${"a\n\n".repeat(100_000)}`)).toContain("50000 unreadable");
    expect(told(`${HEAD}a\n${"*a* ".repeat(150_000)}`)).toContain("8 unreadable");
    expect(told(`${HEAD}[a](b)\n${"a\n".repeat(20_000)}`)).toContain("7 too-long");
    expect(told(`${HEAD}${`- [ ] Fix ${"by Friday ".repeat(19)}\n`.repeat(2_000)}`)).toContainEqual(
      expect.stringMatching(/^\d+ too-long$/),
    );
    expect(told(`${HEAD}a\né${"*a* ".repeat(40_000)}`)).toContain("8 too-long");
  });
});

describe("a line that is longer than is read", () => {
  const long = `${"word ".repeat(500)}end`;

  it.each([
    ["item", `- [ ] Fix ${long}\n`, 7],
    ["cell", `| Action | Owner | Due |\n|---|---|---|\n| Fix it | ${long} | |\n`, 9],
    ["line of an item", `- [ ] Fix it\n  and\n  ${long}\n`, 9],
    ["field", `### Fix it\n\nOwner: ${long}\n`, 9],
    ["sentence", `We will fix ${long}\n`, 7],
    ["text of many lines", `- [ ] Fix it\n${"  and another line\n".repeat(200)}`, 7],
  ])("is told with its line: %s", (_, text, line) => {
    const problems = read(HEAD.replace(/- \[ \].*\n/, "\n") + text).problems.filter(({ rule }) => rule === "too-long");
    expect(problems).toMatchObject([{ line, level: "warning" }]);
    expect(problems[0]?.message).toBe("Only the first 2,000 characters are read of what stands here.");
  });

  it("is nobody's business where no work is", () => {
    expect(told(`${HEAD}\n## Timeline\n\n- ${long}\n\n${long}\n`)).toEqual([]);
  });

  it("ends between two characters, and the next lines are read", () => {
    const { items } = read(`## Action items\n\n- [ ] Fix ${"😀".repeat(1_500)}\n- [ ] Fix it by 2025-04-01\n`);
    expect(items.map(({ title }) => /\p{Surrogate}/u.test(title))).toEqual([false, false]);
    expect(items[1]).toMatchObject({ line: 4, title: "Fix it", due: "2025-04-01" });
  });
});
