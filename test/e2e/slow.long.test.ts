/** Slowness on either side: a GitHub that takes ten seconds for each write, and people who dribble their requests. */
import { mkdtempSync, rmSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterEach, describe, expect, it, vi } from "vitest";
import { Emulator } from "../../emulator/emulator.js";
import { openStore } from "../../src/store/open.js";
import { Child } from "../chaos/child.js";
import { TABLE } from "../fixtures/documents.js";
import { emptySchema } from "../support/schema.js";
import { Stage } from "../support/stage.js";

/** Two thirds of a lease, and half of the time after which an answer is not waited for any more. */
const LATENCY_MS = 10_000;

/** A service as a process of its own: one merge, in which every write takes so long, one after the other in the same lease. */
async function merges(databaseUrl: string | undefined): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), "follow-through-slow-"));
  const gh = await Emulator.start({ webhookSecret: "a-secret-of-tests" });
  gh.organisation("acme", { members: ["ada", "dev"] });
  const repo = gh.repository("acme/shop", { members: { ada: "write", dev: "triage" } });
  gh.installApp({ on: ["acme/shop"] });
  const env = { DATA_DIR: dataDir, HOST: "127.0.0.1", PORT: "0", LOG_LEVEL: "info" };
  const service = new Child("main", [], {
    ...gh.environment,
    ...env,
    ...(databaseUrl && { DATABASE_URL: databaseUrl }),
  });
  const store = await openStore({ databaseUrl, dataDir });
  const idle = () =>
    vi.waitFor(
      async () => {
        const { ready, waiting, leased } = await store.work.stats(new Date());
        expect(ready + waiting + leased).toBe(0);
      },
      { timeout: 500_000, interval: 500 },
    );
  try {
    gh.webhooks.url = `http://127.0.0.1:${await service.listening()}/api/github/webhooks`;
    await idle();
    gh.onRequest = async (phase, { method }) => {
      if (phase === "before" && method === "POST") await pause(LATENCY_MS);
    };
    const ada = repo.as("ada");
    const pull = ada.proposeFiles({ "postmortems/cache.md": TABLE }, "Add a postmortem").number;
    ada.mergePull(pull);
    await gh.webhooks.settled();
    await idle();
    expect(repo.issues.filter((issue) => issue.viaApp)).toHaveLength(2);
    expect(repo.comments(pull)).toHaveLength(1);
    expect(service.said.filter((line) => /lease|another|twice/i.test(line))).toEqual([]);
  } finally {
    gh.onRequest = () => {};
    await service.kill();
    await store.close();
    await gh.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

describe("a GitHub that takes ten seconds for each write", () => {
  it("keeps no lease from being prolonged, on SQLite", () => merges(undefined));

  it.skipIf(!process.env.TEST_DATABASE_URL)("nor on PostgreSQL", async () => {
    const { databaseUrl, remove } = await emptySchema();
    await merges(databaseUrl).finally(remove);
  });
});

describe("requests that are dribbled", () => {
  let stage: Stage;
  const dribbling: Socket[] = [];
  afterEach(async () => {
    for (const socket of dribbling.splice(0)) socket.destroy();
    await stage.close();
  });

  /** Says `start`, then a letter every half second. Resolves to how many milliseconds it took until the server had enough. */
  function dribble(start: string): Promise<number> {
    return new Promise((resolve) => {
      const began = performance.now();
      const socket = connect(stage.service.port, "127.0.0.1", () => socket.write(start));
      dribbling.push(socket);
      const letters = setInterval(() => socket.write("a"), 500);
      socket.on("error", () => {});
      socket.resume();
      socket.once("close", () => {
        clearInterval(letters);
        resolve(performance.now() - began);
      });
    });
  }

  it("are ended by the server, and healthy deliveries are answered meanwhile", async () => {
    stage = await Stage.start();
    const line = "POST /api/github/webhooks HTTP/1.1\r\nHost: x\r\n";
    const signature = `x-hub-signature-256: sha256=${"0".repeat(64)}\r\nx-github-event: push\r\nx-github-delivery: 1\r\n`;
    const headers = Array.from({ length: 40 }, () => dribble(`${line}x-slow: `));
    const bodies = Array.from({ length: 40 }, () =>
      dribble(`${line}content-type: application/json\r\ncontent-length: 100000\r\n${signature}\r\n{`),
    );
    await pause(2_000);
    await stage.merge({ "postmortems/cache.md": TABLE });
    expect(stage.trackingIssues()).toHaveLength(2);
    const ended = await Promise.all([...headers, ...bodies]);
    // The limits of web/server.ts, how often they are looked after, and a busy machine.
    expect(Math.max(...ended)).toBeLessThan(60_000);
    expect((await fetch(`http://127.0.0.1:${stage.service.port}/healthz`)).status).toBe(200);
  });
});
