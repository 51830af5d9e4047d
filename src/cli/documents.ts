/** Reading files on this machine, one after the other, for `extract` and `check`. */
import { readFile, stat } from "node:fs/promises";
import type { PlainDate } from "../calendar.js";
import { AuthorProblem, ReadingBrokenOff } from "../errors.js";
import type { LoadedPolicy } from "../policy/load.js";
import { readOptions } from "../policy/reading.js";
import { Explainer, type Explanation } from "../postmortem/explain.js";
import { readPostmortem } from "../postmortem/read.js";
import type { Postmortem, ReadOptions } from "../postmortem/types.js";
import { Reader } from "../reading/reader.js";
import type { Terminal } from "../terminal.js";
import { findPolicy } from "./policy-file.js";

export interface ReadFile {
  readonly postmortem: Postmortem;
  readonly loaded: LoadedPolicy & { readonly path: string | null };
  /** Why it was read so, where that was asked for. */
  readonly explanation: Explanation | null;
}

/**
 * Reads each file and hands it to `use`; one that cannot be read is told on stderr and the others go on.
 * Returns whether all could be read.
 */
export async function readDocuments(
  terminal: Terminal,
  files: readonly string[],
  options: {
    readonly policy?: string | undefined;
    readonly today: PlainDate | null;
    readonly explain?: boolean | undefined;
  },
  use: (file: ReadFile) => void,
): Promise<boolean> {
  const policies = new Map<string, ReadFile["loaded"]>();
  const policyAt = (folder: string): ReadFile["loaded"] => {
    const loaded = policies.get(folder) ?? findPolicy(options.policy, folder);
    policies.set(folder, loaded);
    return loaded;
  };
  let allRead = true;
  const progress = terminal.progress("Reading", files.length);
  const reader = new Reader();
  try {
    for (const path of files) {
      progress.step();
      try {
        const bytes = await readRegular(path);
        const loaded = policyAt(options.policy ? "." : path.slice(0, Math.max(0, path.lastIndexOf("/"))) || ".");
        const reading = readOptions(loaded.policy, options.today);
        const read = options.explain
          ? explained(path, bytes, reading)
          : { postmortem: await reader.read(path, bytes, reading), explanation: null };
        use({ ...read, loaded });
      } catch (error) {
        if (!(error instanceof NoFile || error instanceof ReadingBrokenOff)) throw error;
        allRead = false;
        terminal.error(`${path}: cannot be read (${error.message})`);
      }
    }
  } finally {
    reader.close();
  }
  progress.end();
  return allRead;
}

/** Reads at once, large or not: whoever asks why waits for the answer. */
function explained(path: string, bytes: Uint8Array, options: ReadOptions): Omit<ReadFile, "loaded"> {
  const explainer = new Explainer();
  const postmortem = readPostmortem(path, bytes, options, explainer);
  return { postmortem, explanation: explainer.explanation() };
}

/** The text of a file. @throws AuthorProblem where it cannot be read. */
export async function readText(path: string): Promise<string> {
  try {
    return Buffer.from(await readRegular(path)).toString("utf8");
  } catch (error) {
    if (!(error instanceof NoFile)) throw error;
    throw new AuthorProblem(`${path}: cannot be read (${error.message}).`, "Name a postmortem in Markdown.");
  }
}

/** There is nothing at a path that could be read; the message says why in a word or two. */
class NoFile extends Error {}

/** A link in somebody's repository may lead to a pipe or a device, which never ends: these are not opened. */
async function readRegular(path: string): Promise<Uint8Array> {
  try {
    const found = await stat(path);
    if (found.isFile() || found.isDirectory()) return await readFile(path);
  } catch (error) {
    throw new NoFile(error instanceof Error && "code" in error ? String(error.code) : "no file", { cause: error });
  }
  throw new NoFile("no file");
}
