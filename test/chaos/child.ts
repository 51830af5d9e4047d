/** The built service and command line as processes of their own, to be killed as `kill -9` does. */
import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export class Child {
  readonly exited: Promise<Exit>;
  /** The last of what it said, for when something goes wrong. */
  readonly said: string[] = [];
  /** Whether it was `kill` that ended it. */
  killed = false;
  /** Whether it runs no more. */
  gone = false;
  readonly #process: ChildProcess;
  readonly #listeners = new Set<(line: string) => void>();

  /** @param program `main` (the service) or `cli`. */
  constructor(program: "main" | "cli", args: readonly string[], env: Readonly<Record<string, string>>) {
    const file = fileURLToPath(new URL(`../../dist/${program}.js`, import.meta.url));
    // In the data directory, where no .env of the developer's lies.
    const child = spawn(process.execPath, [file, ...args], {
      cwd: env.DATA_DIR,
      env: { PATH: process.env.PATH, ...env },
    });
    this.#process = child;
    this.exited = new Promise((resolve, reject) => {
      child.once("error", reject);
      child.once("close", (code, signal) => {
        this.gone = true;
        resolve({ code, signal });
      });
    });
    for (const stream of [child.stdout, child.stderr])
      createInterface({ input: stream }).on("line", (line) => this.#take(line));
  }

  /** The first line for which `pick` gives something; null where the process ends before. */
  private async when<T>(pick: (line: string) => T | undefined): Promise<T | null> {
    let listener = (_line: string) => {};
    const heard = new Promise<T>((resolve) => {
      listener = (line) => {
        const picked = pick(line);
        if (picked !== undefined) resolve(picked);
      };
      this.#listeners.add(listener);
      this.said.forEach(listener);
    });
    try {
      return await Promise.race([heard, this.exited.then(() => null)]);
    } finally {
      this.#listeners.delete(listener);
    }
  }

  /** The port, once its log tells that it listens; null where it ends before. */
  listening(): Promise<number | null> {
    return this.when((line) =>
      line.includes('"msg":"listening"') ? (JSON.parse(line) as { port: number }).port : undefined,
    );
  }

  /** Ends it at once, and waits until it is gone. */
  async kill(): Promise<void> {
    this.killed ||= this.#process.kill("SIGKILL");
    await this.exited;
  }

  /** Asks it to stop. */
  async stop(): Promise<Exit> {
    this.#process.kill("SIGTERM");
    return this.exited;
  }

  #take(line: string): void {
    this.said.push(line);
    if (this.said.length > 200) this.said.shift();
    for (const listener of this.#listeners) listener(line);
  }
}
