/**
 * What the command line is asked to read: files, the postmortems of folders, and standard input as `-`. One after the other, for
 * `extract`, `check` and `similar`.
 */
import { isUtf8 } from "node:buffer";
import { dirname } from "node:path";
import type { PlainDate } from "../calendar.js";
import { AuthorProblem, CannotStart, NotText, ReadingBrokenOff } from "../errors.js";
import { readFileUpTo } from "../files.js";
import { postmortemMatcher } from "../policy/matching.js";
import { readOptions } from "../policy/reading.js";
import { Explainer, type Explanation } from "../postmortem/explain.js";
import { MAX_BYTES, readPostmortem } from "../postmortem/read.js";
import type { Postmortem, ReadOptions } from "../postmortem/types.js";
import { Reader } from "../reading/reader.js";
import { count } from "../render/words.js";
import type { Terminal } from "../terminal.js";
import { markdownIn } from "./folder.js";
import { findPolicy, type PolicyHere, pathIn } from "./policy-file.js";

/** The name by which standard input is asked for. */
const STANDARD_INPUT = "-";

/** One byte more than is read of a document tells that it is larger. */
const MOST_BYTES = MAX_BYTES + 1;

export interface ReadFile {
  readonly postmortem: Postmortem;
  readonly loaded: PolicyHere;
  readonly bytes: Uint8Array;
  /** Why it was read so, where that was asked for. */
  readonly explanation: Explanation | null;
  /** Why it could not be read as text, said behind its path; null where it could. */
  readonly notText: string | null;
  /** Nothing is written in it. */
  readonly isBlank: boolean;
}

export interface ReadingOptions {
  /** A policy's file, which then holds for all. */
  readonly policy?: string | undefined;
  /** With a day, open items due before it are problems. */
  readonly today: PlainDate | null;
  readonly explain?: boolean | undefined;
  /** What `-` stands for, and the path it is read as. */
  readonly input: AsyncIterable<Uint8Array>;
  readonly path?: string | undefined;
}

/**
 * Reads each that is named and hands it to `use`; what cannot be read is told on stderr, and the others go on. Returns the exit code so
 * far: 2 where something is not there or may not be read, 1 where something is no text, else 0.
 * @throws CannotStart where `path` is given and `-` is not named
 */
export async function readDocuments(
  terminal: Terminal,
  names: readonly string[],
  options: ReadingOptions,
  use: (file: ReadFile) => void,
): Promise<0 | 1 | 2> {
  if (options.path !== undefined && !names.includes(STANDARD_INPUT))
    throw new CannotStart("--path names what standard input holds.", "Name `-` among the files, or leave --path out.");
  const policies = new Policies(options.policy);
  let allText = true;
  let allRead = true;
  const refuse = (path: string, why: string): void => {
    allRead = false;
    terminal.error(`${path} ${why}`);
  };
  const files = await filesOf(terminal, names, policies, refuse);
  const progress = terminal.progress("Reading", files.length);
  const reader = new Reader();
  try {
    for (const name of files) {
      progress.step();
      const path = name === STANDARD_INPUT ? (options.path ?? name) : name;
      const found = name === STANDARD_INPUT ? await inputUpTo(options.input) : await readFileUpTo(name, MOST_BYTES);
      if (found.kind !== "file") {
        refuse(path, found.why);
        continue;
      }
      const { bytes } = found;
      const there = await policies.of(path);
      // Standard input that no path was given for stands nowhere, so no path of the policy's is asked of it.
      const loaded = path === STANDARD_INPUT ? { ...there, root: null } : there;
      const reading = readOptions(loaded.policy, options.today);
      try {
        const read = options.explain
          ? explained(path, bytes, reading)
          : { postmortem: await reader.read(path, bytes, reading), explanation: null };
        const notText = whyNoText(bytes);
        allText &&= notText === null;
        use({ ...read, loaded, bytes, notText, isBlank: isBlank(bytes) });
      } catch (error) {
        if (!(error instanceof ReadingBrokenOff)) throw error;
        refuse(path, `cannot be read: ${error.message}`);
      }
    }
  } finally {
    reader.close();
  }
  progress.end();
  if (!allRead) return 2;
  return allText ? 0 : 1;
}

