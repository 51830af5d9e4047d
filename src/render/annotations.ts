/**
 * What the author of a postmortem should fix, beside the lines of the file in the pull request:
 *
 *   warning, line 21: The due date "Feb 30" cannot be read: there is no such day. Write the day as YYYY-MM-DD. (unreadable-due-date)
 */
import type { PolicyProblem } from "../policy/load.js";
import type { Level, Problem, RuleId } from "../postmortem/types.js";
import { PLAIN, problemWords } from "./forecast.js";
import { LACKS } from "./parts.js";
import { list } from "./words.js";

/** A remark beside lines of a file. GitHub shows it letter by letter, not as Markdown, and it notifies nobody. */
export interface Annotation {
  readonly path: string;
  /** 1-based, both included. */
  readonly startLine: number;
  readonly endLine: number;
  readonly level: "notice" | "warning" | "failure";
  readonly title: string;
  readonly message: string;
}

/** A problem and the document it is in. */
export type Placed = Problem & { readonly path: string };

/** GitHub takes 50 a request; nobody reads hundreds. */
const MAX_ANNOTATIONS = 300;
/** So many items of a document that lack the same are told in one annotation. */
const MANY = 10;
const MAX_LINES = 20;

const LEVELS: Record<Level, Annotation["level"]> = { error: "failure", warning: "warning", info: "notice" };
export const GRAVITY: Record<Level, number> = { error: 0, warning: 1, info: 2 };

/**
 * The annotations for problems, in a fixed order: most severe first, then as the documents have them. `hidden` counts those
 * that are too many to be shown. `before`: annotations of another kind, which come first.
 */
export function annotationsOf(
  problems: readonly Placed[],
  before: readonly Annotation[] = [],
): { annotations: Annotation[]; hidden: number } {
  const told = gathered(problems).sort((a, b) => GRAVITY[a.level] - GRAVITY[b.level]);
  const room = Math.max(0, MAX_ANNOTATIONS - before.length);
  return {
    annotations: [...before, ...told.slice(0, room).map(annotation)],
    hidden: Math.max(0, told.length - room),
  };
}

/** The annotations for what is wrong with a policy file; it has few. */
export const policyAnnotations = ({
  path,
  problems,
}: {
  readonly path: string;
  readonly problems: readonly PolicyProblem[] | null;
}): Annotation[] =>
  (problems ?? []).map(({ line, message, harmless }) => ({
    path,
    startLine: line,
    endLine: line,
    level: harmless ? "warning" : "failure",
    title: "policy",
    message: PLAIN.text(message, 1_000),
  }));

/** What many items of one document lack becomes one problem, at the first of them. */
function gathered(problems: readonly Placed[]): Placed[] {
  const alike = new Map<string, Placed[]>();
  const keyOf = ({ path, rule }: Placed) => `${rule} ${path}`;
  for (const problem of problems.filter(({ rule }) => LACKS[rule])) {
    const before = alike.get(keyOf(problem));
    if (before) before.push(problem);
    else alike.set(keyOf(problem), [problem]);
  }
  return problems.flatMap((problem) => {
    const same = alike.get(keyOf(problem)) ?? [];
    if (same.length <= MANY) return [problem];
    return problem === same[0] ? [{ ...problem, message: lackWords(problem.rule, same) }] : [];
  });
}

function lackWords(rule: RuleId, same: readonly Problem[]): string {
  const lines = same.slice(0, MAX_LINES).map(({ line }) => String(line));
  if (same.length > lines.length) lines.push(`${same.length - lines.length} more`);
  return `${LACKS[rule]}: the items in lines ${list(lines)}.`;
}

function annotation({ path, line, endLine, rule, level, message, fix }: Placed): Annotation {
  return {
    path,
    startLine: line,
    endLine: Math.max(line, endLine),
    level: LEVELS[level],
    title: rule,
    message: problemWords({ message: PLAIN.text(message, 1_000), fix: PLAIN.text(fix, 1_000) }),
  };
}
