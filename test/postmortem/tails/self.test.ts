/** Who works alone calls themselves the owner: "**me** — …". */
import { describe, expect, it } from "vitest";
import { LANGUAGES } from "../../../src/postmortem/languages/index.js";
import { readPostmortem } from "../../../src/postmortem/read.js";
import { DEFAULT_READ_OPTIONS } from "../../../src/postmortem/types.js";

const read = (line: string) =>
  readPostmortem("a.md", `# Bakery closed\n\n## Action items\n\n${line}\n`, DEFAULT_READ_OPTIONS).items;

const words = LANGUAGES.flatMap(({ code, items }) => (items?.self ?? []).map((word): [string, string] => [code, word]));

describe("the author as the owner", () => {
  it("is known in every language", () => {
    expect(new Set(words.map(([code]) => code)).size).toBe(LANGUAGES.length);
  });

  it.each(words)("%s: **%s** — …", (_, word) => {
    for (const line of [`- [x] **${word}** — Oil the door`, `- **${word}**: Oil the door`])
      expect(read(line)).toMatchObject([{ title: "Oil the door", owners: [word] }]);
  });

  it.each(["- [ ] Me - oil the door", "- [ ] **Metrics** — oil the door"])("is not meant in %s", (line) => {
    expect(read(line)[0]?.owners).toEqual([]);
  });
});
