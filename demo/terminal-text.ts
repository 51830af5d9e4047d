/** Text on a terminal: how wide it is, how it wraps, and what it looks like there. */
import { styleText } from "node:util";

type Format = Parameters<typeof styleText>[0];

/** Dresses text up, or leaves it plain where nobody would see it (a pipe, `NO_COLOR`). */
export type Style = (format: Format, text: string) => string;

export function styleFor(stream: NodeJS.WriteStream): Style {
  const coloured = stream.isTTY && !process.env.NO_COLOR;
  // Word by word, so that a line can be broken anywhere in between.
  return (format, text) => (coloured ? text.replace(/\S+/g, (word) => styleText(format, word)) : text);
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: the escape character is what begins a style
const STYLES = /\u001b\[[\d;]*m/g;
const NO_WIDTH = /\u200b|\u200d|\ufe0f/g;
const DOUBLE_WIDTH = /\p{Emoji_Presentation}/gu;

/** The columns a text takes. */
export function widthOf(text: string): number {
  const bare = text.replace(STYLES, "").replace(NO_WIDTH, "");
  return [...bare].length + (bare.match(DOUBLE_WIDTH)?.length ?? 0);
}

function padded(text: string, width: number): string {
  return text + " ".repeat(Math.max(0, width - widthOf(text)));
}

/** Breaks text into lines of at most so many columns, at spaces; a longer word is broken where it must be. Indents are kept. */
export function wrap(text: string, width: number): string[] {
  return text.split("\n").flatMap((line) => {
    const indent = /^ */.exec(line)?.[0] ?? "";
    return wrapLine(line.slice(indent.length), Math.max(1, width - indent.length)).map((part) => indent + part);
  });
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
  const characters = [...word.replace(STYLES, "")];
  const count = Math.ceil(characters.length / width);
  return Array.from({ length: count }, (_, piece) => characters.slice(piece * width, (piece + 1) * width).join(""));
}

const GAP = 2;
const MIN_COLUMN = 6;

/** Lays rows out in columns within a width; the widest column gives way first. The first row is the heading. */
export function table(rows: readonly (readonly string[])[], width: number): string[] {
  const [heading = [], ...others] = rows;
  const shown = heading.every((cell) => cell === "") ? others : rows;
  const widths = columnWidths(shown, width);
  const lines = shown.flatMap((row) => {
    const cells = widths.map((columns, at) => wrap(row[at] ?? "", columns));
    const height = Math.max(...cells.map((cell) => cell.length));
    return Array.from({ length: height }, (_, line) =>
      cells
        .map((cell, at) => padded(cell[line] ?? "", widths[at] ?? 0))
        .join(" ".repeat(GAP))
        .trimEnd(),
    );
  });
  if (shown === others) return lines;
  return [...lines.slice(0, 1), widths.map((columns) => "─".repeat(columns)).join(" ".repeat(GAP)), ...lines.slice(1)];
}

function columnWidths(rows: readonly (readonly string[])[], width: number): number[] {
  const count = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: count }, (_, at) => Math.max(0, ...rows.map((row) => widthOf(row[at] ?? ""))));
  const room = width - GAP * (count - 1);
  for (let over = sum(widths) - room; over > 0; over--) {
    const widest = widths.indexOf(Math.max(...widths));
    if ((widths[widest] ?? 0) <= MIN_COLUMN) break;
    widths[widest] = (widths[widest] ?? 0) - 1;
  }
  return widths;
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
