/**
 * Reads documents so that none stands in the way of anything else. A small one is read at once. A large one is read in a child
 * process, beside everything this process does; one at a time, so that memory stays bounded. Which it is depends on its size
 * alone, and so does what comes of it: the guards here are the last ones, for what bounds by size and count let through.
 */
import { type ChildProcess, fork } from "node:child_process";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { ReadingBrokenOff, Retryable } from "../errors.js";
import { MAX_BYTES, readPostmortem } from "../postmortem/read.js";
import type { Postmortem, ReadOptions } from "../postmortem/types.js";
import { postmortemSchema, READY, type ReadRequest } from "./messages.js";

/** Up to so many bytes reading takes no longer than other things that are done at once. */
export const AT_ONCE_BYTES = 100 * 1024;

/** What is read within 2 seconds of processor time has long ended then, on a busy machine too. */
const LIMIT_MS = 10_000;
/** Starting takes a part of a second, and is no document's fault. */
const START_LIMIT_MS = 60_000;
/** A backfill brings many in a row; a large postmortem now and then need not keep a process. */
const IDLE_MS = 30_000;
const HEAP_MIB = 300;

/** The signals by which a terminal or a service manager ends all processes of a service: nobody's fault. */
const STOPS: ReadonlySet<string> = new Set(["SIGTERM", "SIGINT", "SIGHUP"]);

interface Script {
  readonly path: string;
  /** Flags of Node that it needs. */
  readonly flags: readonly string[];
}

export interface ReaderOptions {
  /** How long reading one document may take, once its process is there. */
  readonly limitMs?: number;
  /** How long a process is kept that has nothing to do. */
  readonly idleMs?: number;
  /** What runs in the child process: for tests. */
  readonly script?: Script;
}

/** Reads documents; to be closed, which ends its child process. */
export class Reader {
  readonly #options: Required<ReaderOptions>;
  #child: ChildProcess | null = null;
  /** Ends with the last reading that was asked for. */
  #last: Promise<unknown> = Promise.resolve();
  #idle: NodeJS.Timeout | undefined;
  #isClosed = false;

  constructor(options: ReaderOptions = {}) {
    this.#options = { limitMs: LIMIT_MS, idleMs: IDLE_MS, script: readingScript(), ...options };
  }

  /**
   * What a document says, as {@link readPostmortem} tells it.
   * @throws ReadingBrokenOff where that took too long or ended the process it was read in: never an empty reading.
   * @throws Retryable where all is being stopped.
   */
  async read(path: string, bytes: Uint8Array, options: ReadOptions): Promise<Postmortem> {
    // Beyond the maximum it is refused unread.
    if (bytes.byteLength <= AT_ONCE_BYTES || bytes.byteLength > MAX_BYTES) return readPostmortem(path, bytes, options);
    const reading = this.#last.then(() => this.#readInChild({ path, bytes, options }));
    this.#last = reading.catch(() => {});
    return reading;
  }

  /** Ends the child process, and what is being read there. */
  close(): void {
    this.#isClosed = true;
    this.#end();
  }

  async #readInChild(request: ReadRequest): Promise<Postmortem> {
    clearTimeout(this.#idle);
    try {
      const { limitMs } = this.#options;
      const child = this.#child ?? (await this.#start());
      child.send(request, ignore);
      const answer = await this.#messageOf(child, limitMs);
      const postmortem = postmortemSchema.safeParse(answer);
      if (!postmortem.success) throw new ReadingBrokenOff("What was read is not as it should be", postmortem.error);
      this.#rest(child);
      return postmortem.data;
    } catch (error) {
      this.#end();
      throw this.#isClosed ? stopping() : error;
    }
  }

  async #start(): Promise<ChildProcess> {
    if (this.#isClosed) throw stopping();
    const { path, flags } = this.#options.script;
    // No environment, so no secrets; and nothing of what is open here: Node closes all that is not named for a child.
    const child = fork(path, [], {
      env: {},
      execArgv: [...flags, `--max-old-space-size=${HEAP_MIB}`],
      serialization: "advanced",
      stdio: ["ignore", "ignore", "ignore", "ipc"],
    });
    this.#child = child;
    const end = () => child.kill("SIGKILL");
    process.once("exit", end);
    const gone = () => {
      process.off("exit", end);
      if (this.#child === child) this.#child = null;
    };
    child.once("exit", gone);
    child.on("error", gone);
    const said = await this.#messageOf(child, START_LIMIT_MS);
    if (said !== READY) throw new ReadingBrokenOff("The process to read it in said something else first");
    return child;
  }

  /** The next message of the child. @throws ReadingBrokenOff where it ends first, or takes longer than `limitMs`. */
  #messageOf(child: ChildProcess, limitMs: number): Promise<unknown> {
    child.ref();
    child.channel?.ref();
    return new Promise((resolve, reject) => {
      const onMessage = (message: unknown) => finish(() => resolve(message));
      const onExit = (code: number | null, signal: string | null) => finish(() => reject(endedEarly(code, signal)));
      const onError = (error: Error) => finish(() => reject(new ReadingBrokenOff("No process could read it", error)));
      const timer = setTimeout(
        () => finish(() => reject(new ReadingBrokenOff(`Reading it took more than ${limitMs / 1000} seconds`))),
        limitMs,
      );
      const finish = (done: () => void) => {
        clearTimeout(timer);
        child.off("message", onMessage).off("exit", onExit).off("error", onError);
        done();
      };
      child.on("message", onMessage).on("exit", onExit).on("error", onError);
      // One that ended meanwhile sends nothing more.
      if (child.exitCode !== null || child.signalCode !== null) onExit(child.exitCode, child.signalCode);
    });
  }

  /** Nothing is read right now: the child keeps this process from ending no longer, and goes after a while. */
  #rest(child: ChildProcess): void {
    child.unref();
    child.channel?.unref();
    this.#idle = setTimeout(() => this.#end(), this.#options.idleMs).unref();
  }

  #end(): void {
    clearTimeout(this.#idle);
    this.#child?.kill("SIGKILL");
    this.#child = null;
  }
}

/** That a message cannot be sent shows by the end of the child, which is noticed anyway. */
const ignore = () => {};

const stopping = () => new Retryable("The service is stopping.", { blameless: true, undone: true });

function endedEarly(code: number | null, signal: string | null): Error {
  if (signal !== null && STOPS.has(signal)) return stopping();
  return new ReadingBrokenOff(`The process it was read in ended (${signal ?? `exit code ${code}`})`);
}

/** The script beside this file; where the code runs from its source, with what lets Node take TypeScript. */
function readingScript(): Script {
  const [, ending = "js"] = /\.(ts|js)$/.exec(new URL(import.meta.url).pathname) ?? [];
  const path = fileURLToPath(new URL(`child.${ending}`, import.meta.url));
  const loader = () => ["--import", createRequire(import.meta.url).resolve("tsx")];
  return { path, flags: ending === "ts" ? loader() : [] };
}
