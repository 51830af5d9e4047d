/** Text in the columns of a terminal: how wide it is, how it wraps, and how it is cut to a line. */

// biome-ignore lint/suspicious/noControlCharactersInRegex: the escape character is what begins a style
const STYLES = /\u001b\[[\d;]*m/g;
const NO_WIDTH = /\p{Mn}|\p{Me}|\u200b|\u200c|\u200d|\ufe0e|\ufe0f/gu;
/** https://www.unicode.org/reports/tr11/, by the scripts whose letters are wide. */
const DOUBLE_WIDTH =
  /[\p{Emoji_Presentation}\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303e\uff01-\uff60]/gu;

/** The columns a text takes. */
export function widthOf(text: string): number {
  const bare = text.replace(STYLES, "").replace(NO_WIDTH, "");
  return [...bare].length + (bare.match(DOUBLE_WIDTH)?.length ?? 0);
}

/** Breaks text into lines of at most so many columns, at spaces; a longer word is broken where it must be. Indents are kept. */
export function wrap(text: string, width: number): string[] {
  return text.split("\n").flatMap((line) => {
    const indent = /^ */.exec(line)?.[0] ?? "";
    return wrapLine(line.slice(indent.length), Math.max(1, width - indent.length)).map((part) => indent + part);
  });
}

/** A line cut to so many columns, with “…” at its end where something is missing. */
export function cutTo(line: string, width: number): string {
  if (widthOf(line) <= width) return line;
  let cut = "";
  let columns = 1;
  for (const letter of line) {
    columns += widthOf(letter);
    if (columns > width) break;
    cut += letter;
  }
  return `${cut.trimEnd()}…`;
}

function wrapLine(line: string, width: number): string[] {
  const lines: string[] = [];
  let current = "";
  for (const word of line.split(" ").flatMap((part) => pieces(part, width))) {
    const longer = current === "" ? word : `${current} ${word}`;
    if (widthOf(longer) <= width) {
      current = longer;
    } else {
      lines.push(current);
      current = word;
    }
  }
  return [...lines, current];
}

function pieces(word: string, width: number): string[] {
  if (widthOf(word) <= width) return [word];
  const found: string[] = [];
  let piece = "";
  for (const character of word.replace(STYLES, "")) {
    if (piece !== "" && widthOf(piece + character) > width) {
      found.push(piece);
      piece = "";
    }
    piece += character;
  }
  return [...found, piece];
}
