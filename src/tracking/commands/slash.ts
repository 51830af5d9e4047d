/**
 * Lines of a comment that begin with a slash and a word: `/due 2024-10-01`. What is quoted, code, or hidden in an HTML comment is
 * none.
 */
import { visible } from "../../text.js";

/** `word`: in lower case. `sign`: what some put behind it, such as a colon. `rest`: trimmed, and cut where it is very long. */
export interface SlashLine {
  readonly word: string;
  readonly sign: string;
  readonly rest: string;
}

/** Longer commands are cut: a date and a reason need far less. */
const MAX_REST = 1_000;

/** A word, the sign that some put behind it, and the rest. Any white space parts them: phones and office programs write no-break spaces. */
const SLASH_WORD = /^ {0,3}\/([a-z]+(?:-[a-z]+)*)([:;,.!?]*)(?:\s+(.*))?$/i;
/** https://spec.commonmark.org/0.31.2/#fenced-code-blocks */
const FENCE = /^ {0,3}(`{3,}(?=[^`]*$)|~{3,})/;

/** The lines of a comment's Markdown, in order. */
export function slashLines(body: string): SlashLine[] {
  // Of most comments, which are many, there is no more to be asked.
  if (!body.includes("/")) return [];
  const found: SlashLine[] = [];
  let fence: string | null = null;
  let hidden = false;
  for (const line of visible(body).split(/\r\n|\r|\n/)) {
    const mark: string | undefined = FENCE.exec(line)?.[1];
    if (fence !== null) {
      // It ends at a mark of the same kind, at least as long, with nothing behind it.
      if (mark?.startsWith(fence) && line.trim() === mark) fence = null;
    } else if (hidden) {
      hidden = !line.includes("-->");
    } else if (mark) {
      fence = mark;
    } else {
      const [, written, sign = "", rest = ""] = SLASH_WORD.exec(line) ?? [];
      if (written !== undefined)
        found.push({ word: written.toLowerCase(), sign, rest: rest.slice(0, MAX_REST).trim() });
      hidden = line.lastIndexOf("<!--") > line.lastIndexOf("-->");
    }
  }
  return found;
}
