/**
 * What it costs when strangers send much at once: `npm run build && tsx test/bench/uploads.ts`. Forty bodies of 23 MiB, none of them
 * GitHub's, held just before their end, while GitHub goes on delivering. Says the service's memory and how the deliveries fared.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { Emulator } from "../../emulator/emulator.js";
import { Child } from "../chaos/child.js";
import { deliver, type Flood, memory, startFlood, WRONG_SIGNATURE } from "../support/flood.js";

const SECRET = "a-secret-of-the-benchmark";
const WATCH_MS = 6_000;
const LIMIT_MIB = 200;

const FLOODS: readonly (readonly [string, Flood])[] = [
  ["no signature", { uploads: 40, mebibytes: 23, headers: {}, chunked: false }],
  ["no signature, chunked", { uploads: 40, mebibytes: 23, headers: {}, chunked: true }],
  ["a wrong signature", { uploads: 40, mebibytes: 23, headers: WRONG_SIGNATURE, chunked: false }],
  ["a wrong signature, chunked", { uploads: 40, mebibytes: 23, headers: WRONG_SIGNATURE, chunked: true }],
  ["a wrong signature, 400 small ones", { uploads: 400, mebibytes: 1, headers: WRONG_SIGNATURE, chunked: false }],
];

async function measure(name: string, what: Flood): Promise<boolean> {
  const gh = await Emulator.start({ webhookSecret: SECRET });
  const dataDir = mkdtempSync(join(tmpdir(), "follow-through-uploads-"));
  const env = { ...gh.environment, DATA_DIR: dataDir, HOST: "127.0.0.1", PORT: "0" };
  const service = new Child("main", [], env);
  const port = await service.listening();
  if (port === null) throw new Error(service.said.join("\n"));
  const before = await memory(port);
  const attack = startFlood(port, what);
  let [peak, slowest, failed, sent] = [0, 0, 0, 0];
  for (const until = Date.now() + WATCH_MS; Date.now() < until; await pause(50)) {
    const { status, ms } = await deliver(port, SECRET).catch(() => ({ status: 0, ms: 0 }));
    sent++;
    if (status !== 200) failed++;
    slowest = Math.max(slowest, ms);
    peak = Math.max(peak, await memory(port));
  }
  const answers = await attack.end();
  await service.kill();
  await gh.close();
  rmSync(dataDir, { recursive: true });
  const answered =
    Object.entries(answers)
      .map(([status, count]) => `${count} x ${status}`)
      .join(", ") || "none yet";
  console.log(`${name}: ${before} MiB before, ${peak} at most; answered: ${answered};`);
  console.log(
    `  deliveries meanwhile: ${sent - failed} of ${sent} taken, slowest ${slowest} ms; log lines: ${service.said.length}`,
  );
  return peak <= LIMIT_MIB && failed === 0;
}

let well = true;
for (const [name, what] of FLOODS) well = (await measure(name, what)) && well;
process.exitCode = well ? 0 : 1;
