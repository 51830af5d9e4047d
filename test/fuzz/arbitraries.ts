/** Hostile documents: soups of Markdown fragments, and real documents with lines and letters torn about. */
import fc from "fast-check";

/** What trips readers: openers without an end, ends without an opener, things that nest, and things that look like data. */
const FRAGMENTS: readonly string[] = [
  "# ",
  "## Action items\n",
  "Action items\n---\n",
  "**Action items:**\n",
  "- [ ] ",
  "- [x] ",
  "- [",
  "* a\n",
  "1. ",
  "1) ",
  "| a | b |\n|---|---|\n| c | d |\n",
  "| Action | Owner | Due |\n|-|-|-|\n",
  "|",
  "||||\n",
  "|-|-|\n",
  "> ",
  ">>> ",
  "```\n",
  "~~~",
  "`",
  "*",
  "**",
  "***",
  "_",
  "~~",
  "[",
  "]",
  "](",
  "[a](b)",
  "![",
  "[^1]",
  "[^1]: ",
  "<",
  "<details>",
  "</details>",
  "<table><tr><td>",
  "<td>x",
  "</table>",
  "<!--",
  "-->",
  "<br>",
  "&amp;",
  "&#0;",
  "&#x110000;",
  "\\",
  "\\#",
  "\\[ ]",
  "---\n",
  "---\ntitle: x\n---\n",
  "---js\n",
  "===\n",
  ":::note\n",
  ":::\n",
  "[[",
  "]]",
  "[due:: 2025-01-01]",
  "📅 2025-13-01",
  "✅",
  "☑",
  "⏫",
  "@lisa",
  "@acme/sre",
  "@",
  "#12",
  "TECH-4",
  "Owner: ",
  "Due: ",
  "due ",
  "by ",
  "until ",
  "within ",
  "ETA ",
  "Sept 25",
  "Feb 30",
  "2025-02-30",
  "03/04/2025",
  "9999-12-31",
  "0000-00-00",
  "99999999999999999999",
  "Q5 2025",
  "Q1 0000",
  "CW99",
  "2025-W53",
  "in 999 months",
  "in 0 days",
  "Thu 31st",
  "the 32nd",
  "Sprint 999",
  "ASAP",
  "9月31日",
  "来週",
  "10월 3일까지",
  "期限：",
  "第四季度",
  "fin du mois",
  "Ende Oktober",
  "para el 31 de febrero",
  "(",
  ")",
  "（",
  "）",
  "—",
  " - ",
  ";",
  "\t",
  "    ",
  "\n",
  "\n\n",
  "\r\n",
  "\r",
  "\u0000",
  "\uFEFF",
  "\u200B",
  "\u202E",
  "\uD800",
  "\uDC00",
  "e\u0301",
  "ﬁ",
  "İ",
  "ß",
  "👩‍👩‍👧",
  "__proto__",
  "constructor",
  "toString",
  "hasOwnProperty",
  "http://",
  "https://github.com/a/b/issues/1",
  "mailto:a@b",
  "P1",
  "(done)",
  "[DONE]",
  "**TODO**",
];

const words = fc.constantFrom(
  "Add",
  "alert",
  "the",
  "queue",
  "Fix",
  "runbook",
  "Lisa",
  "for",
  "monitoring",
  "and",
  "review",
);
const piece = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...FRAGMENTS) },
  { weight: 4, arbitrary: words.map((word) => `${word} `) },
  { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 12 }) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.constantFrom(...FRAGMENTS), fc.integer({ min: 2, max: 60 }))
      .map(([one, n]) => one.repeat(n)),
  },
);

/** A soup of fragments, now and then under a heading that makes all of it action items. */
export const soups: fc.Arbitrary<string> = fc
  .tuple(
    fc.constantFrom("", "## Action items\n\n", "# Incident 2025-03-04\n\n## Next steps\n"),
    fc.array(piece, { maxLength: 60 }),
  )
  .map(([head, pieces]) => head + pieces.join(""));

type Change = readonly [kind: number, at: number, length: number, fragment: string, to: number];

const changes: fc.Arbitrary<Change[]> = fc.array(
  fc.tuple(fc.nat(10), fc.nat(), fc.nat(12), fc.constantFrom(...FRAGMENTS), fc.nat()),
  { minLength: 1, maxLength: 12 },
);

/** One change of the lines. */
function changeLines(lines: readonly string[], [kind, at, length, fragment, to]: Change): string[] {
  const start = at % (lines.length + 1);
  const end = Math.min(lines.length, start + 1 + (length % 4));
  const [before, taken, after] = [lines.slice(0, start), lines.slice(start, end), lines.slice(end)];
  switch (kind) {
    case 0:
      return [...before, ...after];
    case 1:
      return [...before, ...taken, ...taken, ...after];
    case 2:
      return [...before, ...[...taken].reverse(), ...after];
    case 3:
      return [...before, ...taken.map((line) => line.slice(0, to % (line.length + 1))), ...after];
    case 4:
      return [...before, fragment, ...taken, ...after];
    case 5:
      return [...before, ...taken.map((line) => fragment + line), ...after];
    case 6:
      return [...before, ...taken.map((line) => "  ".repeat(length) + line), ...after];
    case 7:
      return [...lines, ...taken];
    default:
      return [...before, ...taken.map((line) => changeLetters(line, kind, to, length, fragment)), ...after];
  }
}

/** One change within a line: a stretch of letters lost, doubled, or a fragment set in. */
function changeLetters(line: string, kind: number, at: number, length: number, fragment: string): string {
  const start = at % (line.length + 1);
  const [before, taken, after] = [line.slice(0, start), line.slice(start, start + length), line.slice(start + length)];
  if (kind === 8) return before + after;
  return kind === 9 ? before + taken + taken + after : before + fragment + taken + after;
}

/** One of `documents`, torn about. */
export const mutants = (documents: readonly string[]): fc.Arbitrary<string> =>
  fc
    .tuple(fc.constantFrom(...documents), changes)
    .map(([document, all]) => all.reduce<string[]>(changeLines, document.split("\n")).join("\n"));
