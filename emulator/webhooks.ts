/**
 * Webhooks: every happening the App subscribed to is signed and posted over HTTP to its address, one after another, and kept in a log
 * as GitHub keeps it. A delivery that fails is not tried again by itself; the App may ask for it (the GUID stays).
 *
 * For tests: `hold()` collects deliveries until `release(order)`; `drop` and `duplicate` choose some to lose or send twice;
 * `settled()` waits until everything sent has been answered.
 */
import { createHmac, randomUUID } from "node:crypto";
import { request as httpRequest, type IncomingHttpHeaders } from "node:http";
import { organizationSimple, simpleUser } from "./represent/account.js";
import { installationJson } from "./represent/app.js";
import { nodeId } from "./represent/base.js";
import { repositoryJson } from "./represent/repository.js";
import type { Happening, Installation, Permissions, World } from "./world.js";

export interface Delivery {
  id: number;
  guid: string;
  event: string;
  action: string | null;
  installationId: number | null;
  repositoryId: number | null;
  /** The exact text that was signed. */
  body: string;
  redelivery: boolean;
  deliveredAt: Date;
  /** `OK` for a 2xx answer, else what went wrong; `pending` until answered. */
  status: string;
  statusCode: number;
  /** Seconds. */
  duration: number;
  requestHeaders: Record<string, string>;
  responseHeaders: IncomingHttpHeaders;
  responseBody: string;
}

/** Sent to every App, subscribed or not. */
const ALWAYS = new Set(["installation", "installation_repositories", "installation_target"]);
/** Sent to every App that may write checks, subscribed or not. */
const WITH_CHECKS = new Set(["check_run", "check_suite"]);
/** The permission without which GitHub does not tell of an event; any one of those named will do. */
export const NEEDED: Readonly<Record<string, readonly (keyof Permissions)[]>> = {
  check_run: ["checks"],
  check_suite: ["checks"],
  issue_comment: ["issues", "pull_requests"],
  issues: ["issues"],
  label: ["issues", "pull_requests"],
  merge_group: ["merge_queues"],
  pull_request: ["pull_requests"],
  push: ["contents"],
};
/** GitHub gives an App ten seconds to answer. */
const TIMEOUT_MS = 10_000;
/** GitHub caps a payload at 25 MB and then sends nothing. */
const MAX_BYTES = 25 * 1024 * 1024;

export class Webhooks {
  /** Where deliveries go, such as `http://127.0.0.1:3000/api/github/webhooks`; null, they are logged as failed. */
  url: string | null = null;
  secret: string;
  timeoutMs = TIMEOUT_MS;
  /** Deliveries to lose: neither sent nor logged. */
  drop: (delivery: Delivery) => boolean = () => false;
  /** Deliveries to send twice under one GUID. */
  duplicate: (delivery: Delivery) => boolean = () => false;
  /** Everything that was sent, in order; GitHub keeps it three days. */
  readonly log: Delivery[] = [];
  readonly #world: World;
  #held: Delivery[] | null = null;
  #queue: Promise<void> = Promise.resolve();
  #waiting = 0;
  readonly #closing = new AbortController();

  constructor(world: World, secret: string) {
    this.#world = world;
    this.secret = secret;
    world.announce = (happening) => this.#announce(happening);
  }

  /** Collects deliveries from now on instead of sending them. */
  hold(): void {
    this.#held ??= [];
  }

  /** What is being held back. */
  get held(): readonly Delivery[] {
    return this.#held ?? [];
  }

  /** Sends what was held, in the order a function gives them (left out: lost), and holds nothing more. */
  release(order: (held: readonly Delivery[]) => readonly Delivery[] = (held) => held): void {
    const held = order(this.#held ?? []);
    this.#held = null;
    for (const delivery of held) this.#send(delivery);
  }

  /** Resolves when all that was sent has been answered, also what was sent in the meantime; held ones do not count. */
  async settled(): Promise<void> {
    while (this.#waiting > 0) await this.#queue;
  }

  /** Sends a logged delivery once more, under the GUID it had. */
  redeliver(delivery: Delivery): void {
    this.#send({ ...delivery, id: this.#world.nextId(), redelivery: true });
  }

  /** Breaks off the delivery under way and sends nothing more. */
  async close(): Promise<void> {
    this.#closing.abort();
    await this.settled();
  }

  #announce(happening: Happening): void {
    const delivery = this.#prepare(happening);
    if (delivery === null || this.drop(delivery)) return;
    for (let copies = this.duplicate(delivery) ? 2 : 1; copies > 0; copies -= 1) {
      if (this.#held === null) this.#send({ ...delivery });
      else this.#held.push({ ...delivery });
    }
  }

  #prepare(happening: Happening): Delivery | null {
    const { event, installation, repository } = happening;
    if (installation === null) return null;
    if (!isTold(installation, event)) return null;
    const body = JSON.stringify(payloadOf(this.#world, happening));
    if (Buffer.byteLength(body) > MAX_BYTES) return null;
    return {
      id: this.#world.nextId(),
      guid: randomUUID(),
      event,
      action: happening.action,
      installationId: installation.id,
      repositoryId: repository?.id ?? null,
      body,
      redelivery: false,
      deliveredAt: this.#world.clock.now(),
      status: "pending",
      statusCode: 0,
      duration: 0,
      requestHeaders: {},
      responseHeaders: {},
      responseBody: "",
    };
  }

  #send(delivery: Delivery): void {
    if (this.#closing.signal.aborted) return;
    this.#waiting += 1;
    this.#queue = this.#queue.then(async () => {
      await this.#post(delivery);
      this.#waiting -= 1;
    });
  }

  async #post(delivery: Delivery): Promise<void> {
    const started = performance.now();
    delivery.deliveredAt = this.#world.clock.now();
    delivery.requestHeaders = this.#headers(delivery);
    this.log.push(delivery);
    const answer =
      this.url === null || this.#closing.signal.aborted ? "failed to connect to host" : await this.#exchange(delivery);
    delivery.duration = Math.round(performance.now() - started) / 1000;
    if (typeof answer === "string") {
      delivery.status = answer;
      delivery.statusCode = answer === "timed out" ? 504 : 502;
      return;
    }
    delivery.status = answer.status >= 200 && answer.status < 300 ? "OK" : `Invalid HTTP Response: ${answer.status}`;
    delivery.statusCode = answer.status;
    delivery.responseHeaders = answer.headers;
    delivery.responseBody = answer.body;
  }

