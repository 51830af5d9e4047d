import { setTimeout as pause } from "node:timers/promises";

const EVERY_MS = 40;

/**
 * Waits until something is so, looking again and again.
 * @throws Error naming what did not happen within `limitMs`, or whatever `isSo` throws.
 */
export async function until(what: string, limitMs: number, isSo: () => boolean | Promise<boolean>): Promise<void> {
  const end = performance.now() + limitMs;
  while (!(await isSo())) {
    if (performance.now() > end) throw new Error(`It did not happen within ${limitMs / 1000} s that ${what}.`);
    await pause(EVERY_MS);
  }
}
