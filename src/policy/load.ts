/**
 * Reads a policy file. Nothing in it is half-believed: a file with one mistake counts as invalid, the last valid one (or
 * the defaults) holds, and each mistake is told with its line.
 *
 *   .github/follow-through.yml:4 — nudges.schedule: write a cron expression of five fields, like 0 9 * * 1-5
 */
import { isMap, isNode, isScalar } from "yaml";
import type { z } from "zod";
import { type ReadYaml, readYaml } from "../data.js";
import { oneLine, shorten } from "../text.js";
import { DEFAULT_POLICY, type Policy, schemaFor } from "./schema.js";

/** Where the policy stands in a repository. */
export const POLICY_FOLDER = ".github";
export const POLICY_PATH = `${POLICY_FOLDER}/follow-through.yml`;
/** The other ending of YAML is as good: it is read where the first is not there. */
const OTHER_POLICY_PATH = `${POLICY_FOLDER}/follow-through.yaml`;

/** A path that may be a policy's, wherever it stands, or lies below a folder in its place. */
export const POLICY_FILE = /(?:^|\/)follow-through\.ya?ml(?:\/|$)/i;

/** Whether a path is where a repository's own policy may stand. */
export const isPolicyPath = (path: string): boolean => path === POLICY_PATH || path === OTHER_POLICY_PATH;

/** Beyond so many entries GitHub tells of a folder no further. https://docs.github.com/en/rest/repos/contents#get-repository-content */
const MOST_ENTRIES = 1000;

/** Which file of a repository is its policy. */
export interface PolicyPlace {
  readonly path: string;
  /** A second one beside it, which is not read. */
  readonly beside: string | null;
}

/** The policy's place among the names in {@link POLICY_FOLDER}; null where none is there. */
export function policyPlace(names: readonly string[]): PolicyPlace | null {
  const has = (path: string) => names.some((name) => `${POLICY_FOLDER}/${name}` === path);
  // In a folder of so many, it may be one of those that are not told.
  if (has(POLICY_PATH) || names.length >= MOST_ENTRIES)
    return { path: POLICY_PATH, beside: has(OTHER_POLICY_PATH) ? OTHER_POLICY_PATH : null };
  return has(OTHER_POLICY_PATH) ? { path: OTHER_POLICY_PATH, beside: null } : null;
}

/** One mistake in a policy file; `line` is 1-based, `message` one short sentence that says the fix. */
export interface PolicyProblem {
  readonly line: number;
  /** May quote the file, but for one that stands elsewhere: who reads this may not be allowed to read that. */
  readonly message: string;
  /** The repository the file is in, `acme/.github`, where that is not the repository it holds for. */
  readonly elsewhere?: string;
  /** It is no mistake in the file's text. */
  readonly harmless?: boolean;
}

/** A policy file as it stands in a repository; `not-a-file`: a folder, a submodule, a link to nothing, a Git LFS pointer. */
export type PolicyFile =
  | { readonly kind: "file"; readonly bytes: Uint8Array }
  | { readonly kind: "too-large" | "not-a-file" | "missing" };

