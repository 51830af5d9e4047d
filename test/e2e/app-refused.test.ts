/** GitHub does not let the App in, or not in time: the service runs, says why and what to do, and goes on once it can. */
import { generateKeyPairSync } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Emulator, type EmulatorOptions } from "../../emulator/emulator.js";
import { doctor } from "../../src/cli/doctor.js";
import { OutOfReach } from "../../src/errors.js";
import { clockWords, whyAppRefused } from "../../src/github/app-refused.js";
import { type Service, startService } from "../../src/service.js";
import { readSettings } from "../../src/settings.js";
import { sampled } from "../support/long.js";

const SECRET = "a-secret-of-tests";
const HOUR_MS = 3_600_000;

let dataDir: string;
let gh: Emulator;
let service: Service | null;
let said: Record<string, unknown>[];
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), "follow-through-refused-"));
  said = [];
  service = null;
});
afterEach(async () => {
  await service?.stop();
  await gh.close();
  rmSync(dataDir, { recursive: true });
});

async function start(options: EmulatorOptions, env: Record<string, string> = {}): Promise<Service> {
  gh = await Emulator.start({ webhookSecret: SECRET, ...options });
  const log = pino({ level: "info" }, { write: (line: string) => void said.push(JSON.parse(line)) });
  const settings = { ...gh.environment, HOST: "127.0.0.1", PORT: "0", DATA_DIR: dataDir, ...env };
  service = await startService(readSettings(settings), { log, background: false, timeoutMs: 2_000 });
  return service;
}

/** What the log says at a level, once it says something of that kind. */
const told = (msg: string) =>
  vi.waitUntil(() => said.find((line) => line.msg === msg)?.detail, { timeout: 10_000, interval: 20 });

async function doctorLines({ context }: Service): Promise<string[]> {
  const lines: string[] = [];
  const print = (line: string) => void lines.push(line);
  await doctor(
    {
      width: null,
      print,
      printMarkdown: print,
      printJson: print,
      error: print,
      progress: () => ({ step() {}, end() {} }),
    },
    context,
  );
  return lines;
}

const otherKey = () =>
  generateKeyPairSync("rsa", {
    modulusLength: 2048,
    privateKeyEncoding: { type: "pkcs1", format: "pem" },
    publicKeyEncoding: { type: "spki", format: "pem" },
  }).privateKey;

describe("a service that GitHub does not let in", () => {
  it.each([
    ["with the key of another App", { PRIVATE_KEY: otherKey() }, /are not of the same App: copy both/],
    ["with the number of no App", { APP_ID: "987654" }, /There is no App of this APP_ID/],
  ])("%s: runs, and says so in the log and by doctor", async (_, env, why) => {
    const running = await start({}, env);
    expect(await told("GitHub does not let the App in")).toMatch(why);
    expect((await fetch(`http://127.0.0.1:${running.port}/healthz`)).status).toBe(200);
    const lines = await doctorLines(running);
    expect(lines.find((line) => line.startsWith("WRONG"))).toMatch(why);
    expect(JSON.stringify([said, lines])).not.toContain("PRIVATE KEY");
  });

  it("because nobody listens there: says that, and counts requests without an answer as such", async () => {
    const running = await start({}, { GHE_HOST: "127.0.0.1:9" });
    expect(await told("GitHub cannot be reached yet")).toMatch(/Check the network, GHE_HOST, proxy and certificates/);
    const metrics = await (await fetch(`http://127.0.0.1:${running.port}/metrics`)).text();
    expect(metrics).toMatch(/github_requests_total\{route="GET \/app",status="none"\} 1/);
    expect(metrics).not.toMatch(/github_requests_total\{[^}]*status="500"/);
  });

  it("in time counts requests without an answer as such too", async () => {
    const running = await start({});
    for (const fault of [
      { kind: "hang", milliseconds: 4_000 },
      { kind: "reset-before" },
      { kind: "reset-after" },
    ] as const) {
      gh.faults.add({ path: /^\/app\/installations/, fault });
      await expect(running.context.app.installations()).rejects.toBeInstanceOf(OutOfReach);
      gh.faults.clear();
    }
    gh.faults.add({ path: /^\/app\/installations/, fault: { kind: "answer", status: 500 } });
    await expect(running.context.app.installations()).rejects.toThrow("GitHub answered 500");
    const metrics = await (await fetch(`http://127.0.0.1:${running.port}/metrics`)).text();
    expect(metrics).toMatch(/route="GET \/app\/installations",status="none"\} 3/);
    expect(metrics).toMatch(/route="GET \/app\/installations",status="500"\} 1/);
  });
});

describe("a machine whose clock is wrong", () => {
  sampled(it, 2).each([
    ["an hour ahead", -HOUR_MS, "this machine's clock is 60 minutes ahead of GitHub's: set it by a time server"],
    ["an hour behind", HOUR_MS, "this machine's clock is 60 minutes behind GitHub's: set it by a time server"],
    ["a day ahead", -24 * HOUR_MS, "this machine's clock is 24 hours ahead of GitHub's: set it by a time server"],
    ["a day behind", 24 * HOUR_MS, "this machine's clock is 24 hours behind GitHub's: set it by a time server"],
  ])("%s: is let in all the same, and told", async (_, theirs, words) => {
    const running = await start({ now: () => new Date(Date.now() + theirs) });
    expect(await told("the clock is wrong")).toBe(words);
    expect(await running.context.app.bot()).toBe("follow-through[bot]");
    expect(await doctorLines(running)).toContain(`WRONG ${words}`);
    expect(said.filter(({ msg }) => msg === "the clock is wrong")).toHaveLength(1);
  });

  it.each([
    [0, null],
    [59_000, null],
    [-59_000, null],
    [60_000, "this machine's clock is 1 minute ahead of GitHub's: set it by a time server"],
    [-150_000, "this machine's clock is 3 minutes behind GitHub's: set it by a time server"],
    [null, null],
  ])("ahead by %s ms: %s", (aheadMs, words) => {
    expect(clockWords(aheadMs)).toBe(words);
  });
});

describe("what the network says is told with its fix", () => {
  it.each([
    ["ENOTFOUND", /Its name is not known here: check GHE_HOST/],
    ["DEPTH_ZERO_SELF_SIGNED_CERT", /certificate is not trusted here: name its authority with NODE_EXTRA_CA_CERTS/],
    ["UNABLE_TO_GET_ISSUER_CERT_LOCALLY", /NODE_EXTRA_CA_CERTS/],
    ["ECONNREFUSED", /Check the network, GHE_HOST, proxy and certificates/],
  ])("%s", (code, words) => {
    const cause = new Error("fetch failed", { cause: Object.assign(new Error(`connect ${code}`), { code }) });
    expect(whyAppRefused(new OutOfReach("GitHub could not be reached", { cause }))).toMatch(words);
  });

  it.each([
    ["'Expiration time' claim ('exp') is too far in the future", /clock is too far off/],
    ["Bad credentials", /generate another/],
    ["This GitHub App has been suspended", /suspended/],
    ["something new", /Check APP_ID and the private key/],
  ])("of an App: %s", (message, words) => {
    expect(whyAppRefused(new Error("GitHub answered 401", { cause: new Error(message) }))).toMatch(words);
  });
});
