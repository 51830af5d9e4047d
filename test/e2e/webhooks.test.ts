/** Whatever comes to the webhook's address: every event GitHub documents is taken, what is not GitHub's is refused. */
import { createHmac, randomUUID } from "node:crypto";
import { request as httpRequest } from "node:http";
import { createRequire } from "node:module";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { inLongTests, sampled, someOf } from "../support/long.js";
import { wrongPayloads } from "../support/payloads.js";
import { Stage } from "../support/stage.js";

let stage: Stage;
beforeEach(async () => {
  stage = await Stage.start();
});
afterEach(() => stage.close());

// Its types do not fit what it exports, which is the list itself.
const WEBHOOKS = createRequire(import.meta.url)("@octokit/webhooks-examples") as { name: string; examples: object[] }[];
const EXAMPLES = WEBHOOKS.flatMap(({ name, examples }) => examples.map((payload) => ({ name, payload })));
const MAX_BYTES = 25 * 1024 * 1024;

interface Posted {
  readonly body: string | Buffer;
  readonly method?: string;
  /** Instead of the right ones; null leaves one out. */
  readonly headers?: Readonly<Record<string, string | null>>;
  /** `chunked`: without a content-length. `announced`: its length is told, and then the answer is waited for. */
  readonly as?: "chunked" | "announced";
}

const sign = (body: string | Buffer, secret = stage.gh.webhooks.secret) =>
  `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`;

/** Posts as GitHub does; gives the status. */
function post({ body, method = "POST", headers = {}, as }: Posted): Promise<number> {
  const all: Record<string, string | null> = {
    "content-type": "application/json",
    "x-github-delivery": randomUUID(),
    "x-github-event": "issues",
    "x-hub-signature-256": sign(body),
    ...(as === "chunked" ? {} : { "content-length": String(Buffer.byteLength(body)) }),
    ...headers,
  };
  const sent = Object.fromEntries(Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== null));
  return new Promise((resolve, reject) => {
    const outgoing = httpRequest(stage.gh.webhooks.url ?? "", { method, headers: sent, agent: false }, (incoming) => {
      incoming.resume();
      resolve(incoming.statusCode ?? 0);
      if (as === "announced") outgoing.destroy();
    });
    outgoing.on("error", reject);
    if (as === "announced") outgoing.flushHeaders();
    else outgoing.end(body);
  });
}

const postEvent = (name: string, payload: unknown) =>
  post({ body: JSON.stringify(payload), headers: { "x-github-event": name } });

/** What was written to GitHub since a request, tokens left out. */
const writesSince = (from: number) =>
  stage.gh.requests.slice(from).filter(({ method, path }) => method !== "GET" && !path.endsWith("/access_tokens"));

describe("every example payload of GitHub's documentation", () => {
  it("is taken, and nothing is written because of it", async () => {
    expect(EXAMPLES.length).toBeGreaterThan(300);
    const from = stage.gh.requests.length;
    const answers = new Map<string, number>();
    for (const { name, payload } of someOf(EXAMPLES, 60)) {
      const status = await postEvent(name, payload);
      if (status !== 200) answers.set(name, status);
    }
    expect([...answers]).toEqual([]);
    await stage.settle();
    expect(writesSince(from)).toEqual([]);
    expect((await fetch(healthUrl())).status).toBe(200);
  });

  it("is taken too where it seems to come from an installed repository", async () => {
    const from = stage.gh.requests.length;
    const { state } = stage.repo;
    for (const { name, payload } of someOf(EXAMPLES, 60)) {
      const repository = { id: state.id, name: state.name, full_name: stage.repo.fullName };
      const known = "repository" in payload ? { repository: { ...(payload.repository as object), ...repository } } : {};
      expect(await postEvent(name, { ...payload, ...known, installation: { id: stage.installation.id } }), name).toBe(
        200,
      );
    }
    await stage.settle();
    expect(writesSince(from)).toEqual([]);
    expect(await stage.service.context.store.work.deadLetters()).toEqual([]);
  });
});

const healthUrl = () => (stage.gh.webhooks.url ?? "").replace("/api/github/webhooks", "/healthz");

