/** Messages as GitHub's Markdown: a screen open to the eye, the rest folded, what is beyond that counted. */
import { inertShort } from "./inert.js";
import { type Entry, type Line, onScreen, type Section, type Span } from "./message.js";

/** A line as Markdown. Logins stand in code, so nobody is notified. */
export const markdownLine = (line: Line): string => line.map(markdownSpan).join("");

function markdownSpan(span: Span): string {
  if (typeof span === "string") return span;
  if ("strong" in span) return `**${span.strong}**`;
  if ("login" in span) return `\`@${span.login}\``;
  // The number of an issue that leads to it is made a link of nowhere else.
  const words = span.url !== undefined && /^#\d+$/.test(span.said) ? span.said : inertShort(span.said, span.most);
  return span.url === undefined ? words : `[${words}](${span.url})`;
}

function markdownEntry({ line, under = [] }: Entry): string {
  return [`- ${markdownLine(line)}`, ...under.map((one) => `  - ${markdownLine(one)}`)].join("\n");
}

/** The sections as lines: a screen of them open to the eye, more of each folded, `most` of each in all, the rest counted. */
export function markdownSections(sections: readonly Section[], most: number): string[] {
  const shown = onScreen(sections);
  return sections.flatMap((section, at) => sectionLines(section, shown[at] ?? 0, most));
}

function sectionLines({ title, entries }: Section, shown: number, most: number): string[] {
  const lines = entries.slice(0, Math.max(shown, most)).map(markdownEntry);
  const left = entries.length - lines.length;
  const folded = lines.slice(shown);
  const more = left > 0 ? [`- … and ${left} more`] : [];
  const fold = (words: string) => [
    "",
    `<details><summary>${words}</summary>`,
    "",
    ...folded,
    ...more,
    "",
    "</details>",
  ];
  if (shown === 0) return fold(title);
  const open = ["", `**${title}**`, "", ...lines.slice(0, shown)];
  return folded.length === 0 ? [...open, ...more] : [...open, ...fold(`${entries.length - shown} more`)];
}
