/**
 * Makes people's text harmless before it lands in an issue or comment: nobody is notified, nothing is closed or linked,
 * no HTML, no formatting, no command. `\@x` and `&#64;x` still notify on GitHub, so a zero-width space goes after the @.
 */
import { oneLine, shorten } from "../text.js";

const ZERO_WIDTH_SPACE = "\u200b";

/** `text` as Markdown that GitHub shows letter by letter, on one line; also inside a table cell, a link's text or a list. */
export function inert(text: string): string {
  return (
    oneLine(text)
      .replace(/[\\`*_{}[\]()~|$]/g, "\\$&")
      .replace(/&/g, "&amp;")
      .replace(/</g, "&lt;")
      .replace(/>/g, "&gt;")
      .replace(/@(?=\S)/g, `@${ZERO_WIDTH_SPACE}`)
      // "#12", "GH-12", URLs and bare commit ids become links, and some leave a trace on what they name.
      .replace(/#(?=\d)/g, `#${ZERO_WIDTH_SPACE}`)
      .replace(/(?<![\p{L}\p{N}])GH(?=-\d)/giu, `$&${ZERO_WIDTH_SPACE}`)
      .replace(/:\/\//g, `:${ZERO_WIDTH_SPACE}//`)
      .replace(/www(?=\.)/gi, `$&${ZERO_WIDTH_SPACE}`)
      .replace(/(?<![\da-z])[\da-f]{7,40}(?![\da-z])/g, (id) => id.replace(/.{6}(?=.)/g, `$&${ZERO_WIDTH_SPACE}`))
      // What opens a list, heading or command at the start of a line.
      .replace(/^[#+\-=/:]/, `${ZERO_WIDTH_SPACE}$&`)
      .replace(/^(\d+)\./, "$1\\.")
  );
}

/** The same, cut to `length` characters at a word. */
export function inertShort(text: string, length: number): string {
  return inert(shorten(oneLine(text), length));
}

/** `text` as code, in which nothing is a mention, link or command. Nothing at all is a space, since two backticks open code. */
export function inertCode(text: string): string {
  return `\`${oneLine(text).replace(/`/g, "'") || " "}\``;
}

/** A sentence of ours, cut to `length` characters, in which `code` is meant as such; all else in it is inert. */
export function inertSentence(text: string, length: number): string {
  return shorten(oneLine(text), length)
    .split(/(`[^`]+`)/)
    .map((part) => {
      if (/^`.+`$/.test(part)) return inertCode(part.slice(1, -1));
      const words = part.trim();
      const begin = part.indexOf(words);
      return part.slice(0, begin) + inert(words) + part.slice(begin + words.length);
    })
    .join("");
}