describe("a signed payload that is not as GitHub describes the event", () => {
  it("is answered 400 or comes to nothing, whichever field is wrong and how; nothing is stored, and it is counted", async () => {
    const before = stage.gh.requests.length;
    const answers = new Map<number, number>();
    for (const { name, event, payload, right } of someOf([...wrongPayloads()], 250)) {
      if (right) continue;
      const status = await postEvent(event, payload);
      expect([200, 400], name).toContain(status);
      answers.set(status, (answers.get(status) ?? 0) + 1);
    }
    expect(answers.get(400)).toBeGreaterThan(inLongTests(600, 100));
    const { work } = stage.service.context.store;
    expect(await work.stats(stage.gh.clock.now())).toMatchObject({ ready: 0, waiting: 0, leased: 0, dead: 0 });
    expect(stage.gh.requests).toHaveLength(before);
    const metrics = await (await fetch(healthUrl().replace("healthz", "metrics"))).text();
    const invalid = [...metrics.matchAll(/deliveries_total\{event="\w+",outcome="invalid"\} (\d+)/g)];
    expect(invalid.reduce((sum, [, count]) => sum + Number(count), 0)).toBe(answers.get(400));
    expect(metrics).not.toContain('outcome="failed"');
  });

  it("says in a plain sentence which field, and nothing of the payload", async () => {
    const body = JSON.stringify({ installation: { id: 3 }, repository: { id: "s3cret" }, ref: 7 });
    const headers = { "content-type": "application/json", "x-github-delivery": "1", "x-github-event": "push" };
    const answer = await fetch(stage.gh.webhooks.url ?? "", {
      method: "POST",
      body,
      headers: { ...headers, "x-hub-signature-256": sign(body) },
    });
    expect(answer.status).toBe(400);
    expect(await answer.text()).toBe(
      "GitHub sends no such payload: ref is missing or cannot be. Nothing was recorded.\n",
    );
  });
});

describe("what GitHub does not send", () => {
  const merged = () =>
    JSON.stringify({
      action: "closed",
      installation: { id: stage.installation.id },
      repository: { id: stage.repo.state.id, default_branch: "main" },
      pull_request: { number: 1, merged: true, base: { ref: "main" } },
    });

  const refused: readonly [string, () => Posted, number][] = [
    ["a wrong signature", () => ({ body: merged(), headers: { "x-hub-signature-256": sign("other") } }), 400],
    ["another's secret", () => ({ body: merged(), headers: { "x-hub-signature-256": sign(merged(), "guess") } }), 400],
    ["a signature that is none", () => ({ body: merged(), headers: { "x-hub-signature-256": "sha256=" } }), 400],
    ["no signature", () => ({ body: merged(), headers: { "x-hub-signature-256": null } }), 400],
    ["no event", () => ({ body: merged(), headers: { "x-github-event": null } }), 400],
    ["no delivery", () => ({ body: merged(), headers: { "x-github-delivery": null } }), 400],
    ["a body that is no JSON", () => ({ body: "{ action: closed" }), 400],
    ["no body", () => ({ body: "" }), 400],
    ["JSON that is no object", () => ({ body: "null" }), 400],
    ["a list", () => ({ body: "[]" }), 400],
    ["a text", () => ({ body: '"installation"' }), 400],
    ["bytes that are no text", () => ({ body: Buffer.from([0xff, 0xfe, 0x00, 0x80]) }), 400],
    [
      "another content type",
      () => ({ body: "payload=%7B%7D", headers: { "content-type": "application/x-www-form-urlencoded" } }),
      415,
    ],
    ["no content type", () => ({ body: merged(), headers: { "content-type": null } }), 415],
    ["another method", () => ({ body: merged(), method: "PUT" }), 405],
    ["more than 25 MiB", () => ({ body: Buffer.alloc(MAX_BYTES + 1, " "), as: "announced" }), 413],
    ["more than 25 MiB in pieces", () => ({ body: Buffer.alloc(MAX_BYTES + 1, " "), as: "chunked" }), 413],
  ];

  sampled(it, 6).each(refused)("%s: refused, nothing stored", async (_, posted, status) => {
    const { work } = stage.service.context.store;
    for (const event of ["pull_request", "issues", "push", "installation"]) {
      const { headers, ...rest } = posted();
      expect(await post({ ...rest, headers: { "x-github-event": event, ...headers } }), event).toBe(status);
    }
    expect(await work.stats(stage.gh.clock.now())).toMatchObject({ ready: 0, waiting: 0, leased: 0, dead: 0 });
    expect((await fetch(healthUrl())).status).toBe(200);
  });

  it("names of events that are names of something else: taken, nothing stored", async () => {
    for (const name of ["constructor", "__proto__", "*", "error", "pull_request.closed", "x".repeat(2000)]) {
      expect(await postEvent(name, JSON.parse(merged())), name).toBeLessThan(500);
    }
    expect(await stage.service.context.store.work.stats(stage.gh.clock.now())).toMatchObject({ ready: 0, waiting: 0 });
  });
});
