/**
 * Reads documents of {@link HOSTILE}, named by the arguments, one after the other, and prints how each went in a line: `{ms, mib,
 * items, problems, polluted}`. `ms` is processor time, `mib` is what the process took of memory at its height, above what it held
 * before.
 */
import { existsSync, readFileSync } from "node:fs";
import { readPostmortem } from "../../src/postmortem/read.js";
import { DEFAULT_READ_OPTIONS } from "../../src/postmortem/types.js";
import { cpuMs } from "../support/cpu.js";
import { DOCUMENTS } from "./documents.js";
import { HOSTILE } from "./hostile.js";

/** Made ready first: what is measured is reading, not starting. */
for (const document of DOCUMENTS) readPostmortem("a.md", document, DEFAULT_READ_OPTIONS);

const STATUS = "/proc/self/status";

/**
 * What this process took of memory at its height, in bytes. Linux begins `maxRSS` with what the process held that started this one
 * (getrusage(2) survives execve(2)), and that is a test runner with all its files; its own height is `VmHWM`, see proc_pid_status(5).
 */
function height(): number {
  const own = existsSync(STATUS) ? /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(STATUS, "utf8"))?.[1] : undefined;
  return 1024 * (own === undefined ? process.resourceUsage().maxRSS : Number(own));
}

for (const name of process.argv.slice(2)) {
  const text = HOSTILE[name]?.() ?? "";
  const before = process.memoryUsage().rss;
  let read = readPostmortem("a.md", "", DEFAULT_READ_OPTIONS);
  const ms = Math.round(
    cpuMs(() => {
      read = readPostmortem("a.md", text, DEFAULT_READ_OPTIONS);
    }),
  );
  const { items, problems } = read;
  const mib = Math.round((height() - before) / 1_048_576);
  const polluted = "polluted" in globalThis || "polluted" in {};
  const rules = problems.map(({ rule }) => rule).slice(0, 5);
  console.log(JSON.stringify({ ms, mib, items: items.length, problems: rules, polluted }));
}
