/** Reads hostile documents in a process of its own, whose heap is limited, and says how that went. */
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

export const LIMIT_MS = 2000;
export const LIMIT_MIB = 300;

export interface Outcome {
  /** Milliseconds of processor time. */
  readonly ms: number;
  /** What the process took of memory at its height, in MiB. */
  readonly mib: number;
  readonly items: number;
  readonly problems: readonly string[];
  /** Whether a document's text ran, or reached what all objects share. */
  readonly polluted: boolean;
}

const CHILD = fileURLToPath(new URL("hostile-child.ts", import.meta.url));

/** Those of HOSTILE with these names, one after the other in one process. */
export async function readInChild(...names: string[]): Promise<Outcome[]> {
  const flags = [`--max-old-space-size=${LIMIT_MIB}`, "--import", "tsx", CHILD, ...names];
  const { stdout } = await promisify(execFile)(process.execPath, flags, { timeout: 120_000 });
  return stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
}
