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
  /** May quote the file, but for one that stands elsewhere: who reads this may not be allowed to read that. */
  readonly message: string;
  /** The repository the file is in, `acme/.github`, where that is not the repository it holds for. */
  readonly elsewhere?: string;
}

/** A policy file as it stands in a repository; `not-a-file`: a folder, a submodule, a link to nothing, a Git LFS pointer. */
export type PolicyFile =
  | { readonly kind: "file"; readonly bytes: Uint8Array }
  | { readonly kind: "too-large" | "not-a-file" | "missing" };

export interface LoadedPolicy {
  readonly policy: Policy;
  /** Empty where the file is valid or absent. */
  readonly problems: readonly PolicyProblem[];
  /** The text that `policy` was read from; null where the defaults hold. */
  readonly text: string | null;
}

/** The policy that holds, given the file as it stands and the text of the last valid one. What cannot be read is told. */
export function loadPolicyFile(file: PolicyFile, lastValid: string | null): LoadedPolicy {
  switch (file.kind) {
    case "missing":
      return loadPolicy(null);
    case "too-large":
      return unreadable(lastValid, "The file is too large to be read; keep it short.");
    case "not-a-file":
      return unreadable(lastValid, "This is no file that can be read; put the policy itself here.");
    case "file":
      try {
        // A byte order mark goes.
        return loadPolicy(new TextDecoder("utf-8", { fatal: true }).decode(file.bytes), lastValid);
      } catch {
        return unreadable(lastValid, "The file is not UTF-8 text; save it as UTF-8.");
      }
  }
}

/**
 * The same, of a file in another repository (`acme/.github`), which may be private: nothing of it is quoted, and it is told
 * that it is invalid and where, so that those who may read it know.
 */
export function loadPolicyElsewhere(file: PolicyFile, lastValid: string | null, elsewhere: string): LoadedPolicy {
  const loaded = loadPolicyFile(file, lastValid);
  const [first] = loaded.problems;
  if (!first) return loaded;
  const message = `${organisationPolicy(elsewhere)} is invalid at line ${first.line}, so the last valid one or the defaults hold until it is mended there.`;
  return { ...loaded, problems: [{ line: first.line, message, elsewhere }] };
}

/** The policy that was read last, where the one in another repository cannot be read now; `why` ends a sentence about it. */
export function rememberedPolicy(lastValid: string | null, elsewhere: string, why: string): LoadedPolicy {
  const problem = { line: 1, message: `${organisationPolicy(elsewhere)} ${why}`, elsewhere };
  return { ...loadPolicy(lastValid), problems: [problem] };
}

/** What the policy of an organisation is called where it is spoken of. */
export const organisationPolicy = (elsewhere: string): string =>
  `The organisation's policy, \`${POLICY_PATH}\` in ${elsewhere},`;

const unreadable = (lastValid: string | null, message: string): LoadedPolicy => ({
  ...loadPolicy(lastValid),
  problems: [{ line: 1, message }],
});

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
