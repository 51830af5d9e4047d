/**
 * `/unrelated #12`: the earlier postmortem whose pull request, or tracking issue, this is the number of, is not named any more beside
 * the postmortem of this issue; `/unrelated acme/api#12`: one of another repository.
 */
import type { Command } from "./types.js";

export interface Unrelated {
  readonly kind: "unrelated";
  /** `#12`, `acme/api#12`, in lower case. */
  readonly refs: readonly string[];
}

/** Three are named at a time. */
const MOST_KEPT = 20;
const REF = /(?<![\w./-])(?:[\w.-]{1,100}\/[\w.-]{1,100})?#[1-9]\d{0,9}\b/g;

export const UNRELATED_USAGE = "/unrelated #12";

export const unrelated: Command<Unrelated> = {
  usage: [UNRELATED_USAGE],
  alsoCalled: ["notrelated", "not-related", "un-related"],
  help: "no longer names the earlier postmortem whose pull request or issue has this number",
  parse(rest) {
    const refs = refsIn(rest);
    return refs.length > 0 ? { kind: "unrelated", refs } : { kind: "no-number", usage: UNRELATED_USAGE };
  },
  perform(step, { refs }) {
    return { ...step, item: { ...step.item, unrelated: withRefs(step.item.unrelated, refs) } };
  },
  restore: ({ unrelated }) => (unrelated ? { unrelated } : {}),
};

/** The numbers of issues and pull requests in a text. */
export const refsIn = (text: string): string[] => [...new Set(text.toLowerCase().match(REF))];

/** What was said to be unrelated before, and now; of a great many the newest. */
export const withRefs = (before: readonly string[] = [], refs: readonly string[]): string[] =>
  [...new Set([...before, ...refs])].slice(-MOST_KEPT);
