/** Lines about a document: beside the number of the line they are about, wrapped or cut to the terminal, problems under their item. */
import { wrap } from "../columns.js";
import { quote } from "../postmortem/problems/quote.js";
import type { Problem } from "../postmortem/types.js";
import { GRAVITY } from "../render/annotations.js";

/** A line's number, or the room for one. */
export const at = (line: number | ""): string => `  ${String(line).padStart(4)}  `;
/** The columns of {@link at}. */
export const MARGIN = 8;
/** What is narrower than this many columns cannot be read. */
export const MIN_COLUMNS = 12;

/** Text beside a line's number, or where that would stand, wrapped to `width` columns and set in by `indent` more; null: one line. */
export function beside(line: number | "", text: string, width: number | null, indent = 0): string[] {
  const parts = width === null ? [text] : wrap(text, Math.max(MIN_COLUMNS, width - MARGIN - indent));
  return parts.map((part, index) => `${at(index === 0 ? line : "")}${" ".repeat(indent)}${part}`);
}

/** A line, wrapped to `width` columns; null: as long as it is. */
export const wrapped = (line: string, width: number | null): string[] => (width === null ? [line] : wrap(line, width));

interface Placed {
  readonly line: number;
  readonly endLine: number;
}

/** Problems by the item they are about, the most severe first; of items within items the innermost. `others`: those about none, by line. */
export function problemsByItem<Item>(
  items: readonly Item[],
  placeOf: (item: Item) => Placed,
  problems: readonly Problem[],
): { readonly of: (item: Item) => readonly Problem[]; readonly others: readonly Problem[] } {
  const byItem = new Map<Item, Problem[]>(items.map((item) => [item, []]));
  const others: Problem[] = [];
  const holds = (item: Item, line: number) => placeOf(item).line <= line && line <= placeOf(item).endLine;
  for (const problem of problems) {
    const item = items.findLast((one) => holds(one, problem.line));
    ((item && byItem.get(item)) ?? others).push(problem);
  }
  for (const found of byItem.values()) found.sort((a, b) => GRAVITY[a.level] - GRAVITY[b.level]);
  return { of: (item) => byItem.get(item) ?? [], others };
}

/** What is wrong, where it stands under its item, which then need not be named again. */
export function messageUnder(title: string, { message }: Pick<Problem, "message">): string {
  const name = `${quote(title)} `;
  return message.startsWith(name) ? message.slice(name.length) : message;
}
