/**
 * Lines of a comment that begin with a slash and a word: `/due 2024-10-01`. What is quoted, code, or hidden in an HTML comment is
 * none.
 */
import { visible, withoutTowers } from "../../text.js";

/** `word`: in plain lower-case letters, cut where it is far longer than any command. `sign`: what some put behind it, such as a colon. `rest`: trimmed, and cut where it is very long. */
export interface SlashLine {
  readonly word: string;
  readonly sign: string;
  readonly rest: string;
}

/** No command is as long, nor nearly; one letter can be eighteen once it is folded. */
const MAX_WORD = 50;
/** Longer commands are cut: a date and a reason need far less. */
const MAX_REST = 1_000;

/**
 * A word, the sign that some put behind it, and the rest. Any white space parts them: phones and office programs write no-break spaces, and
 * keyboards of other scripts wide slashes.
 */
const SLASH_WORD = /^ {0,3}[/\uff0f](\p{L}+(?:-\p{L}+)*)([:;,.!?]*)(?:\s+(.*))?$/u;
/** Cyrillic and Greek letters that look like ours, from keyboards that have both. */
const LOOKS =
  "\u0430a \u0441c \u0501d \u0435e \u04bbh \u0456i \u0458j \u043ak \u043cm \u043eo \u0440p \u0455s \u0442t \u0443y \u0445x \u051dw \u03bfo \u03c1p \u03bdv";
const LOOKS_LIKE = new Map(LOOKS.split(" ").map(([other = "", ours = ""]) => [other, ours]));
/** https://spec.commonmark.org/0.31.2/#fenced-code-blocks */
const FENCE = /^ {0,3}(`{3,}(?=[^`]*$)|~{3,})/;

/** The lines of a comment's Markdown, in order. */
export function slashLines(body: string): SlashLine[] {
  // Of most comments, which are many, there is no more to be asked.
  if (!body.includes("/") && !body.includes("\uff0f")) return [];
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
      if (written !== undefined) found.push({ word: folded(written), sign, rest: rest.slice(0, MAX_REST).trim() });
      hidden = line.lastIndexOf("<!--") > line.lastIndexOf("-->");
    }
  }
  return found;
}

/** A word in plain lower-case letters, however wide they were written and whatever alphabet those were of that look the same. */
function folded(word: string): string {
  const plain = withoutTowers(word.slice(0, MAX_WORD)).normalize("NFKC").toLowerCase();
  return [...plain].map((letter) => LOOKS_LIKE.get(letter) ?? letter).join("");
}
