/** `/reopen`: there is work left after all, or again; it also lifts a waiver. */
import type { Command } from "./types.js";

export interface Reopen {
  readonly kind: "reopen";
}

export const reopen: Command<Reopen> = {
  usage: ["/reopen"],
  help: "opens it again, and lifts a waiver",
  parse: () => ({ kind: "reopen" }),
  perform({ item, issue }) {
    const { closedAs, ...known } = issue;
    return { item: { ...item, waiver: null }, issue: { ...known, open: true, closedOn: null }, closedAs: null };
  },
};
