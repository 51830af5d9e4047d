/** Replicas of the service in processes of their own, behind a load balancer: killed, started again, upgraded one after another. */
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { balance } from "../../support/balance.js";

const PROGRAM = fileURLToPath(new URL("./replica.ts", import.meta.url));
const portSchema = z.object({ port: z.number() });
const tickedSchema = z.object({ ticked: z.number() });
/** Linux counts processor time by hundredths of a second. */
const TICKS_A_SECOND = 100;

class Replica {
  port = 0;
  cpuSeconds = 0;
  peakMiB = 0;
  readonly #process: ChildProcess;
  /** Fails once it is gone. */
  readonly #ended: Promise<never>;

  constructor(env: Readonly<Record<string, string>>, said: string[]) {
    this.#process = fork(PROGRAM, {
      env: { PATH: process.env.PATH, ...env },
      execArgv: ["--import", "tsx"],
      stdio: ["ignore", "pipe", "pipe", "ipc"],
    });
    for (const stream of [this.#process.stdout, this.#process.stderr])
      if (stream) createInterface({ input: stream }).on("line", (line) => said.push(line));
    this.#ended = once(this.#process, "exit").then(() => {
      throw new Error(`a replica ended by itself: ${said.slice(-5).join("\n")}`);
    });
    // Where nobody waits for it to do something, its end is no fault.
    this.#ended.catch(() => {});
  }

  get runs(): boolean {
    return this.#process.exitCode === null && this.#process.signalCode === null;
  }

  async listening(): Promise<void> {
    const [message] = await Promise.race([once(this.#process, "message"), this.#ended]);
    this.port = portSchema.parse(message).port;
  }

  async tick(number: number): Promise<void> {
    const answered = new Promise<void>((resolve) => {
      const hear = (message: unknown) => {
        if (tickedSchema.safeParse(message).data?.ticked !== number) return;
        this.#process.off("message", hear);
        resolve();
      };
      this.#process.on("message", hear);
    });
    this.#process.send({ tick: number });
    await Promise.race([answered, this.#ended]);
  }

  /** Notes what it has used so far; Linux alone tells. */
  look(): void {
    try {
      const [, after = ""] = readFileSync(`/proc/${this.#process.pid}/stat`, "utf8").split(") ");
      const fields = after.split(" ");
      this.cpuSeconds = (Number(fields[11]) + Number(fields[12])) / TICKS_A_SECOND;
      const status = readFileSync(`/proc/${this.#process.pid}/status`, "utf8");
      this.peakMiB = Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024;
    } catch {
      // It is gone, or this is no Linux.
    }
  }

  async end(signal: "SIGTERM" | "SIGKILL"): Promise<void> {
    this.look();
    if (!this.runs) return;
    const ended = once(this.#process, "exit");
    this.#process.kill(signal);
    await ended;
  }
}

export class Replicas {
  /** What they wrote to their logs: errors, since the level is that. */
  readonly said: string[] = [];
  readonly #env: Readonly<Record<string, string>>;
  readonly #all: Replica[] = [];
  #balancer: Awaited<ReturnType<typeof balance>> | null = null;
  #ticks = 0;

  constructor(env: Readonly<Record<string, string>>) {
    this.#env = { LOG_LEVEL: "error", HOST: "127.0.0.1", PORT: "0", DATA_DIR: tmpdir(), ...env };
  }

  /** Starts so many; gives the address of the load balancer before them. */
  async start(count: number): Promise<string> {
    this.#balancer = await balance(() => this.#running().map(({ port }) => port));
    await Promise.all(Array.from({ length: count }, () => this.#startOne()));
    return this.#balancer.url;
  }

  /** What is due by GitHub's clock goes on the list; all of them look, one wins. */
  async tick(): Promise<void> {
    const number = ++this.#ticks;
    await Promise.all(this.#running().map((replica) => replica.tick(number)));
    for (const replica of this.#all) replica.look();
  }

  /** Kills one as it works, without a word. */
  async killOne(): Promise<void> {
    await this.#running()[0]?.end("SIGKILL");
  }

  /** Starts another in the place of one that was killed. */
  async replaceOne(): Promise<void> {
    await this.#startOne();
  }

  /** Starts a new one for each, which takes over before the old one stops. */
  async upgrade(): Promise<void> {
    for (const old of this.#running()) {
      await this.#startOne();
      await old.end("SIGTERM");
    }
  }

  get cpuSeconds(): number {
    return this.#all.reduce((sum, { cpuSeconds }) => sum + cpuSeconds, 0);
  }

  get peakMiB(): number {
    return Math.max(...this.#all.map(({ peakMiB }) => peakMiB));
  }

  async close(): Promise<void> {
    await Promise.all(this.#all.map((replica) => replica.end("SIGTERM")));
    this.#balancer?.server.close();
  }

  #running(): Replica[] {
    return this.#all.filter(({ runs, port }) => runs && port > 0);
  }

  async #startOne(): Promise<void> {
    const replica = new Replica(this.#env, this.said);
    this.#all.push(replica);
    await replica.listening();
  }
}
