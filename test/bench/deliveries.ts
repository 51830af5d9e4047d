/**
 * 10,000 signed deliveries at full speed, 95 of 100 irrelevant, to the service and to a no-op Probot app in the same run:
 * part of `npm run bench`. Both servers run in a process of their own; the sender is this one. Absolute numbers are the
 * machine's; the ratio counts.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { createHmac, generateKeyPairSync, randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { Agent, createServer, request, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { DatabaseSync } from "../../src/store/engine.js";

const SECRET = "a-secret-of-the-benchmark";
const DELIVERIES = Number(process.env.BENCH_DELIVERIES ?? 10_000);
const ROUNDS = 3;
const CONNECTIONS = 32;
const GITHUB_MS = 100;

interface Round {
  readonly perSecond: number;
  readonly p99Ms: number;
  readonly refused: number;
  readonly peakMiB: number;
}

/** What a busy organisation sends: pushes to branches, comments, stars, checks; and now and then a merge. */
function deliveries(count: number, turn: number): { event: string; body: string; relevant: boolean }[] {
  const base = { installation: { id: 7 }, sender: { id: 1, login: "ada", type: "User" } };
  const repository = (index: number) => ({
    id: 1000 + (index % 200),
    name: "shop",
    full_name: "acme/shop",
    default_branch: "main",
    owner: { login: "acme", id: 2 },
  });
  return Array.from({ length: count }, (_, index) => {
    const common = { ...base, repository: repository(index) };
    const relevant = index % 20 === 0;
    if (relevant) {
      const number = turn * count + index + 1;
      const pull = { number, merged: true, base: { ref: "main" } };
      return {
        event: "pull_request",
        relevant,
        body: JSON.stringify({ ...common, action: "closed", number, pull_request: pull }),
      };
    }
    const commits = [{ id: "a".repeat(40), added: [], modified: ["src/index.ts"], removed: [] }];
    const kinds = [
      { event: "push", body: { ...common, ref: "refs/heads/topic", commits } },
      { event: "push", body: { ...common, ref: "refs/heads/main", commits } },
      {
        event: "pull_request",
        body: {
          ...common,
          action: "review_requested",
          number: 1,
          pull_request: { number: 1, merged: false, base: { ref: "main" } },
        },
      },
      {
        event: "issue_comment",
        body: {
          ...common,
          action: "created",
          issue: { number: 6 },
          comment: { id: index, body: "Seen it. ".repeat(20) },
        },
      },
      { event: "issues", body: { ...common, action: "labeled", issue: { number: 4, title: "x".repeat(200) } } },
      { event: "issues", body: { ...common, action: "closed", issue: { number: 5 } } },
    ];
    const { event, body } = kinds[index % kinds.length] ?? { event: "push", body: {} };
    return { event, relevant, body: JSON.stringify(body) };
  });
}

function send(port: number, agent: Agent, event: string, body: string): Promise<number> {
  const signature = `sha256=${createHmac("sha256", SECRET).update(body).digest("hex")}`;
  const headers = {
    "content-type": "application/json",
    "content-length": Buffer.byteLength(body),
    "x-github-event": event,
    "x-github-delivery": randomUUID(),
    "x-hub-signature-256": signature,
  };
  return new Promise((resolve, reject) => {
    const call = request(
      { port, host: "127.0.0.1", path: "/api/github/webhooks", method: "POST", agent, headers },
      (response) => {
        response.resume().on("end", () => resolve(response.statusCode ?? 0));
      },
    );
    call.on("error", reject).end(body);
  });
}

async function round(port: number, pid: number, turn: number): Promise<Round> {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  const queue = deliveries(DELIVERIES, turn);
  const times: number[] = [];
  let refused = 0;
  let peak = 0;
  let next = 0;
  const started = performance.now();
  const line = async () => {
    for (let one = queue[next++]; one; one = queue[next++]) {
      const from = performance.now();
      if ((await send(port, agent, one.event, one.body)) >= 300) refused++;
      times.push(performance.now() - from);
      if (next % 500 === 0) peak = Math.max(peak, await residentMiB(pid));
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, line));
  const seconds = (performance.now() - started) / 1000;
  agent.destroy();
  times.sort((a, b) => a - b);
  return {
    perSecond: DELIVERIES / seconds,
    p99Ms: times[Math.floor(times.length * 0.99)] ?? 0,
    refused,
    peakMiB: peak,
  };
}

async function residentMiB(pid: number): Promise<number> {
  const { readFile } = await import("node:fs/promises");
  const status = await readFile(`/proc/${pid}/status`, "utf8").catch(() => "");
  return Number(status.match(/VmRSS:\s+(\d+)/)?.[1] ?? 0) / 1024;
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === "object" && address ? address.port : 0;
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const port = portOf(probe);
      probe.close(() => resolve(port));
    });
  });
}

