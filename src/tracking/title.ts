/** The title of a tracking issue. */

/** GitHub refuses longer titles with 422. */
const MAX_TITLE = 256;

/**
 * An item's text as an issue title: one line, no control or direction-changing characters (which could make a title
 * read as something else), at most 256 characters, cut at a word where it is longer. The whole text stands in the body.
 */
export function issueTitle(text: string): string {
  const line = text
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
    .replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]+/g, " ")
    .replace(/\s+/g, " ")
    .trim();
  const characters = [...line];
  if (characters.length <= MAX_TITLE) return line;
  const cut = characters.slice(0, MAX_TITLE - 1).join("");
  const space = cut.lastIndexOf(" ");
  return `${space > MAX_TITLE / 2 ? cut.slice(0, space) : cut}…`;
}
