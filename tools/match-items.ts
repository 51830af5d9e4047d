/**
 * Says which items of an edited document are which of its earlier items, as the product decides it: reads
 * `{"before":[item…],"after":[item…]}` a line, prints `{"pairs":[[before,after]…]}` a line, by their indices.
 *
 *     npm run --silent match-items < edits.jsonl
 */
import { createInterface } from "node:readline";
import type { ActionItem } from "../src/postmortem/types.js";
import { matchItems } from "../src/tracking/identity.js";

/** An item as it stands in the input; what is left out is not known of it. */
type GivenItem = Pick<ActionItem, "title"> & Partial<ActionItem>;

/** One edit of one document. */
interface Edit {
  readonly before: readonly GivenItem[];
  readonly after: readonly GivenItem[];
}

const whole = (given: GivenItem, index: number): ActionItem => ({
  line: index + 1,
  endLine: given.line ?? index + 1,
  owners: [],
  mentions: [],
  due: null,
  dueText: null,
  done: false,
  priority: null,
  ref: null,
  refUrl: null,
  group: null,
  kind: "bullet",
  type: null,
  window: null,
  ...given,
});

/** The pairs of an edit, [before, after], in the order of the earlier items. */
function pairsOf({ before, after }: Edit): [number, number][] {
  const tracked = before.map((given, index) => ({ ...whole(given, index), id: String(index) }));
  const { pairs } = matchItems(tracked, after.map(whole));
  return [...pairs].map(([found, id]): [number, number] => [Number(id), found]).sort(([a], [b]) => a - b);
}

for await (const line of createInterface({ input: process.stdin })) {
  if (line.trim() !== "") console.log(JSON.stringify({ pairs: pairsOf(JSON.parse(line) as Edit) }));
}
