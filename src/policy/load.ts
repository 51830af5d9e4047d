/**
 * Reads a policy file. Nothing in it is half-believed: a file with one mistake counts as invalid, the last valid one (or
 * the defaults) holds, and each mistake is told with its line.
 *
 *   .github/follow-through.yml:4 — nudges.schedule: write a cron expression of five fields, like 0 9 * * 1-5
 */
import { isNode, LineCounter, type ParsedNode, parseDocument } from "yaml";
import type { z } from "zod";
import { DEFAULT_POLICY, type Policy, policySchema } from "./schema.js";

/** Where the policy stands in a repository. */
export const POLICY_PATH = ".github/follow-through.yml";

/** One mistake in a policy file; `line` is 1-based, `message` one short sentence that says the mend. */
export interface PolicyProblem {
  readonly line: number;
  readonly message: string;
}

export interface LoadedPolicy {
  readonly policy: Policy;
  /** Empty where the file is valid or absent. */
  readonly problems: readonly PolicyProblem[];
  /** The text that `policy` was read from; null where the defaults hold. */
  readonly text: string | null;
}

/**
 * The policy that holds, given the file's text (null: there is none) and the text of the last valid one.
 * Never throws; an empty file means the defaults.
 */
export function loadPolicy(text: string | null, lastValid: string | null = null): LoadedPolicy {
  if (text === null) return { policy: DEFAULT_POLICY, problems: [], text: null };
  const read = parse(text);
  if ("policy" in read) return { policy: read.policy, problems: [], text };
  const before = lastValid === null ? null : parse(lastValid);
  if (before && "policy" in before) return { policy: before.policy, problems: read.problems, text: lastValid };
  return { policy: DEFAULT_POLICY, problems: read.problems, text: null };
}

function parse(text: string): { policy: Policy } | { problems: PolicyProblem[] } {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const lineOf = (offset: number) => Math.max(1, lines.linePos(offset).line);
  if (document.errors.length > 0) {
    return {
      problems: document.errors.map((error) => ({
        line: lineOf(error.pos[0]),
        message: `Not valid YAML: ${error.message}.`,
      })),
    };
  }
  let value: unknown;
  try {
    // Few aliases are honest; many are an attempt to fill the memory (https://en.wikipedia.org/wiki/Billion_laughs_attack).
    value = document.toJS({ maxAliasCount: 50 }) ?? {};
  } catch (error) {
    return { problems: [{ line: 1, message: error instanceof Error ? error.message : "Not valid YAML." }] };
  }
  const result = policySchema.safeParse(value);
  if (result.success) return { policy: result.data };
  const located = (path: readonly PropertyKey[]): number => {
    for (let length = path.length; length > 0; length--) {
      const node = document.getIn(path.slice(0, length), true);
      const range = isNode(node) ? (node as ParsedNode).range : null;
      if (range) return lineOf(range[0]);
    }
    return 1;
  };
  return { problems: result.error.issues.flatMap((issue) => explain(issue, located, text)) };
}

function explain(
  issue: z.core.$ZodIssue,
  located: (path: readonly PropertyKey[]) => number,
  text: string,
): PolicyProblem[] {
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => ({
      line: keyLine(text, key) ?? located(issue.path),
      message: `${[...issue.path, key].join(".")}: there is no such setting; remove it or mend its name.`,
    }));
  }
  return [
    {
      line: located(issue.path),
      message: `${issue.path.join(".") || "The file"}: ${issue.message}.`.replace(/\.\.$/, "."),
    },
  ];
}

/** The first line that sets `key`: yaml gives nodes for values, and an unknown key is best shown at its own line. */
function keyLine(text: string, key: string): number | null {
  const setting = new RegExp(`^\\s*["']?${key.replace(/[^\w-]/g, "\\$&")}["']?\\s*:`);
  const index = text.split(/\r?\n/).findIndex((line) => setting.test(line));
  return index < 0 ? null : index + 1;
}
