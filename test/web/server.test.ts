/** The HTTP side on its own: what is answered to whom, before anything is believed. */
import { request } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { SILENT } from "../../src/jobs/log.js";
import { openStore } from "../../src/store/open.js";
import type { Store } from "../../src/store/types.js";
import { Metrics } from "../../src/web/metrics.js";
import { createWebServer, type Delivery, WEBHOOK_PATH } from "../../src/web/server.js";
import { temporaryFolder } from "../support/folder.js";

const folder = temporaryFolder();
const MIB = 1024 * 1024;

let store: Store;
let server: ReturnType<typeof createWebServer>;
let base: string;
let taken: Delivery[];
let notReady: () => Promise<string | null>;
let take: (delivery: Delivery) => Promise<{ status: number; text: string }>;

beforeEach(async () => {
  store = await openStore({ dataDir: folder() });
  taken = [];
  notReady = async () => null;
  take = async (delivery) => {
    taken.push(delivery);
    return { status: 200, text: "ok" };
  };
  server = createWebServer({
    metrics: new Metrics(store, () => new Date("2024-09-16T09:00:00Z")),
    log: SILENT,
    notReady: () => notReady(),
    take: (delivery) => take(delivery),
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await store.close();
});

const HEADERS = {
  "content-type": "application/json",
  "x-github-delivery": "d-1",
  "x-github-event": "push",
  "x-hub-signature-256": "sha256=0",
};
const post = (body: string | Buffer, headers: Record<string, string> = HEADERS) =>
  fetch(base + WEBHOOK_PATH, { method: "POST", headers, body });
const text = async (answer: Response) => [answer.status, (await answer.text()).trim()];

describe("health", () => {
  it("is alive whatever becomes of the rest", async () => {
    notReady = async () => "The database does not answer.";
    expect(await text(await fetch(`${base}/healthz`))).toEqual([200, "ok"]);
    expect((await fetch(`${base}/healthz`, { method: "HEAD" })).status).toBe(200);
  });

  it("is ready, or says why not", async () => {
    expect(await text(await fetch(`${base}/readyz`))).toEqual([200, "ready"]);
    notReady = async () => "The service is stopping.";
    expect(await text(await fetch(`${base}/readyz`))).toEqual([503, "The service is stopping."]);
  });

  it("leaks nothing of a fault", async () => {
    notReady = () => Promise.reject(new Error("postgres://user:secret@db refused"));
    expect(await text(await fetch(`${base}/readyz`))).toEqual([500, "Something went wrong."]);
  });
});

describe("metrics", () => {
  it("show deliveries, work, requests, limits and sweeps", async () => {
    await store.want({ kind: "installation", installationId: 1 }, new Date("2024-09-16T08:59:30Z"));
    const answer = await fetch(`${base}/metrics`);
    const body = await answer.text();
    expect(answer.headers.get("content-type")).toMatch(/^text\/plain; version=0\.0\.4/);
    for (const name of [
      "deliveries_total",
      "jobs_total",
      "github_requests_total",
      "github_limit_left",
      "last_sweep_timestamp_seconds",
      "queue_oldest_seconds",
    ])
      expect(body).toContain(`# HELP follow_through_${name} `);
    expect(body).toMatch(/^follow_through_queue\{state="ready"\} 1$/m);
    expect(body).toMatch(/^follow_through_queue\{state="dead"\} 0$/m);
    expect(body).toMatch(/^follow_through_queue_oldest_seconds 30$/m);
    expect(body).toContain("process_resident_memory_bytes");
  });

  it("answer with a fault where the database is gone, and keep nobody waiting", async () => {
    await store.close();
    expect(await text(await fetch(`${base}/metrics`))).toEqual([500, "Something went wrong."]);
    store = await openStore({ dataDir: folder() });
  });

  it("count what is refused", async () => {
    await post("{}", { ...HEADERS, "content-type": "text/plain" });
    expect(await (await fetch(`${base}/metrics`)).text()).toContain(
      'follow_through_deliveries_total{event="unknown",outcome="refused"} 1',
    );
  });
});

describe("other requests", () => {
  it.each([
    ["GET", "/", 404],
    ["GET", "/api/github", 404],
    ["GET", "/healthz/x", 404],
    ["POST", "/healthz", 405],
    ["DELETE", "/metrics", 405],
    ["GET", WEBHOOK_PATH, 405],
    ["PUT", WEBHOOK_PATH, 405],
  ])("%s %s: %i", async (method, path, status) => {
    expect((await fetch(base + path, { method })).status).toBe(status);
    expect(taken).toEqual([]);
  });
});

describe("a webhook", () => {
  it("is handed on as it came, letter by letter", async () => {
    expect((await post('{"a": "ü 🔥"}')).status).toBe(200);
    expect(taken).toEqual([{ id: "d-1", event: "push", signature: "sha256=0", body: '{"a": "ü 🔥"}' }]);
  });

  it("is answered as it was taken", async () => {
    take = async () => ({ status: 500, text: "The delivery could not be recorded; deliver it again." });
    expect(await text(await post("{}"))).toEqual([500, "The delivery could not be recorded; deliver it again."]);
    take = async () => ({ status: 400, text: "The signature is wrong." });
    expect(await text(await post("{}"))).toEqual([400, "The signature is wrong."]);
  });

  it.each([
    ["of a form", { "content-type": "application/x-www-form-urlencoded" }, 415],
    ["of a type that only begins alike", { "content-type": "application/jsonp" }, 415],
    ["without a type", { "content-type": "" }, 415],
    ["without a signature", { "x-hub-signature-256": "" }, 400],
    ["without an event", { "x-github-event": "" }, 400],
    ["without an id", { "x-github-delivery": "" }, 400],
  ])("%s is refused", async (_, headers, status) => {
    const answer = await post("{}", { ...HEADERS, ...headers });
    expect(answer.status).toBe(status);
    expect(answer.headers.get("connection")).toBe("close");
    expect(taken).toEqual([]);
  });

  it("with its charset is fine", async () => {
    expect((await post("{}", { ...HEADERS, "content-type": "application/json; charset=utf-8" })).status).toBe(200);
  });

  it("that says it is over GitHub's cap is refused unread", async () => {
    const status = await new Promise((resolve, reject) => {
      const headers = { ...HEADERS, "content-length": String(25 * MIB + 1) };
      const call = request(base + WEBHOOK_PATH, { method: "POST", headers }, (answer) => resolve(answer.statusCode));
      call.on("error", reject);
      call.flushHeaders();
    });
    expect(status).toBe(413);
  });

  it("that grows over it in chunks is refused with an answer, not cut off", async () => {
    const status = await new Promise((resolve, reject) => {
      const call = request(base + WEBHOOK_PATH, { method: "POST", headers: HEADERS }, (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      });
      call.on("error", reject);
      const chunk = Buffer.alloc(MIB, " ");
      Readable.from(Array.from({ length: 27 }, () => chunk)).pipe(call);
    });
    expect(status).toBe(413);
    expect(taken).toEqual([]);
  });

  it("of just the cap is taken", async () => {
    expect((await post(Buffer.alloc(25 * MIB, " "))).status).toBe(200);
    expect(taken[0]?.body.length).toBe(25 * MIB);
  });
});
