/** The built service and its command line, run as an operator would: processes of their own, told everything by environment. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { fileURLToPath } from "node:url";
import { until } from "./until.js";

const DIST = new URL("../dist/", import.meta.url);
const START_MS = 20_000;
const IDLE_MS = 60_000;
/** The last lines of its log, for when something goes wrong. */
const LOG_LINES = 30;

type Environment = Readonly<Record<string, string>>;

export class ServiceProcess {
  readonly #environment: Environment;
  readonly #folder: string;
  readonly #port: number;
  readonly #running = new Set<ChildProcess>();
  #service: ChildProcess | null = null;
  #log: string[] = [];
  #closed = false;

  private constructor(environment: Environment, folder: string, port: number) {
    this.#environment = environment;
    this.#folder = folder;
    this.#port = port;
  }

  /** Not started yet. `credentials`: what the App needs to know of GitHub; `folder`: where it keeps its data. */
  static async on(credentials: Environment, folder: string): Promise<ServiceProcess> {
    const port = await freePort();
    // Nothing is inherited but what Node needs: a DATABASE_URL lying about must not be used for a demo.
    const { PATH = "", HOME = "" } = process.env;
    const own = { DATA_DIR: folder, HOST: "127.0.0.1", PORT: String(port), NODE_ENV: "production" };
    return new ServiceProcess({ PATH, HOME, ...credentials, ...own }, folder, port);
  }

  get origin(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  get webhookUrl(): string {
    return `${this.origin}/api/github/webhooks`;
  }

  get log(): string {
    return this.#log.join("\n");
  }

  /** Starts `node dist/main.js` and waits until it can take work. */
  async start(): Promise<void> {
    const child = this.#spawn({ LOG_LEVEL: "warn" }, "main.js");
    this.#service = child;
    for (const stream of [child.stdout, child.stderr]) stream?.on("data", (data) => this.#keepLog(String(data)));
    await until("the service is ready", START_MS, async () => {
      if (child.exitCode !== null) throw new Error(`the service did not start:\n${this.log}`);
      return (await this.#get("/readyz")) !== null;
    });
  }

  /** Ends it without a warning, as `kill -9` or a power cut does. */
  async kill(): Promise<void> {
    const child = this.#service;
    this.#service = null;
    if (child) await end(child, "SIGKILL");
  }

  /** Waits until the service has nothing left to do. */
  async idle(): Promise<void> {
    await until("the service has done its work", IDLE_MS, async () => {
      const metrics = (await this.#get("/metrics")) ?? "";
      const left = [...metrics.matchAll(/^follow_through_queue\{state="(?:ready|waiting|leased)"\} (\d+)$/gm)];
      if (/^follow_through_queue\{state="dead"\} [1-9]/m.test(metrics))
        throw new Error(`the service gave work up:\n${this.log}`);
      return left.length === 3 && left.every(([, amount]) => amount === "0");
    });
  }

  /** Runs `follow-through ARGS` beside the service; gives what it prints. */
  async command(...args: readonly string[]): Promise<string> {
    // As quiet as it is by itself: GitHub's clock is weeks ahead by then, and each process learns of that first.
    const child = this.#spawn({}, "cli.js", ...args);
    let output = "";
    for (const stream of [child.stdout, child.stderr]) stream?.on("data", (data) => (output += String(data)));
    await once(child, "close");
    if (child.exitCode !== 0) throw new Error(`follow-through ${args.join(" ")} failed:\n${output}`);
    return output.trim();
  }

  /** Ends whatever still runs; nothing is started any more. */
  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all([...this.#running].map((child) => end(child, "SIGKILL")));
  }

  #spawn(more: Environment, file: string, ...args: readonly string[]): ChildProcess {
    if (this.#closed) throw new Error("the demo was stopped");
    const child = spawn(process.execPath, [fileURLToPath(new URL(file, DIST)), ...args], {
      env: { ...this.#environment, ...more },
      // Where no .env of somebody's lies.
      cwd: this.#folder,
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.#running.add(child);
    child.once("exit", () => this.#running.delete(child));
    return child;
  }

  #keepLog(text: string): void {
    this.#log = [...this.#log, ...text.split("\n").filter(Boolean)].slice(-LOG_LINES);
  }

  /** The answer's text; null where there is none, or it is not a good one. */
  async #get(path: string): Promise<string | null> {
    try {
      const response = await fetch(this.origin + path);
      const text = await response.text();
      return response.ok ? text : null;
    } catch {
      return null;
    }
  }
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, "exit");
  child.kill(signal);
  await gone;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("there is no free port");
  return address.port;
}