  #headers(delivery: Delivery): Record<string, string> {
    const sign = (algorithm: string) => createHmac(algorithm, this.secret).update(delivery.body).digest("hex");
    return {
      Accept: "*/*",
      "Content-Type": "application/json",
      "User-Agent": "GitHub-Hookshot/emulator",
      "X-GitHub-Delivery": delivery.guid,
      "X-GitHub-Event": delivery.event,
      "X-GitHub-Hook-ID": String(this.#world.app.id),
      "X-GitHub-Hook-Installation-Target-ID": String(this.#world.app.id),
      "X-GitHub-Hook-Installation-Target-Type": "integration",
      "X-Hub-Signature": `sha1=${sign("sha1")}`,
      "X-Hub-Signature-256": `sha256=${sign("sha256")}`,
    };
  }

  #exchange(delivery: Delivery): Promise<{ status: number; headers: IncomingHttpHeaders; body: string } | string> {
    const length = String(Buffer.byteLength(delivery.body));
    const headers = { ...delivery.requestHeaders, "Content-Length": length };
    const { signal } = this.#closing;
    const options = { method: "POST", agent: false, headers, signal, timeout: this.timeoutMs } as const;
    return new Promise((resolve) => {
      const outgoing = httpRequest(this.url ?? "", options, (incoming) => {
        const chunks: Buffer[] = [];
        incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
        incoming.on("error", () => resolve("failed to connect to host"));
        incoming.on("end", () => {
          const body = Buffer.concat(chunks).toString("utf8");
          resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, body });
        });
      });
      outgoing.on("timeout", () => {
        resolve("timed out");
        outgoing.destroy();
      });
      outgoing.on("error", () => resolve("failed to connect to host"));
      outgoing.end(delivery.body);
    });
  }
}

/** Whether an installation is told of an event: subscribed, permitted and not suspended, or told in any case. */
function isTold({ suspendedAt, events, permissions }: Installation, event: string): boolean {
  if (ALWAYS.has(event)) return true;
  const needed = NEEDED[event] ?? [];
  const permitted = needed.length === 0 || needed.some((name) => permissions[name] !== undefined);
  const subscribed = events.includes(event) || (WITH_CHECKS.has(event) && permissions.checks === "write");
  return permitted && suspendedAt === null && subscribed;
}

/** The payload of a happening; its own fields may stand in for the common ones. */
function payloadOf(world: World, happening: Happening): object {
  const { event, action, repository, installation, sender } = happening;
  const owner = repository?.owner ?? null;
  const lite = installation && { id: installation.id, node_id: nodeId("Installation", installation.id) };
  return {
    ...(action === null ? {} : { action }),
    ...(repository === null ? {} : { repository: repositoryOf(world, event, happening) }),
    ...(owner?.type === "Organization" ? { organization: organizationSimple(world, owner) } : {}),
    installation: installation && repository === null ? installationJson(world, installation) : lite,
    ...happening.payload,
    sender: simpleUser(world, sender),
  };
}

/** Webhooks carry the repository's custom properties, and on a push its dates as seconds. */
function repositoryOf(world: World, event: string, { repository }: Happening): object | null {
  if (repository === null) return null;
  const shown = { ...repositoryJson(world, repository), custom_properties: {} };
  if (event !== "push") return shown;
  const seconds = (date: Date) => Math.floor(date.getTime() / 1000);
  const { owner } = repository;
  return {
    ...shown,
    owner: { ...shown.owner, name: owner.login, email: null },
    created_at: seconds(repository.createdAt),
    pushed_at: seconds(repository.pushedAt),
    stargazers: 0,
    master_branch: repository.defaultBranch,
    ...(owner.type === "Organization" ? { organization: owner.login } : {}),
  };
}
