/**
 * The HTTP side: takes a request through GitHub's order of things (who asks, which operation, is it as described, within the limits,
 * allowed, not moved elsewhere), has a route answer it, and sends the answer with GitHub's headers. Meets faults on the way.
 */
import { createHash, randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { byName, PREFIX, repositoryFor } from "./access.js";
import type { Route, Services, Viewer } from "./call.js";
import { GitHubError, notEmulated } from "./errors.js";
import type { Fault, Faults } from "./faults.js";
import { answerGraphql, GRAPHQL_PATH } from "./graphql.js";
import { isManifestPage, showManifestPage } from "./manifests.js";
import { checkRoutes } from "./routes/checks.js";
import { codeRoutes } from "./routes/code.js";
import { commentRoutes } from "./routes/comments.js";
import { deliveryRoutes } from "./routes/deliveries.js";
import { installationRoutes } from "./routes/installations.js";
import { issueRoutes } from "./routes/issues.js";
import { labelRoutes } from "./routes/labels.js";
import { pullRoutes } from "./routes/pulls.js";
import { DESCRIPTION, type Operation } from "./validate.js";

const ROUTES: ReadonlyMap<string, Route> = new Map(
  [
    ...installationRoutes,
    ...deliveryRoutes,
    ...pullRoutes,
    ...codeRoutes,
    ...issueRoutes,
    ...commentRoutes,
    ...labelRoutes,
    ...checkRoutes,
  ].map((route) => [route.id, route]),
);

/** One request, as the log keeps it. */
export interface RequestRecord {
  method: string;
  /** Below `/api/v3`, with the query. */
  path: string;
  /** As in GitHub's description, such as `/repos/{owner}/{repo}/issues`; empty where it has none. */
  template: string;
  /** `app`, `installation ID 1234`, or empty where nobody was let in. */
  actor: string;
  /** 0 where the connection was broken off. */
  status: number;
  fault: Fault["kind"] | null;
  at: Date;
}

/** A request that GitHub's description does not know, or not so. */
export interface Violation {
  method: string;
  path: string;
  reason: string;
}

type Phase = "before" | "after-commit" | "after-response";
/** Called at each boundary of each request, and waited for. */
export type PhaseHook = (phase: Phase, record: RequestRecord) => void | Promise<void>;

/** So long a connection stays open between two requests. */
const KEEP_ALIVE_MS = 600_000;

interface Reply {
  status: number;
  headers: Record<string, string>;
  body: unknown;
}

export class GitHubServer {
  readonly requests: RequestRecord[] = [];
  readonly violations: Violation[] = [];
  onRequest: PhaseHook = () => {};
  readonly #services: Services;
  readonly #faults: Faults;
  readonly #wallClock: () => Date;
  readonly #http: Server;

  constructor(services: Services, faults: Faults, wallClock: () => Date) {
    this.#services = services;
    this.#faults = faults;
    this.#wallClock = wallClock;
    // GitHub does not hang up on whoever is busy for a few seconds, as Node's server does.
    this.#http = createServer({ keepAliveTimeout: KEEP_ALIVE_MS }, (incoming, outgoing) => {
      this.#serve(incoming, outgoing).catch((error: unknown) => {
        if (!outgoing.headersSent) outgoing.writeHead(500, { "content-type": "text/plain" });
        outgoing.end(`the emulator failed: ${error instanceof Error ? error.stack : String(error)}`);
      });
    });
  }

  /** Listens on a free port of this machine, and answers the origin, such as `http://127.0.0.1:4000`. */
  async listen(port: number): Promise<string> {
    await new Promise<void>((resolve, reject) => {
      this.#http.once("error", reject);
      this.#http.listen(port, "127.0.0.1", resolve);
    });
    const address: AddressInfo | string | null = this.#http.address();
    if (address === null || typeof address === "string") throw new Error("not listening on a port");
    return `http://127.0.0.1:${address.port}`;
  }

  async close(): Promise<void> {
    this.#http.closeAllConnections();
    await new Promise((resolve) => this.#http.close(resolve));
  }

  async #serve(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const url = new URL(incoming.url ?? "/", this.#services.world.origin);
    const method = incoming.method ?? "GET";
    if (method === "POST" && isManifestPage(url.pathname)) {
      return showManifestPage(this.#services.manifests, url, await bodyOf(incoming), outgoing);
    }
    const path = url.pathname.startsWith(PREFIX) ? url.pathname.slice(PREFIX.length) : url.pathname;
    const record: RequestRecord = {
      method,
      path: path + url.search,
      template: "",
      actor: "",
      status: 0,
      fault: null,
      at: this.#wallClock(),
    };
    this.requests.push(record);
    outgoing.once("close", () => {
      if (record.actor !== "" && record.actor !== "app") this.#services.limits.leave(record.actor);
    });
    const text = await bodyOf(incoming);
    await this.onRequest("before", record);
    const fault = this.#faults.next(method, path, text);
    record.fault = fault?.kind ?? null;
    if (fault?.kind === "reset-before") return void incoming.socket.destroy();
    if (fault?.kind === "hang") await new Promise((resolve) => setTimeout(resolve, fault.milliseconds).unref());
    const reply =
      fault?.kind === "answer"
        ? { status: fault.status, headers: fault.headers ?? {}, body: fault.body ?? { message: "Fault" } }
        : this.#reply(record, path, url, text, incoming);
    await this.onRequest("after-commit", record);
    if (fault?.kind === "reset-after") return void incoming.socket.destroy();
    record.status = reply.status;
    await send(outgoing, reply, fault?.kind === "truncate", this.#services.world.clock.now());
    await this.onRequest("after-response", record);
  }

  /** The answer to a request, all refusals included. Everything happens here at once: no other request comes between. */
  #reply(record: RequestRecord, path: string, url: URL, text: string, incoming: IncomingMessage): Reply {
    const headers: Record<string, string> = {};
    try {
      const viewer = this.#viewer(record.method, path, incoming.headers.authorization);
      if (viewer.kind === "nobody") return this.#answer(record, viewer, path, url, text, headers);
      const who = viewer.kind === "app" ? "app" : `installation ID ${viewer.installation.id}`;
      record.actor = who;
      if (viewer.kind === "app") return this.#answer(record, viewer, path, url, text, headers);
      return this.#limited(who, record, headers, incoming, () =>
        this.#answer(record, viewer, path, url, text, headers),
      );
    } catch (error) {
      if (!(error instanceof GitHubError)) throw error;
      if (error.status === 501) this.#violated(record, error.message);
      return { status: error.status, headers: { ...headers, ...error.headers }, body: error.body };
    }
  }

  #viewer(method: string, path: string, authorization: string | undefined): Viewer {
    const found = DESCRIPTION.find(method, path);
    if (found && ROUTES.get(found.operation.id)?.as === "nobody") return { kind: "nobody" };
    return this.#services.tokens.viewer(authorization);
  }

  /** Counts a request against the installation's limits, and answers an unchanged one with 304. */
  #limited(
    who: string,
    record: RequestRecord,
    headers: Record<string, string>,
    incoming: IncomingMessage,
    answer: () => Reply,
  ): Reply {
    const { limits } = this.#services;
    try {
      // A question, not a change, though it is posted.
      limits.enter(who, record.path === GRAPHQL_PATH ? "GET" : record.method);
      const reply = answer();
      if (record.method !== "GET" || reply.status !== 200) return reply;
      // An ETag belongs to the token that asked: another token never gets a 304 for it.
      const seed = JSON.stringify(reply.body) + (incoming.headers.authorization ?? "");
      const etag = `W/"${createHash("sha256").update(seed).digest("hex")}"`;
      headers.etag = etag;
      if (incoming.headers["if-none-match"] !== etag) return reply;
      limits.refund(who);
      return { status: 304, headers, body: undefined };
    } finally {
      Object.assign(headers, limits.headers(who));
    }
  }

  #answer(
    record: RequestRecord,
    viewer: Viewer,
    asked: string,
    url: URL,
    text: string,
    headers: Record<string, string>,
  ): Reply {
    if (asked === GRAPHQL_PATH) {
      record.template = "/graphql";
      return { headers, ...answerGraphql(this.#services.world, viewer, text) };
    }
    const path = byName(this.#services.world, asked);
    const found = DESCRIPTION.find(record.method, path);
    const route = found && ROUTES.get(found.operation.id);
    if (!found || !route) throw notEmulated(`${record.method} ${record.path}: add it to trim-openapi.ts and routes/`);
    const { operation, params } = found;
    record.template = operation.path;
    const query: Record<string, unknown> = Object.fromEntries(url.searchParams);
    const body = this.#checked(record, operation, query, text);
    const repository = repositoryFor(this.#services, viewer, route, {
      method: record.method,
      path: record.path,
      params,
    });
    const call = { ...this.#services, viewer, params, query, body, url, headers, repository };
    // The route's own types were checked where it was written, and the request against the description just now.
    const answer = route.handle(call as never);
    return { status: Number(answer.status), headers, body: answer.body };
  }

  #violated({ method, path }: RequestRecord, reason: string): void {
    this.violations.push({ method, path, reason });
  }

  /** The parsed body of a request that is as GitHub describes it. */
  #checked(record: RequestRecord, operation: Operation, query: Record<string, unknown>, text: string): unknown {
    let body: unknown;
    try {
      body = text === "" ? undefined : JSON.parse(text);
    } catch {
      throw new GitHubError(400, "Problems parsing JSON");
    }
    if (HALF_A_CHARACTER.test(JSON.stringify(body) ?? "")) {
      this.#violated(record, "a text holds half of a character");
      throw new GitHubError(400, "Problems parsing JSON");
    }
    const problems = DESCRIPTION.problems(operation, query, body);
    if (problems.length === 0) return body;
    const reason = problems.join("; ");
    this.#violated(record, reason);
    throw new GitHubError(422, `Invalid request.\n\n${reason}`);
  }
}

/** An escape that stands for no character: https://www.rfc-editor.org/rfc/rfc8259#section-8.2. In well-formed JSON only halves are escaped so. */
const HALF_A_CHARACTER = /(?<!\\)(?:\\\\)*\\ud[89a-f]/;

async function bodyOf(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString("utf8");
}

/** Sends an answer and waits until it is out; a truncated one breaks off half-way through its body. */
async function send(outgoing: ServerResponse, reply: Reply, truncated: boolean, date: Date): Promise<void> {
  const text = reply.body === undefined ? "" : JSON.stringify(reply.body);
  outgoing.sendDate = false;
  outgoing.writeHead(reply.status, {
    "content-type": "application/json; charset=utf-8",
    "x-github-request-id": randomUUID(),
    "x-github-media-type": "github.v3; format=json",
    date: date.toUTCString(),
    ...(reply.status === 204 || reply.status === 304 ? {} : { "content-length": String(Buffer.byteLength(text)) }),
    ...reply.headers,
  });
  const closed = new Promise<void>((resolve) => outgoing.once("close", () => resolve()));
  if (truncated) outgoing.write(text.slice(0, Math.floor(text.length / 2)), () => outgoing.socket?.destroy());
  else outgoing.end(text);
  await closed;
}