export interface LoadedPolicy {
  readonly policy: Policy;
  /** Empty where the file is valid or absent, but for what is harmless. */
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
export function loadPolicyElsewhere(
  file: PolicyFile,
  lastValid: string | null,
  elsewhere: string,
  path: string,
): LoadedPolicy {
  const loaded = loadPolicyFile(file, lastValid);
  const [first] = loaded.problems;
  if (!first) return loaded;
  const message = `${organisationPolicy(elsewhere, path)} is invalid at line ${first.line}, so the last valid one or the defaults hold until it is fixed there.`;
  return { ...loaded, problems: [{ line: first.line, message, elsewhere }] };
}

/** The policy that was read last, where the one in another repository cannot be read now; `why` ends a sentence about it. */
export function rememberedPolicy(lastValid: string | null, elsewhere: string, why: string): LoadedPolicy {
  const problem = { line: 1, message: `${organisationPolicy(elsewhere)} ${why}`, elsewhere };
  return { ...loadPolicy(lastValid), problems: [problem] };
}

/** What the policy of an organisation is called where it is spoken of. */
export const organisationPolicy = (elsewhere: string, path: string = POLICY_PATH): string =>
  `The organisation's policy, \`${path}\` in ${elsewhere},`;

/** Says of a policy that another stands beside it; `elsewhere`: the repository, where it is another than the one it holds for. */
export function besideAnother(loaded: LoadedPolicy, { path, beside }: PolicyPlace, elsewhere?: string): LoadedPolicy {
  if (beside === null) return loaded;
  const message =
    elsewhere === undefined
      ? `\`${path}\` is the policy, and \`${beside}\` beside it is not read; delete one of the two.`
      : `${organisationPolicy(elsewhere, path)} holds, and \`${beside}\` beside it is not read; delete one of the two there.`;
  const problem = { line: 1, message, harmless: true, ...(elsewhere !== undefined && { elsewhere }) };
  return { ...loaded, problems: [...loaded.problems, problem] };
}

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

/** Few aliases are honest. */
const MAX_ALIASES = 50;

/** More mistakes at once are of one kind; whoever fixes these sees the next. */
const MOST_PROBLEMS = 10;

/** Keys are people's words, and a message is one line. */
const MAX_PATH = 100;

function parse(text: string): { policy: Policy } | { problems: PolicyProblem[] } {
  const read = readYaml(text, MAX_ALIASES);
  if ("faults" in read) {
    return { problems: atMost(read.faults, ({ line, message }) => ({ line, message: `Not valid YAML: ${message}.` })) };
  }
  const result = schemaFor(read.value).safeParse(read.value ?? {});
  if (result.success) return { policy: result.data };
  return { problems: atMost(result.error.issues.flatMap(mistakes), (mistake) => explain(mistake, read)) };
}

/** The first problems told, and how many more there are. */
function atMost<T>(found: readonly T[], tell: (one: T) => PolicyProblem): PolicyProblem[] {
  const next = found[MOST_PROBLEMS];
  const told = found.slice(0, MOST_PROBLEMS).map(tell);
  if (next === undefined) return told;
  const more = found.length - MOST_PROBLEMS;
  return [
    ...told,
    { line: tell(next).line, message: `There ${more === 1 ? "is 1 more mistake" : `are ${more} more`} like these.` },
  ];
}

/** One mistake: where it is, and what the schema says of it; null where it knows no such key. */
interface Mistake {
  readonly path: readonly PropertyKey[];
  readonly message: string | null;
}

function mistakes(issue: z.core.$ZodIssue): Mistake[] {
  const { path } = issue;
  if (issue.code === "unrecognized_keys") return issue.keys.map((key) => ({ path: [...path, key], message: null }));
  // Where one of several forms was plainly meant, what is wrong within it helps more than what the others are.
  const meant = issue.code === "invalid_union" ? issue.errors.find((errors) => errors.every(isWithin)) : undefined;
  if (meant) return meant.flatMap((one) => mistakes({ ...one, path: [...path, ...one.path] }));
  return [{ path, message: issue.message }];
}

/** Whether a mistake is in what a value holds, not in what kind of value it is. */
const isWithin = ({ code, path }: z.core.$ZodIssue): boolean => path.length > 0 || code === "unrecognized_keys";

type Parsed = Exclude<ReadYaml, { faults: unknown }>;

function explain({ path, message }: Mistake, parsed: Parsed): PolicyProblem {
  const name = shorten(oneLine(path.join(".")), MAX_PATH);
  if (message !== null) {
    return { line: lineOfValue(path, parsed), message: `${name || "The file"}: ${message}.`.replace(/\.\.$/, ".") };
  }
  return {
    line: lineOfKey(path, parsed) ?? lineOfValue(path, parsed),
    message: `${name}: there is no such setting; remove it or fix its name.`,
  };
}

/** The line of the value at `path`, or of what it should stand in. */
function lineOfValue(path: readonly PropertyKey[], { document, lineOf }: Parsed): number {
  for (let length = path.length; length > 0; length--) {
    const node = document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return lineOf(node.range[0]);
  }
  return 1;
}

/** The line of the key that `path` ends with: an unknown one is best shown where it stands itself. */
function lineOfKey(path: readonly PropertyKey[], { document, lineOf }: Parsed): number | null {
  const map = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true);
  if (!isMap(map)) return null;
  for (const { key } of map.items) {
    if (isScalar(key) && String(key.value) === String(path.at(-1)) && key.range) return lineOf(key.range[0]);
  }
  return null;
}
