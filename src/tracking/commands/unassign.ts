/** `/unassign @lisa`: somebody does not have it any more; without a login, whoever wrote it. */
import { orAuthor, parseLogins } from "./logins.js";
import type { Command } from "./types.js";

export interface Unassign {
  readonly kind: "unassign";
  /** In lower case, empty for whoever wrote it. */
  readonly logins: readonly string[];
}

export const unassign: Command<Unassign> = {
  usage: ["/unassign @login"],
  help: "takes it off somebody; without a login, off you",
  parse(rest) {
    const logins = parseLogins(rest);
    return "kind" in logins ? logins : { kind: "unassign", logins };
  },
  perform(step, { logins }, given) {
    const leaving = orAuthor(logins, given);
    const assignees = step.issue.assignees.filter((login) => !leaving.includes(login));
    return { ...step, issue: { ...step.issue, assignees } };
  },
};
