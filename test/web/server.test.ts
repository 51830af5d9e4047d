/** The HTTP side on its own: what is answered to whom, before anything is believed. */
import { createHmac } from "node:crypto";
import { type ClientRequest, request } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import { Readable } from "node:stream";
import { setTimeout as pause } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { SILENT } from "../../src/jobs/log.js";
import { openStore } from "../../src/store/open.js";
import type { Store } from "../../src/store/types.js";
import { closeServer } from "../../src/web/connections.js";
import { Intake } from "../../src/web/intake.js";
import { Metrics } from "../../src/web/metrics.js";
import { createWebServer, type Delivery, WEBHOOK_PATH } from "../../src/web/server.js";
import { temporaryFolder } from "../support/folder.js";

const folder = temporaryFolder();
const MIB = 1024 * 1024;
const SECRET = "a-secret-of-tests";

let store: Store;
let server: ReturnType<typeof createWebServer>;
let base: string;
let taken: Delivery[];
let notReady: () => Promise<string | null>;
let take: (delivery: Delivery) => Promise<{ status: number; text: string }>;
let said: string[];

beforeEach(() => start(new Intake(SECRET)));
afterEach(() => stop());

async function start(intake: Intake, mostConnections?: number): Promise<void> {
  said = [];
  store = await openStore({ dataDir: folder() });
  taken = [];
  notReady = async () => null;
  take = async (delivery) => {
    taken.push(delivery);
    return { status: 200, text: "ok" };
  };
  server = createWebServer({
    metrics: new Metrics(store, () => new Date("2024-09-16T09:00:00Z")),
    log: { ...SILENT, error: (_, message) => void said.push(message) },
    intake,
    notReady: () => notReady(),
    take: (delivery) => take(delivery),
    ...(mostConnections && { mostConnections }),
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  base = `http://127.0.0.1:${port()}`;
}

async function stop(): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await store.close();
}

const port = () => (server.address() as AddressInfo).port;

const HEADERS = {
  "content-type": "application/json",
  "x-github-delivery": "d-1",
  "x-github-event": "push",
};
const sign = (body: string | Buffer) => ({
  "x-hub-signature-256": `sha256=${createHmac("sha256", SECRET).update(body).digest("hex")}`,
});
const post = (body: string | Buffer, headers: Record<string, string> = {}) =>
  fetch(base + WEBHOOK_PATH, { method: "POST", headers: { ...HEADERS, ...sign(body), ...headers }, body });
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
    await store.enqueue({ kind: "installation", installationId: 1 }, new Date("2024-09-16T08:59:30Z"));
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
    await post("{}", { "content-type": "text/plain" });
    expect(await (await fetch(`${base}/metrics`)).text()).toContain(
      'follow_through_deliveries_total{event="unknown",outcome="refused"} 1',
    );
  });
});

