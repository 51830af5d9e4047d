/** Messages as GitHub's Markdown: a screen open to the eye, the rest folded, what is beyond that counted. */
import { inertShort } from "./inert.js";
import type { Entry, Line, Section, Span } from "./message.js";

/** Of a section, so many entries stand open to the eye. */
const SHOWN = 5;

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

/** A section as lines: the first entries open to the eye, more of them folded, `most` in all, the rest counted. */
export function markdownSection({ title, entries }: Section, most: number): string[] {
  const lines = entries.slice(0, Math.max(SHOWN, most)).map(markdownEntry);
  const left = entries.length - lines.length;
  const folded = lines.slice(SHOWN);
  const more = left > 0 ? [`- … and ${left} more`] : [];
  return [
    "",
    `**${title}**`,
    "",
    ...lines.slice(0, SHOWN),
    ...(folded.length === 0
      ? more
      : ["", `<details><summary>${entries.length - SHOWN} more</summary>`, "", ...folded, ...more, "", "</details>"]),
  ];
}
