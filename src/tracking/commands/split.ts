/**
 * `/split`: it is other work than it was taken for. On an issue that was closed as the duplicate of another, it is opened again; on one
 * whose words changed, it is what it was before, and the new words get an issue of their own.
 */
import { toldApart } from "../joins.js";
import { reopen } from "./reopen.js";
import type { Command } from "./types.js";

export interface Split {
  readonly kind: "split";
}

export const split: Command<Split> = {
  usage: ["/split"],
  alsoCalled: ["separate", "not-same", "unjoin"],
  help: "it is other work than it was taken for: undoes `/same-as`, or its last change of words",
  parse: () => ({ kind: "split" }),
  perform(step, _, given, allowed) {
    const { item, issue } = step;
    if (item.sameAs && !issue.open) return reopen.perform(step, { kind: "reopen" }, given, allowed);
    if (!item.former) return allowed.isApart ? step : { why: { kind: "nothing-to-split" } };
    return { ...step, item: toldApart(item, item.base.title) };
  },
  restore: ({ isNot }) => (isNot ? { isNot } : {}),
};
