/**
 * The package as a Probot app in hosts that are not ours, each a process of its own, with signed webhooks over HTTP: it is answered once the
 * work is committed, so a kill right after the answer loses nothing.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { createHmac, generateKeyPairSync } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import type { ApplicationFunction } from "probot";
import { afterEach, describe, expect, it } from "vitest";
import followThrough from "../../src/index.js";
import { openStore } from "../../src/store/open.js";
import { temporaryFolder } from "../support/folder.js";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const SECRET = "a-secret-of-tests";
const KEY = generateKeyPairSync("rsa", { modulusLength: 2048 })
  .privateKey.export({ type: "pkcs1", format: "pem" })
  .toString();
/** The package, as one that depends on it imports it. */
const MIDDLEWARE = `
import { createServer } from "node:http";
import followThrough from "follow-through";
import { createNodeMiddleware, createProbot } from "probot";
const middleware = await createNodeMiddleware(followThrough, { probot: createProbot() });
createServer(middleware).listen(Number(process.env.PORT), "127.0.0.1", () => console.log("Listening"));
`;
const HOSTS: readonly (readonly [name: string, args: readonly string[]])[] = [
  ["probot run", ["node_modules/probot/bin/probot.js", "run", "./dist/index.js"]],
  ["createNodeMiddleware", ["--input-type=module", "-e", MIDDLEWARE]],
];

const folder = temporaryFolder();
const children: ChildProcess[] = [];

afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
});

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, "close");
  return port;
}

interface Hosted {
  readonly child: ChildProcess;
  readonly dataDir: string;
  /** What the process printed so far. */
  readonly said: () => string;
  post(event: string, payload: object, secret?: string): Promise<Response>;
}

async function host(args: readonly string[]): Promise<Hosted> {
  const [port, dataDir] = [await freePort(), folder()];
  const env = {
    PATH: process.env.PATH,
    NODE_ENV: "production",
    APP_ID: "1",
    PRIVATE_KEY: KEY,
    WEBHOOK_SECRET: SECRET,
    DATA_DIR: dataDir,
    HOST: "127.0.0.1",
    PORT: String(port),
    // Nobody answers there: work stays in the list.
    GHE_HOST: `127.0.0.1:${await freePort()}`,
    GHE_PROTOCOL: "http",
  };
  const child = spawn(process.execPath, args, { cwd: ROOT, env });
  children.push(child);
  let said = "";
  const listening = new Promise<void>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", (text) => {
        said += text;
        if (said.includes("Listening")) resolve();
      });
    child.once("exit", () => reject(new Error(`the host ended: ${said}`)));
  });
  const post = (event: string, payload: object, secret = SECRET) => {
    const body = JSON.stringify(payload);
    return fetch(`http://127.0.0.1:${port}/api/github/webhooks`, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        "x-github-event": event,
        "x-github-delivery": "d-1",
        "x-hub-signature-256": `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`,
      },
      body,
    });
  };
  await listening;
  return { child, dataDir, said: () => said, post };
}

const MERGE = {
  action: "closed",
  installation: { id: 7 },
  repository: {
    id: 1001,
    name: "shop",
    full_name: "acme/shop",
    default_branch: "main",
    owner: { login: "acme", id: 2 },
  },
  sender: { id: 1, login: "ada", type: "User" },
  number: 12,
  pull_request: { number: 12, merged: true, base: { ref: "main" }, title: "words of a private document" },
};

/** How much work a process left that is killed now. */
async function workIn({ child, dataDir }: Hosted): Promise<number> {
  const gone = once(child, "exit");
  child.kill("SIGKILL");
  await gone;
  const store = await openStore({ dataDir });
  const { ready, waiting, leased } = await store.work.stats(new Date());
  await store.close();
  return ready + waiting + leased;
}

describe.each(HOSTS)("under %s", (_, args) => {
  it("a delivery is in the work list once it is answered", async () => {
    const hosted = await host(args);
    expect((await hosted.post("pull_request", MERGE)).status).toBe(200);
    expect((await hosted.post("star", { action: "created" })).status).toBe(200);
    expect(hosted.said()).not.toContain("private document");
    // The merge, and the failed deliveries that are asked for at every start.
    expect(await workIn(hosted)).toBe(2);
  });

  it("what is forged, or not as GitHub describes it, is refused, and leaves nothing", async () => {
    const hosted = await host(args);
    expect((await hosted.post("pull_request", MERGE, "another secret")).status).toBe(400);
    const odd = await hosted.post("pull_request", { ...MERGE, pull_request: "none" });
    expect([odd.status, await odd.text()]).toEqual([400, expect.stringContaining("Nothing was recorded.")]);
    expect(await workIn(hosted)).toBe(1);
  });
});

it("without settings it says what is missing, and a host of Probot apps takes it", async () => {
  const app: ApplicationFunction = followThrough;
  expect(app).toBe(followThrough);
  const { APP_ID, ...others } = process.env;
  const before = process.env;
  process.env = others;
  try {
    await expect(followThrough({ on: () => undefined })).rejects.toMatchObject({
      fix: expect.stringContaining("APP_ID is missing"),
    });
  } finally {
    process.env = before;
  }
});