async function started(args: string[], env: Record<string, string>, port: number): Promise<ChildProcess> {
  const child = spawn(process.execPath, args, {
    env: { ...process.env, ...env },
    stdio: ["ignore", "ignore", "inherit"],
  });
  const agent = new Agent();
  for (let tries = 0; tries < 200; tries++) {
    const up = await send(port, agent, "ping", "{}").then(
      () => true,
      () => false,
    );
    if (up) return child;
    await pause(50);
  }
  throw new Error("the server did not start");
}

/** A Probot app that listens to the same events and does nothing. */
const NOOP = `
import { createServer } from "node:http";
import { createNodeMiddleware, Probot } from "probot";
const probot = new Probot({ appId: 1, privateKey: process.env.PRIVATE_KEY, secret: process.env.WEBHOOK_SECRET });
const middleware = await createNodeMiddleware((app) => app.on(["check_run", "issue_comment", "issues", "pull_request", "push", "repository", "installation", "installation_repositories"], () => {}), { probot });
createServer(middleware).listen(Number(process.env.PORT), "127.0.0.1");
`;

/** A GitHub that takes its time, as it does for real, and knows the App: the workers wait for it while deliveries come in. */
async function slowGitHub(): Promise<Server> {
  const server = createServer((call, response) => {
    setTimeout(() => {
      const isToken = call.url?.endsWith("/access_tokens");
      const body = isToken
        ? { token: "ghs_of_the_benchmark", expires_at: "2099-01-01T00:00:00Z" }
        : { message: "Not Found" };
      response.writeHead(isToken ? 201 : 404, { "content-type": "application/json" }).end(JSON.stringify(body));
    }, GITHUB_MS);
  });
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => resolve(server));
  });
}

async function benchDeliveries(): Promise<void> {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const key = privateKey.export({ type: "pkcs1", format: "pem" }).toString();
  const dataDir = mkdtempSync(join(tmpdir(), "follow-through-bench-"));
  const [ours, noop] = [await freePort(), await freePort()];
  const github = await slowGitHub();
  const env = {
    APP_ID: "1",
    PRIVATE_KEY: key,
    WEBHOOK_SECRET: SECRET,
    HOST: "127.0.0.1",
    LOG_LEVEL: "silent",
    DATA_DIR: dataDir,
  };
  const service = await started(
    ["dist/main.js"],
    { ...env, PORT: String(ours), GHE_HOST: `127.0.0.1:${portOf(github)}`, GHE_PROTOCOL: "http" },
    ours,
  );
  const baseline = await started(["--input-type=module", "-e", NOOP], { ...env, PORT: String(noop) }, noop);
  try {
    const best: { service: Round[]; baseline: Round[] } = { service: [], baseline: [] };
    for (let turn = 0; turn < ROUNDS; turn++) {
      best.baseline.push(await round(noop, baseline.pid ?? 0, turn));
      best.service.push(await round(ours, service.pid ?? 0, turn));
    }
    const fastest = (rounds: Round[]) => rounds.reduce((a, b) => (b.perSecond > a.perSecond ? b : a));
    const [a, b] = [fastest(best.service), fastest(best.baseline)];
    const words = (name: string, { perSecond, p99Ms, refused, peakMiB }: Round) =>
      `${name.padEnd(14)} ${perSecond.toFixed(0).padStart(6)} deliveries a second, p99 ${p99Ms.toFixed(1)} ms, ${refused} refused, ${peakMiB.toFixed(0)} MiB at most`;
    console.log(
      `deliveries: 3 rounds of ${DELIVERIES}, 95% irrelevant, ${CONNECTIONS} connections; the fastest of each`,
    );
    console.log(words("follow-through", a));
    console.log(words("no-op Probot", b));
    console.log(`ratio ${(a.perSecond / b.perSecond).toFixed(2)} (to hold: at least 0.70)`);
    checkNoneLost(dataDir);
  } finally {
    service.kill("SIGKILL");
    baseline.kill("SIGKILL");
    github.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** Every merge left its row in the work list: none can have been done yet, since this GitHub knows no repository. */
function checkNoneLost(dataDir: string): void {
  const database = new DatabaseSync(join(dataDir, "follow-through.db"));
  const { rows } = database.prepare("select count(*) as rows from work where key like 'pull:%'").get() as {
    rows: number;
  };
  database.close();
  const merges = ROUNDS * deliveries(DELIVERIES, 0).filter((one) => one.relevant).length;
  console.log(`rows in the work list: ${rows}, for ${merges} merges: ${rows === merges ? "none lost" : "LOST"}`);
}

await benchDeliveries();
