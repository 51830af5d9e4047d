/**
 * A worker in a process of its own that does all there is to do, of which some ends the process: `poison-child.ts OPTIONS`, as
 * JSON. It says what it begins and what it did, and what it logs; its exit code is 0 where it came to the end.
 */
import { writeSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { SILENT } from "../../src/jobs/log.js";
import { Workers } from "../../src/jobs/workers.js";
import { openStore } from "../../src/store/open.js";

/** The ways to end a process that no `catch` sees. */
const POISONS: Readonly<Record<string, () => void>> = {
  abort: () => process.abort(),
  kill: () => process.kill(process.pid, "SIGKILL"),
  exit: () => process.exit(1),
  throw: () => void setTimeout(() => void JSON.parse("{"), 0),
  reject: () => void Promise.reject(new Error("nobody waits for this")),
  stack: () => overflow(0),
  heap: () => {
    for (const kept: object[][] = []; ; ) kept.push(Array.from({ length: 1000 }, () => ({})));
  },
};

/** At the end of the stack a regular expression is compiled, which V8 takes for the end of the process. */
function overflow(depth: number): number {
  try {
    return overflow(depth + 1) + 1;
  } catch {
    return new RegExp(`(a|${depth})*${"(".repeat(500)}${")".repeat(500)}`).test("aaaa") ? depth : depth + 1;
  }
}

const { now, poison, ...options } = JSON.parse(process.argv[2] ?? "{}");
const store = await openStore(options);
const from = performance.now();
const clock = () => new Date(Date.parse(now) + performance.now() - from);
const say = (line: string) => writeSync(1, `${line}\n`);
const workers = new Workers({
  store,
  now: clock,
  owner: `child-${process.pid}`,
  log: { ...SILENT, warn: (_, message) => say(`log ${message}`), error: (_, message) => say(`log ${message}`) },
  async handle({ key, work }) {
    say(`begin ${key}`);
    // The healthy are in the midst of it when the process ends.
    await pause(work.kind === "check" ? 30 : 60);
    if (work.kind === "check") {
      POISONS[poison]?.();
      if (poison !== "none") await pause(10_000);
    }
    say(`done ${key}`);
  },
});
await workers.drain();
await store.close();
