/** Text on a terminal: what it looks like there, and tables of it. */
import { styleText } from "node:util";
import { widthOf, wrap } from "../src/columns.js";

type Format = Parameters<typeof styleText>[0];

/** Dresses text up, or leaves it plain where nobody would see it (a pipe, `NO_COLOR`). */
export type Style = (format: Format, text: string) => string;

export function styleFor(stream: NodeJS.WriteStream): Style {
  const coloured = stream.isTTY && !process.env.NO_COLOR;
  // Word by word, so that a line can be broken anywhere in between.
  return (format, text) => (coloured ? text.replace(/\S+/g, (word) => styleText(format, word)) : text);
}

function padded(text: string, width: number): string {
  return text + " ".repeat(Math.max(0, width - widthOf(text)));
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