/** The files that names stand for; of folders those that are postmortems. */
async function filesOf(
  terminal: Terminal,
  names: readonly string[],
  policies: Policies,
  refuse: (path: string, why: string) => void,
): Promise<string[]> {
  const files: string[] = [];
  for (const name of names) {
    if (name === STANDARD_INPUT && files.includes(name)) continue;
    const found = name === STANDARD_INPUT ? null : await readFileUpTo(name, 0);
    if (found?.kind !== "folder") {
      files.push(name);
      continue;
    }
    const inside = await markdownIn(name);
    for (const { path, why } of inside.refused) refuse(path, why);
    const taken = await postmortemsAmong(inside.files, policies);
    const left = count(inside.files.length, "Markdown file");
    if (inside.files.length === 0) terminal.error(`${name} holds no Markdown files`);
    else if (taken.length === 0)
      terminal.error(`${name} holds ${left}, of which the policy takes none for a postmortem`);
    files.push(...taken);
  }
  return files;
}

/** Those that the policy takes for postmortems; all of them where nobody wrote one and its defaults take none. */
async function postmortemsAmong(files: readonly string[], policies: Policies): Promise<readonly string[]> {
  const taken: string[] = [];
  let isChosen = false;
  for (const path of files) {
    const loaded = await policies.of(path);
    isChosen ||= loaded.path !== null;
    if (isPostmortem(path, loaded)) taken.push(path);
  }
  return taken.length > 0 || isChosen ? taken : files;
}

/** Whether the policy takes a file for a postmortem; so it is taken where its path in the repository is not known. */
function isPostmortem(path: string, { policy, root }: PolicyHere): boolean {
  const place = root === null ? null : pathIn(root, path);
  return place === null || postmortemMatcher(policy)(place);
}

/** The policies of folders, each looked for once. */
class Policies {
  readonly #named: string | undefined;
  readonly #known = new Map<string, Promise<PolicyHere>>();

  constructor(named: string | undefined) {
    this.#named = named;
  }

  /** The policy that holds for a file. @throws CannotStart as {@link findPolicy} does */
  of(file: string): Promise<PolicyHere> {
    const folder = dirname(file);
    const known = this.#known.get(folder) ?? findPolicy(this.#named, folder);
    this.#known.set(folder, known);
    return known;
  }
}

/** Reads at once, large or not: whoever asks why waits for the answer. */
function explained(
  path: string,
  bytes: Uint8Array,
  options: ReadOptions,
): Pick<ReadFile, "postmortem" | "explanation"> {
  const explainer = new Explainer();
  const postmortem = readPostmortem(path, bytes, options, explainer);
  return { postmortem, explanation: explainer.explanation() };
}

/** Whether there is nothing but space in it. */
const isBlank = (bytes: Uint8Array): boolean =>
  bytes.byteLength <= MAX_BYTES && Buffer.from(bytes).toString("utf8").trim() === "";

function whyNoText(bytes: Uint8Array): string | null {
  if (bytes.byteLength > MAX_BYTES) return "is larger than 1 MiB: move logs and pictures out of it";
  return isUtf8(bytes) ? null : "is not text in UTF-8: save it as UTF-8";
}

/** The beginning of what is piped in; nothing of it where it was read before. */
async function inputUpTo(
  input: AsyncIterable<Uint8Array>,
): Promise<{ readonly kind: "file"; readonly bytes: Uint8Array }> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of input) {
    parts.push(part);
    size += part.byteLength;
    if (size >= MOST_BYTES) break;
  }
  return { kind: "file", bytes: Buffer.concat(parts).subarray(0, MOST_BYTES) };
}

/** One document by its name, for a comparison. @throws AuthorProblem where it cannot be read, NotText where it is no text */
export async function readText(name: string, input: AsyncIterable<Uint8Array>): Promise<string> {
  const found = name === STANDARD_INPUT ? await inputUpTo(input) : await readFileUpTo(name, MOST_BYTES);
  if (found.kind !== "file") throw new AuthorProblem(`${name} ${found.why}.`, "Name a postmortem in Markdown.");
  const why = whyNoText(found.bytes);
  if (why !== null) throw new NotText(`${name} ${why}.`, "Name a postmortem in Markdown.");
  return Buffer.from(found.bytes).toString("utf8");
}
