/**
 * What only policy and GitHub know to be wrong with a document's items, beside what reading found:
 *
 *     line 12  warning  unknown-owner       Nobody is assigned for "Max": the policy does not know the name.
 *     line 14  warning  unassignable-owner  @eve cannot be assigned in this repository.
 */
import type { PlainDate } from "../calendar.js";
import { isBotLogin } from "../logins.js";
import type { Policy } from "../policy/schema.js";
import { quote } from "../postmortem/problems/quote.js";
import { isGroup, isNobody } from "../postmortem/problems/wording.js";
import { isPlaceholderValue } from "../postmortem/structure/placeholder.js";
import { type ActionItem, type Level, type Postmortem, type Problem, RULES, type RuleId } from "../postmortem/types.js";
import { dueFor } from "./due.js";
import { resolveOwners } from "./owners.js";
import type { WhyUnassignable } from "./types.js";

/** Any day: what is asked is only whether the policy gives one. */
const SOME_DAY: PlainDate = "2000-01-01";

/**
 * The problems of a document as its policy judges them: that an item states no date is only a note where the policy gives it one, unless
 * the policy itself sets how severe that is.
 */
export function problemsUnder(
  policy: Policy,
  { problems, items, incident }: Pick<Postmortem, "problems" | "items" | "incident">,
): readonly Problem[] {
  if (policy.problems["no-due-date"] !== undefined) return problems;
  const dated = new Set(
    items.filter((item) => dueFor(item, incident, policy, SOME_DAY).due !== null).map(({ line }) => line),
  );
  return problems.map((problem) =>
    problem.rule === "no-due-date" && dated.has(problem.line) ? { ...problem, level: "info" } : problem,
  );
}

/** Whether an owner's name stands for somebody, known or not. */
export const isSomebody = (owner: string): boolean => !isNobody(owner) && !isPlaceholderValue(owner);

/**
 * Problems with the owners of an open item that nobody is assigned to; `assignable`: the logins GitHub assigns, or was not asked about;
 * `unassignable`: why it does not assign others, where that is known.
 */
export function ownerProblems(
  item: Pick<ActionItem, "line" | "endLine" | "owners" | "mentions">,
  policy: Policy,
  assignable: ReadonlySet<string>,
  unassignable: ReadonlyMap<string, WhyUnassignable> = new Map(),
): Problem[] {
  const { logins, names } = resolveOwners(item, policy);
  const problem = (rule: RuleId, message: string, fix: string): Problem[] => {
    const level = policy.problems[rule] ?? RULES[rule];
    const { line, endLine } = item;
    return level === "off" ? [] : [{ line, endLine, rule, level, message, fix }];
  };
  return [
    ...names
      .filter(isSomebody)
      .flatMap((name) =>
        isBotLogin(name)
          ? problem(
              "unassignable-owner",
              `${quote(name)} is a bot, which GitHub does not assign.`,
              "Name the person who sees to it, or say under `owners` in the policy who they are.",
            )
          : problem(
              "unknown-owner",
              `Nobody is assigned for ${quote(name)}: the policy does not know the name.`,
              isGroup(name)
                ? "Name the person who sees to it, or say under `owners` in the policy who they are."
                : "Write their `@login`, or say under `owners` in the policy who they are.",
            ),
      ),
    ...logins
      .filter((login) => !assignable.has(login))
      .flatMap((login) => {
        const { message, fix } = unassignableWords(login, unassignable.get(login) ?? "no-access");
        return problem("unassignable-owner", message, fix);
      }),
  ];
}

/** What is said of a login that GitHub does not assign, and what its author can do. */
function unassignableWords(login: string, why: WhyUnassignable): { readonly message: string; readonly fix: string } {
  switch (why) {
    case "no-access":
      return {
        message: `@${login} cannot be assigned in this repository.`,
        fix: "Give them access to it, or name somebody else.",
      };
    case "no-account":
      return {
        message: `GitHub knows no account @${login}: it was deleted, renamed or misspelt.`,
        fix: "Name somebody else.",
      };
    case "bot":
      return { message: `@${login} is a bot, which GitHub does not assign.`, fix: "Name the person who sees to it." };
    case "organisation":
      return {
        message: `@${login} is an organisation, which GitHub does not assign.`,
        fix: "Name a person or a team of its.",
      };
  }
}

/**
 * What reading found and what is wrong with owners, by line. That a group owns an item, and that nobody knows the group, is one problem to
 * its author: the more severe of the two is told, or the second.
 */
export function withOwnerProblems(found: readonly Problem[], ofOwners: readonly Problem[]): readonly Problem[] {
  const worst = new Map<number, number>();
  for (const { line, level } of ofOwners) worst.set(line, Math.max(SEVERITY[level], worst.get(line) ?? 0));
  const isTold = ({ rule, line, level }: Problem) =>
    rule !== "owner-is-group" || SEVERITY[level] > (worst.get(line) ?? -1);
  const told = found.filter(isTold);
  const groups = new Set(told.filter(({ rule }) => rule === "owner-is-group").map(({ line }) => line));
  return [...told, ...ofOwners.filter(({ line }) => !groups.has(line))].sort((a, b) => a.line - b.line);
}

const SEVERITY: Record<Level, number> = { info: 0, warning: 1, error: 2 };
