/**
 * What the service holds in memory when it is idle: part of `npm run bench:scale`, in a process of its own, as it is installed.
 *
 *   memory: idle 98 MiB (at most 100)
 */
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { Emulator } from "../../emulator/emulator.js";

const AT_MOST_MIB = 100;
/** After its start, for what it looks at then. */
const IDLE_AFTER_MS = 15_000;

/** Prints it; returns how many bounds were broken. Linux alone tells. */
export async function measureMemory(): Promise<number> {
  const dataDir = mkdtempSync(join(tmpdir(), "follow-through-memory-"));
  const gh = await Emulator.start();
  gh.repository("acme/shop", { members: { ada: "write" } });
  gh.installApp({ on: ["acme/shop"] });
  const env = {
    ...process.env,
    ...gh.environment,
    DATA_DIR: dataDir,
    PORT: "0",
    HOST: "127.0.0.1",
    LOG_LEVEL: "error" as const,
  };
  const service = spawn(process.execPath, ["dist/main.js"], { env, stdio: "ignore" });
  try {
    await pause(IDLE_AFTER_MS);
    const status = readFileSync(`/proc/${service.pid}/status`, "utf8");
    const mib = Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024;
    const holds = mib > 0 && mib <= AT_MOST_MIB;
    console.log(`\n${holds ? "" : "TOO MUCH: "}memory: idle ${mib.toFixed(0)} MiB (at most ${AT_MOST_MIB})`);
    return holds ? 0 : 1;
  } finally {
    service.kill("SIGKILL");
    await gh.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
}
