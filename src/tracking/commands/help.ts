/** `/help`: is answered with the list of commands, and changes nothing. */
import type { Command } from "./types.js";

export interface Help {
  readonly kind: "help";
}

export const help: Command<Help> = {
  usage: ["/help"],
  help: "is answered with this list",
  parse: () => ({ kind: "help" }),
  perform: (step) => step,
};
