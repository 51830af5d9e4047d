/** A reader whose child process does odd things where a document asks for it; see `test/reading/odd-child.mjs`. */
import { existsSync, readFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { AT_ONCE_BYTES, type ReaderOptions } from "../../src/reading/reader.js";

const path = fileURLToPath(new URL("../reading/odd-child.mjs", import.meta.url));

/** What is not meant to be broken off has all the time it needs, on a busy machine too. */
const limitMs = 600_000;

/** The built child process, which starts in a third of the time that its source takes. */
export const BUILT_READING: ReaderOptions = {
  limitMs,
  script: { path: fileURLToPath(new URL("../../dist/reading/child.js", import.meta.url)), flags: [] },
};

export const ODD_READING: ReaderOptions = { limitMs, script: { path, flags: [] } };

/** The text, with so many blank lines that it is read in a child process. */
export const large = (text: string): string => `${text}\n${`${" ".repeat(79)}\n`.repeat(AT_ONCE_BYTES / 80)}`;

/** The process id that a hanging child writes into a file. */
export async function hangingPid(file: string): Promise<number> {
  while (!existsSync(file)) await pause(20);
  return Number(readFileSync(file, "utf8"));
}

/** Resolves once there is no such process any more. */
export async function gone(pid: number): Promise<void> {
  for (;;) {
    try {
      process.kill(pid, 0);
    } catch {
      return;
    }
    await pause(20);
  }
}
