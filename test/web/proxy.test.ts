/** Deliveries by way of a channel, which may be out of reach for a while: the service does not wait for it, and it comes back. */
import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it, vi } from "vitest";
import { SILENT } from "../../src/jobs/log.js";
import { startProxy } from "../../src/web/proxy.js";
import { freePort } from "../support/cluster.js";

const servers: Server[] = [];
let stop: () => Promise<void> = async () => {};
afterEach(async () => {
  await stop();
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

async function serve(port: number, answer: (response: ServerResponse, body: string) => void): Promise<number> {
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += String(chunk);
    answer(response, body);
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  return (server.address() as AddressInfo).port;
}

/** A channel as smee.io has them, which hands on one delivery to whoever comes. */
const channel = (port: number) =>
  serve(port, (response) => {
    const delivery = { "x-github-event": "ping", "x-hub-signature-256": "sha256=0", body: { zen: "keep it" } };
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.write(`id: 1\ndata: ${JSON.stringify(delivery)}\n\n`);
  });

describe("a channel for deliveries", () => {
  it.each([
    ["that nobody listens at", async (_: number) => {}],
    ["that answers with an error", (port: number) => serve(port, (response) => response.writeHead(502).end())],
    ["that is no channel", (port: number) => serve(port, (response) => response.end("<html>"))],
  ])("%s: is told, tried again, and used once it is there", async (_, before) => {
    const port = await freePort();
    await before(port);
    const got: string[] = [];
    const target = await serve(0, (response, body) => {
      got.push(body);
      response.end();
    });
    const said: string[] = [];
    const log = {
      ...SILENT,
      info: (fields: object, message: string) => void said.push(`${message} ${JSON.stringify(fields)}`),
      warn: (fields: object, message: string) => void said.push(`${message} ${JSON.stringify(fields)}`),
    };
    const url = `http://127.0.0.1:${port}/a-channel-nobody-knows`;
    ({ stop } = startProxy({ url, origin: `http://127.0.0.1:${target}`, log, retryMs: 100 }));
    await vi.waitUntil(() => said.some((line) => line.startsWith("the proxy for deliveries cannot be reached")));
    const wrong = servers.find((server) => (server.address() as AddressInfo).port === port);
    wrong?.closeAllConnections();
    await new Promise((resolve) => (wrong ? wrong.close(resolve) : resolve(null)));
    if (wrong) servers.splice(servers.indexOf(wrong), 1);
    await channel(port);
    await vi.waitUntil(() => got.length > 0, { timeout: 20_000 });
    expect(got[0]).toBe('{"zen":"keep it"}');
    expect(said.at(-1)).toMatch(/^deliveries come through the proxy/);
    expect(said.join()).not.toContain("a-channel-nobody-knows");
  });
});
