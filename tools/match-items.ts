/**
 * Says which items of an edited document are which of its earlier items, as the product decides it: reads
 * `{"before":[item…],"after":[item…]}` a line, prints `{"pairs":[[before,after]…]}` a line, by their indices. With
 * `--explain` each line has the evidence for each pair, too.
 *
 *     npm run --silent match-items < edits.jsonl
 */
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { ActionItem } from "../src/postmortem/types.js";
import { explained } from "../src/tracking/evidence.js";
import { type Matching, matchItems } from "../src/tracking/identity.js";

/** An item as it stands in the input; what is left out is not known of it. */
type GivenItem = Pick<ActionItem, "title"> & Partial<ActionItem>;

/** One edit of one document. */
export interface Edit {
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

/** What became of the items of an edit: the ids are the indices of the earlier ones. */
export function matchEdit({ before, after }: Edit, certain?: number): Matching {
  const tracked = before.map((given, index) => ({
    ...whole(given, index),
    id: String(index),
    closed: given.done ?? false,
    left: false,
  }));
  return matchItems(tracked, after.map(whole), certain);
}

/** The pairs of a matching, [before, after], in the order of the earlier items. */
export const pairsOf = ({ pairs }: Matching): [number, number][] =>
  [...pairs].map(([found, id]): [number, number] => [Number(id), found]).sort(([a], [b]) => a - b);

/** What a line of input is answered with. */
function answer(edit: Edit, explain: boolean): object {
  const matching = matchEdit(edit);
  const pairs = pairsOf(matching);
  if (!explain) return { pairs };
  const why = pairs.map(([, after]) => {
    const evidence = matching.why.get(after);
    return evidence ? explained(evidence) : ["the same key or words"];
  });
  return { pairs, why };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const explain = process.argv.includes("--explain");
  for await (const line of createInterface({ input: process.stdin }))
    if (line.trim() !== "") console.log(JSON.stringify(answer(JSON.parse(line) as Edit, explain)));
}
