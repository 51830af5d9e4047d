/**
 * Makes people's text harmless before it lands in an issue or comment: nobody is notified, nothing is closed or linked,
 * no HTML, no formatting, no command. `\@x` and `&#64;x` still notify on GitHub, so a zero-width space goes after the @.
 */
const ZERO_WIDTH_SPACE = "\u200b";

/** `text` as Markdown that GitHub shows letter by letter, on one line. */
export function inert(text: string): string {
  return (
    text
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
      .replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]+/g, " ")
      .replace(/\s+/g, " ")
      .trim()
      .replace(/[\\`*_{}[\]()~|]/g, "\\$&")
      .replace(/&/g, "&amp;")
      .replace(/</g, "&lt;")
      .replace(/>/g, "&gt;")
      .replace(/@(?=[\p{L}\p{N}_-])/gu, `@${ZERO_WIDTH_SPACE}`)
      // "#12", "GH-12" and bare commit ids and URLs become links and leave a trace on what they name.
      .replace(/#(?=\d)/g, `#${ZERO_WIDTH_SPACE}`)
      .replace(/\b(GH)-(?=\d)/gi, `$1${ZERO_WIDTH_SPACE}-`)
      .replace(/\b(https?|ftp):\/\//gi, `$1:${ZERO_WIDTH_SPACE}//`)
      .replace(/\bwww\./gi, `www${ZERO_WIDTH_SPACE}.`)
      .replace(/\b([0-9a-f]{6})([0-9a-f]{1,34})\b/g, `$1${ZERO_WIDTH_SPACE}$2`)
      // What opens a list, heading or command at the start of a line.
      .replace(/^([#+\-=/:])/, `${ZERO_WIDTH_SPACE}$1`)
      .replace(/^(\d+)([.)])/, "$1\\$2")
  );
}

/** The same for a table cell or a link's text, cut to `length` characters at a word. */
export function inertShort(text: string, length: number): string {
  const characters = [...text.replace(/\s+/g, " ").trim()];
  if (characters.length <= length) return inert(text);
  const cut = characters.slice(0, length - 1).join("");
  const space = cut.lastIndexOf(" ");
  return inert(`${space > length / 2 ? cut.slice(0, space) : cut}…`);
}
