/** `/assign @lisa`: somebody has it now, beside those who have it already; without a login, whoever wrote it. */
import { MOST_PEOPLE } from "../owners.js";
import { orAuthor, parseLogins } from "./logins.js";
import type { Command, Refusal, Step } from "./types.js";

export interface Assign {
  readonly kind: "assign";
  /** In lower case, empty for whoever wrote it. */
  readonly logins: readonly string[];
}

export const assign: Command<Assign> = {
  usage: ["/assign @login"],
  alsoCalled: ["claim", "owner", "take"],
  help: "gives it to somebody as well; without a login, to you",
  parse(rest) {
    const logins = parseLogins(rest);
    return "kind" in logins ? logins : { kind: "assign", logins };
  },
  perform: (step, { logins }, given, allowed) => assigned(step, orAuthor(logins, given), allowed.assign),
};

function assigned(step: Step, logins: readonly string[], assignable: ReadonlySet<string>): Step | { why: Refusal } {
  const { issue } = step;
  const assignees = [...new Set([...issue.assignees, ...logins])].sort();
  // Looked at first, so that GitHub is asked about a few logins only, however many a comment names.
  if (assignees.length > MOST_PEOPLE) return { why: { kind: "too-many" } };
  const stranger = logins.find((login) => !assignable.has(login) && !issue.assignees.includes(login));
  return stranger === undefined
    ? { ...step, issue: { ...issue, assignees } }
    : { why: { kind: "not-assignable", login: stranger } };
}
