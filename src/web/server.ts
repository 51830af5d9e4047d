/**
 * The HTTP side: webhooks, health, readiness, metrics.
 *
 *   POST /api/github/webhooks   a delivery: checked, committed, answered
 *   GET  /healthz               the process is alive
 *   GET  /readyz                it can take work: the database answers and the queue moves
 *   GET  /metrics               Prometheus
 */
import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from "node:http";
import { DatabaseDown } from "../errors.js";
import type { Log } from "../jobs/log.js";
import { boundConnections } from "./connections.js";
import { type Intake, type Refusal, statedDigest } from "./intake.js";
import type { Metrics } from "./metrics.js";

export const WEBHOOK_PATH = "/api/github/webhooks";

/** Whoever connects says within this time what for, and is done with it. A proxy keeps a connection open longer than that. */
const HEADERS_MS = 10_000;
const REQUEST_MS = 30_000;
/** How often that is looked after. */
const CHECK_MS = 2_000;

/**
 * Who is refused has so long to read the answer and go. A body up to this size, as most are, is taken and thrown away meanwhile;
 * a larger one is not read (any further).
 */
const LINGER_MS = 2_000;
const LINGER_BYTES = 64 * 1024;

/** A webhook whose signature is right. */
export interface Delivery {
  readonly id: string;
  readonly event: string;
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
  readonly intake: Intake;
  readonly metrics: Metrics;
  /** Why the service can take no work, or null where it can. */
  readonly notReady: () => Promise<string | null>;
  readonly log: Log;
  /** Connections at once; for tests. */
  readonly mostConnections?: number;
}

/** The server, not listening yet. */
export function createWebServer(given: ServerParts): Server {
  const { registry } = given.metrics;
  const parts = { ...given, notReady: shared(given.notReady), readMetrics: shared(() => registry.metrics()) };
  const listener: RequestListener = (request, response) => {
    route(parts, request, response).catch((error: unknown) => {
      parts.log.error({ err: error }, "request failed");
      if (response.headersSent) response.destroy();
      else if (error instanceof DatabaseDown) say(response, 503, error.message);
      else say(response, 500, "Something went wrong.");
    });
  };
  const timeouts = {
    headersTimeout: HEADERS_MS,
    requestTimeout: REQUEST_MS,
    connectionsCheckingInterval: CHECK_MS,
  };
  const server = createServer(timeouts);
  const mayAnswer = boundConnections(server, given.mostConnections);
  return server.on("request", (request, response) => {
    if (mayAnswer(request, response)) listener(request, response);
  });
}

/** Whoever asks while an answer is on its way gets that one: however many ask, the database is asked once. */
function shared<T>(ask: () => Promise<T>): () => Promise<T> {
  let underWay: Promise<T> | undefined;
  return () => {
    underWay ??= ask().finally(() => {
      underWay = undefined;
    });
    return underWay;
  };
}

type Parts = ServerParts & { readonly readMetrics: () => Promise<string> };

async function route(parts: Parts, request: IncomingMessage, response: ServerResponse): Promise<void> {
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
      const text = await parts.readMetrics();
      response.writeHead(200, { "content-type": parts.metrics.registry.contentType }).end(text);
      return;
    }
    default:
      return say(response, 404, "There is nothing here.");
  }
}

/** What a body is refused with; GitHub shows it to the App's owner among the recent deliveries. */
const REFUSALS: Readonly<Record<Exclude<Refusal, "aborted">, readonly [status: number, why: string]>> = {
  forged: [400, "The signature is wrong: is WEBHOOK_SECRET the App's webhook secret?"],
  "too-large": [413, "Larger than GitHub ever sends."],
  crowded: [503, "Too much comes at once. The delivery is not recorded; deliver it again later."],
  slow: [408, "Slower than GitHub ever sends."],
};

/** Checks what can be checked before the body is read, reads and verifies it, and hands it on. */
async function receive(parts: ServerParts, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const count = (outcome: "refused" | "aborted") => parts.metrics.deliveries.inc({ event: "unknown", outcome });
  const refuse = (status: number, why: string) => {
    count("refused");
    turnAway(request, response, status, why);
  };
  if (request.method !== "POST") return refuse(405, "Webhooks come by POST.");
  if (!/^application\/json\b/i.test(request.headers["content-type"] ?? "")) {
    return refuse(415, "Set the webhook's content type to application/json.");
  }
  const header = (name: string) => String(request.headers[name] ?? "");
  const [id, event] = ["x-github-delivery", "x-github-event"].map(header);
  const stated = statedDigest(header("x-hub-signature-256"));
  if (!id || !event || !stated) return refuse(400, "This is no webhook of GitHub's with a secret.");
  const reading = await parts.intake.read(request, stated);
  if (reading.refused === "aborted") {
    count("aborted");
    return parts.log.debug({ delivery: id }, "a delivery broke off");
  }
  if (reading.refused !== null) return refuse(...REFUSALS[reading.refused]);
  try {
    const { status, text, counted } = await parts.take({ id, event, body: reading.text });
    if (status === 400 && !counted) count("refused");
    say(response, status, text);
  } finally {
    reading.done();
  }
}

/**
 * Answers before the body has come and closes the connection. Closed at once, with bytes unread, it would take the answer along:
 * https://datatracker.ietf.org/doc/html/rfc9112#section-9.6
 */
function turnAway(request: IncomingMessage, response: ServerResponse, status: number, why: string): void {
  const text = `${why}\n`;
  response.writeHead(status, {
    "content-type": "text/plain; charset=utf-8",
    "content-length": Buffer.byteLength(text),
    connection: "close",
  });
  response.write(text);
  let left = LINGER_BYTES;
  const end = () => {
    clearTimeout(timer);
    request.off("data", pass);
    response.end();
    if (!request.complete) request.destroy();
  };
  const pass = (chunk: Buffer) => {
    left -= chunk.length;
    if (left < 0) request.pause();
  };
  const timer = setTimeout(end, LINGER_MS);
  request.on("data", pass).once("end", end).once("close", end);
  if (Number(request.headers["content-length"] ?? 0) > LINGER_BYTES) request.pause();
}

function say(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { "content-type": "text/plain; charset=utf-8" }).end(`${text}\n`);
}
