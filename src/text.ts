/** Plain text on one line, as titles and messages need it. */

/** What nobody sees but what can make a line read as something else: control and direction-changing characters. */
const UNSEEN =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
  /[\u0000-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** The text on one line, its white space as single spaces, without control or direction-changing characters. */
export function oneLine(text: string): string {
  return text
    .replace(UNSEEN, "")
    .replace(/[\s\u0085]+/g, " ")
    .trim();
}

/**
 * A line cut to `length` characters with “…” at its end, at a word where one is near. Counted as JavaScript does, where an
 * emoji is two: never less than GitHub counts, whichever way that is.
 */
export function shorten(line: string, length: number): string {
  if (line.length <= length) return line;
  // Half of a character of two halves goes too.
  const cut = line.slice(0, length - 1).replace(/[\ud800-\udbff]$/, "");
  const space = cut.lastIndexOf(" ");
  return `${space > length / 2 ? cut.slice(0, space) : cut}…`;
}
