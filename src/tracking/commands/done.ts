/** `/done https://example.com/dashboard`: closes the issue as completed. What stands behind it is evidence, for people. */
import { closed } from "./closing.js";
import type { Command } from "./types.js";

export interface Done {
  readonly kind: "done";
}

export const done: Command<Done> = {
  usage: ["/done [evidence]"],
  alsoCalled: ["close", "closed", "complete", "completed", "finish", "finished", "fixed", "resolve", "resolved"],
  help: "closes it as completed",
  parse: () => ({ kind: "done" }),
  perform: ({ item, issue }, _, { on }) => ({
    item: { ...item, waiver: null },
    issue: closed(issue, on, "completed"),
    closedAs: "completed",
  }),
};