describe("many who ask at once", () => {
  it.each(["/readyz", "/metrics"])("%s: share one answer", async (path) => {
    let asked = 0;
    let finish = (_: null) => {};
    const waiting = new Promise<null>((resolve) => {
      finish = resolve;
    });
    const ask = () => {
      asked++;
      return waiting;
    };
    notReady = ask;
    const stats = store.work.stats;
    store.work.stats = async (now) => {
      await ask();
      return stats(now);
    };
    const answers = Array.from({ length: 30 }, () => fetch(base + path));
    await expect.poll(() => asked).toBeGreaterThan(0);
    await pause(50);
    finish(null);
    for (const answer of await Promise.all(answers)) expect(answer.status).toBe(200);
    expect(asked).toBeLessThanOrEqual(4);
    await store.work.stats(new Date());
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
    expect(taken).toEqual([{ id: "d-1", event: "push", body: '{"a": "ü 🔥"}' }]);
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
    ["with a signature cut short", { "x-hub-signature-256": "sha256=0" }, 400],
    ["with a signature of another kind", { "x-hub-signature-256": `sha1=${"0".repeat(40)}` }, 400],
    ["with a wrong signature", { "x-hub-signature-256": `sha256=${"0".repeat(64)}` }, 400],
    ["without an event", { "x-github-event": "" }, 400],
    ["without an id", { "x-github-delivery": "" }, 400],
  ])("%s is refused", async (_, headers, status) => {
    const answer = await post("{}", headers);
    expect(answer.status).toBe(status);
    expect(answer.headers.get("connection")).toBe("close");
    expect(taken).toEqual([]);
  });

  it("with its charset is fine", async () => {
    expect((await post("{}", { "content-type": "application/json; charset=utf-8" })).status).toBe(200);
  });

  it("that says it is over GitHub's cap is refused unread", async () => {
    const status = await new Promise((resolve, reject) => {
      const headers = { ...HEADERS, ...sign(""), "content-length": String(25 * MIB + 1) };
      const call = request(base + WEBHOOK_PATH, { method: "POST", headers }, (answer) => resolve(answer.statusCode));
      call.on("error", reject);
      call.flushHeaders();
    });
    expect(status).toBe(413);
  });

  it("that grows over it in chunks is refused with an answer, not cut off", async () => {
    const status = await new Promise((resolve, reject) => {
      const call = request(base + WEBHOOK_PATH, { method: "POST", headers: { ...HEADERS, ...sign("") } }, (answer) => {
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

/** A webhook of which `sent` is sent and no more; its length is announced where it is given. Its answer, or null where it is cut off. */
function begin(sent: string | Buffer, headers: Record<string, string>, length?: number) {
  const announced = length === undefined ? {} : { "content-length": String(length) };
  let call: ClientRequest | undefined;
  const answer = new Promise<number | null>((resolve) => {
    const options = { method: "POST", agent: false, headers: { ...HEADERS, ...headers, ...announced } };
    call = request(base + WEBHOOK_PATH, options, (incoming) => {
      incoming.resume();
      resolve(incoming.statusCode ?? null);
    });
    call.on("error", () => resolve(null));
    call.write(sent);
  });
  return { answer, call: call as ClientRequest };
}

const KIB = 1024;
const counted = async (outcome: string) =>
  Number(
    new RegExp(`event="unknown",outcome="${outcome}"} (\\d+)`).exec(
      await (await fetch(`${base}/metrics`)).text(),
    )?.[1] ?? 0,
  );

describe("a body that does not come to its end", () => {
  const unsigned = {};

  it("is not waited for without a signature", async () => {
    expect(await begin("{", unsigned, 25 * MIB).answer).toBe(400);
    expect(await begin("{", { "x-hub-signature-256": "sha256=zz" }, 25 * MIB).answer).toBe(400);
    expect(await begin("{", unsigned).answer).toBe(400);
  });

  it("that breaks off is counted, and is no fault", async () => {
    const { call, answer } = begin("{", sign("{}"), 2);
    await pause(50);
    call.destroy();
    expect(await answer).toBeNull();
    await expect.poll(() => counted("aborted")).toBe(1);
    expect(said).toEqual([]);
  });

  it("is given up after GitHub's own patience", async () => {
    await stop();
    await start(new Intake(SECRET, { patienceMs: 50 }));
    expect(await begin("{", sign("{}"), 2).answer).toBe(408);
    expect(await begin("{", sign("{}")).answer).toBe(408);
    expect((await post("{}")).status).toBe(200);
  });
});

describe("bodies that together are too much", () => {
  const budget = 2 * MIB;
  const large = (sent: number, length?: number) => begin(Buffer.alloc(sent, " "), sign("{}"), length);
  beforeEach(async () => {
    await stop();
    await start(new Intake(SECRET, { budget }));
  });

  it("a large one that finds no room is refused unread, and the next is taken once there is some", async () => {
    const first = large(KIB, 1.5 * MIB);
    await pause(50);
    expect(await large(0, 1.5 * MIB).answer).toBe(503);
    first.call.destroy();
    await expect.poll(() => counted("aborted")).toBe(1);
    expect((await post(Buffer.alloc(1.5 * MIB, " "))).status).toBe(200);
    expect((await post(Buffer.alloc(1.5 * MIB, " "))).status).toBe(200);
  });

  it("a small one always finds room: what has been under way the longest gives way", async () => {
    const held = Array.from({ length: 8 }, () => large(KIB, 256 * KIB));
    await pause(50);
    expect((await post(Buffer.alloc(200 * KIB, " "))).status).toBe(200);
    expect(await held[0]?.answer).toBe(503);
    expect((await post(Buffer.alloc(200 * KIB, " "))).status).toBe(200);
    const others = await Promise.race([Promise.all(held.slice(1).map(({ answer }) => answer)), pause(100, "waiting")]);
    expect(others).toBe("waiting");
    for (const { call } of held) call.destroy();
  });

  it("one of unknown length counts as a largest one once it is no longer small", async () => {
    const { call, answer } = begin(" ", sign(" "));
    call.end();
    expect(await answer).toBe(200);
    expect(await large(MIB).answer).toBe(503);
  });

  it("what was verified keeps its room until it is answered, and gives way to nothing", async () => {
    let finish = () => {};
    take = () =>
      new Promise((resolve) => {
        finish = () => resolve({ status: 200, text: "ok" });
      });
    const first = post(Buffer.alloc(1.9 * MIB, " "));
    await pause(100);
    expect((await post(Buffer.alloc(200 * KIB, " "))).status).toBe(503);
    finish();
    expect((await first).status).toBe(200);
  });

  it("leave no room taken, whatever became of them", async () => {
    for (let round = 0; round < 20; round++) {
      expect((await post(Buffer.alloc(MIB, " "), { "x-hub-signature-256": `sha256=${"0".repeat(64)}` })).status).toBe(
        400,
      );
      const { call, answer } = large(KIB, MIB);
      await pause(5);
      call.destroy();
      await answer;
    }
    await expect.poll(async () => (await post(Buffer.alloc(2 * MIB, " "))).status).toBe(200);
  });
});

describe("a connection", () => {
  it("that says nothing is closed, and disturbs nobody", async () => {
    const silent = Array.from({ length: 50 }, () => connect(port(), "127.0.0.1"));
    silent.push(
      connect(port(), "127.0.0.1", () => silent.at(-1)?.write("POST /api/github/webhooks HTTP/1.1\r\nHost: x\r\n")),
    );
    await pause(50);
    expect((await post("{}")).status).toBe(200);
    expect(server.headersTimeout).toBeLessThanOrEqual(10_000);
    expect(server.requestTimeout).toBeLessThanOrEqual(30_000);
    for (const socket of silent) socket.destroy();
  });

  /** Opened, and with something said; gives all that is answered until it is closed. */
  function open(saying = ""): {
    readonly socket: Socket;
    readonly opened: Promise<void>;
    readonly heard: Promise<string>;
  } {
    const socket = connect(port(), "127.0.0.1");
    const opened = new Promise<void>((resolve) => socket.once("connect", () => socket.write(saying, () => resolve())));
    const heard = new Promise<string>((resolve) => {
      let text = "";
      socket.on("data", (chunk) => {
        text += chunk;
      });
      socket.on("error", () => {}).on("close", () => resolve(text));
    });
    return { socket, opened, heard };
  }
  const ASKING = "GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n";

  it.each([
    ["say nothing", ""],
    ["begin to say something", "POST /api/github/webhooks HTTP/1.1\r\nHost: x\r\n"],
    [
      "announce a body",
      `POST ${WEBHOOK_PATH} HTTP/1.1\r\nHost: x\r\ncontent-length: 2\r\ncontent-type: application/json\r\n${Object.entries(
        { ...HEADERS, ...sign("{}") },
      )
        .map(([name, value]) => `${name}: ${value}\r\n`)
        .join("")}\r\n`,
    ],
  ])("finds a place however many %s: the longest silent one goes", async (_, saying) => {
    await stop();
    await start(new Intake(SECRET), 20);
    const crowd = [];
    for (let one = 0; one < 20; one++) {
      const silent = open(saying);
      await silent.opened;
      crowd.push(silent);
    }
    expect(await text(await fetch(`${base}/healthz`))).toEqual([200, "ok"]);
    await crowd[0]?.heard;
    expect((await post("{}", { connection: "close" })).status).toBe(200);
    expect(crowd.slice(10).map(({ socket }) => socket.destroyed)).toEqual(Array(10).fill(false));
  });

  it("that asked for something last goes last", async () => {
    await stop();
    await start(new Intake(SECRET), 3);
    const asks = open();
    await asks.opened;
    const silent = [open(), open()];
    for (const { opened } of silent) await opened;
    asks.socket.write(ASKING);
    await new Promise((resolve) => asks.socket.once("data", resolve));
    const next = open();
    await next.opened;
    await silent[0]?.heard;
    expect([asks.socket.destroyed, silent[1]?.socket.destroyed, next.socket.destroyed]).toEqual([false, false, false]);
    asks.socket.write("GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    expect((await asks.heard).match(/HTTP\/1\.1 200/g)).toHaveLength(2);
  });

  it("that sends thousands of requests ahead is closed, and no answer waits for it in memory", async () => {
    let asked = 0;
    const stats = store.work.stats;
    store.work.stats = (now) => {
      asked++;
      return stats(now);
    };
    expect((await open(ASKING.repeat(2_000)).heard).match(/HTTP\/1\.1/g)?.length ?? 0).toBeLessThanOrEqual(1);
    expect(asked).toBeLessThanOrEqual(4);
  });

  it("on which nobody reads the answer does not stay", () => {
    expect(server.timeout).toBeLessThanOrEqual(30_000);
  });

  it("that somebody holds open keeps a server from closing for a moment only", async () => {
    const held = [open(), open("GET /"), begin("{", sign("{}"), 2)];
    await pause(50);
    expect((await text(await fetch(`${base}/healthz`)))[0]).toBe(200);
    const closed = closeServer(server, 50);
    expect(await Promise.race([closed.then(() => "closed"), pause(5_000, "waiting")])).toBe("closed");
    expect(held).toHaveLength(3);
  });
});
