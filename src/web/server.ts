/**
 * The HTTP side: webhooks, health, readiness, metrics.
 *
 *   POST /api/github/webhooks   a delivery: checked, committed, answered
 *   GET  /healthz               the process is alive
 *   GET  /readyz                it can take work: the database answers and the queue moves
 *   GET  /metrics               Prometheus
 */
import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from "node:http";
import type { Log } from "../jobs/log.js";
import type { Metrics } from "./metrics.js";

export const WEBHOOK_PATH = "/api/github/webhooks";

/** GitHub caps payloads at 25 MB. https://docs.github.com/en/webhooks/webhook-events-and-payloads#payload-cap */
const MAX_BODY = 25 * 1024 * 1024;

/** A webhook as it came, nothing of it believed yet. */
export interface Delivery {
  readonly id: string;
  readonly event: string;
  readonly signature: string;
  readonly body: string;
}

/** Takes a delivery; gives the status and the words to answer with. Never throws. */
export type TakeDelivery = (delivery: Delivery) => Promise<{
  readonly status: number;
  readonly text: string;
  /** Whether a refusal was counted already: what is signed, by its event. */
  readonly counted?: boolean;
}>;

export interface ServerParts {
  readonly take: TakeDelivery;
  readonly metrics: Metrics;
  /** Why the service can take no work, or null where it can. */
  readonly notReady: () => Promise<string | null>;
  readonly log: Log;
}

/** The server, not listening yet. */
export function createWebServer(parts: ServerParts): Server {
  const listener: RequestListener = (request, response) => {
    route(parts, request, response).catch((error: unknown) => {
      parts.log.error({ err: error }, "request failed");
      if (response.headersSent) response.destroy();
      else say(response, 500, "Something went wrong.");
    });
  };
  return createServer(listener);
}

async function route(parts: ServerParts, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = (request.url ?? "/").split("?")[0];
  if (path === WEBHOOK_PATH) return receive(parts, request, response);
  if (request.method !== "GET" && request.method !== "HEAD") return say(response, 405, "Only GET here.");
  switch (path) {
    case "/healthz":
      return say(response, 200, "ok");
    case "/readyz": {
      const reason = await parts.notReady();
      return reason === null ? say(response, 200, "ready") : say(response, 503, reason);
    }
    case "/metrics": {
      const { registry } = parts.metrics;
      const text = await registry.metrics();
      response.writeHead(200, { "content-type": registry.contentType }).end(text);
      return;
    }
    default:
      return say(response, 404, "There is nothing here.");
  }
}

/** Checks what can be checked before the body is believed, reads it within GitHub's cap, and hands it on. */
async function receive(parts: ServerParts, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const refuse = (status: number, why: string) => {
    parts.metrics.deliveries.inc({ event: "unknown", outcome: "refused" });
    response.setHeader("connection", "close");
    say(response, status, why);
    request.resume();
  };
  if (request.method !== "POST") return refuse(405, "Webhooks come by POST.");
  if (!/^application\/json\b/i.test(request.headers["content-type"] ?? "")) {
    return refuse(415, "Set the webhook's content type to application/json.");
  }
  if (Number(request.headers["content-length"] ?? 0) > MAX_BODY) return refuse(413, "Larger than GitHub ever sends.");
  const body = await readBody(request);
  if (body === null) return refuse(413, "Larger than GitHub ever sends.");
  const header = (name: string) => String(request.headers[name] ?? "");
  const [id, event, signature] = ["x-github-delivery", "x-github-event", "x-hub-signature-256"].map(header);
  if (!id || !event || !signature) return refuse(400, "This is no webhook of GitHub's with a secret.");
  const { status, text, counted } = await parts.take({ id, event, signature, body });
  return status === 400 && !counted ? refuse(status, text) : say(response, status, text);
}

/**
 * The body as text; null where it is longer than the cap (the rest is then let pass unread, so that the answer arrives).
 * By events, since iterating over a stream costs a third more on bodies as small as most are.
 */
function readBody(request: IncomingMessage): Promise<string | null> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size > MAX_BODY) resolve(null);
      else chunks.push(chunk);
    });
    request.on("end", () => resolve(Buffer.concat(chunks).toString("utf8")));
    request.on("error", reject);
  });
}

function say(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { "content-type": "text/plain; charset=utf-8" }).end(`${text}\n`);
}
