/** Reading files on this machine, one after the other, for `extract` and `check`. */
import { readFile, stat } from "node:fs/promises";
import type { PlainDate } from "../calendar.js";
import type { LoadedPolicy } from "../policy/load.js";
import { readOptions } from "../policy/reading.js";
import { readPostmortem } from "../postmortem/read.js";
import type { Postmortem } from "../postmortem/types.js";
import { findPolicy } from "./policy-file.js";
import type { Terminal } from "./terminal.js";

export interface ReadFile {
  readonly postmortem: Postmortem;
  readonly loaded: LoadedPolicy & { readonly path: string | null };
}

/**
 * Reads each file and hands it to `use`; one that cannot be read is told on stderr and the others go on.
 * Returns whether all could be read.
 */
export async function readDocuments(
  terminal: Terminal,
  files: readonly string[],
  options: { readonly policy?: string | undefined; readonly today: PlainDate | null },
  use: (file: ReadFile) => void,
): Promise<boolean> {
  const policies = new Map<string, ReadFile["loaded"]>();
  let allRead = true;
  const progress = terminal.progress("Reading", files.length);
  for (const path of files) {
    progress.step();
    let bytes: Uint8Array;
    try {
      bytes = await readRegular(path);
    } catch (error) {
      allRead = false;
      terminal.error(`${path}: cannot be read (${error instanceof Error && "code" in error ? error.code : "no file"})`);
      continue;
    }
    const folder = options.policy ? "." : path.slice(0, Math.max(0, path.lastIndexOf("/"))) || ".";
    const loaded = policies.get(folder) ?? findPolicy(options.policy, folder);
    policies.set(folder, loaded);
    use({ postmortem: readPostmortem(path, bytes, readOptions(loaded.policy, options.today)), loaded });
  }
  progress.end();
  return allRead;
}

/** A link in somebody's repository may lead to a pipe or a device, which never ends: these are not opened. */
async function readRegular(path: string): Promise<Uint8Array> {
  const found = await stat(path);
  if (!found.isFile() && !found.isDirectory()) throw new Error("no file");
  return readFile(path);
}
