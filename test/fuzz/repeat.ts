/**
 * Repeats tokens at places, in a warm process whose heap is bounded, and says what each took. A process that ends, or does not
 * answer for long, counts as never done; the next case goes on in another.
 */
import { type ChildProcessByStdio, spawn } from "node:child_process";
import { createInterface, type Interface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import { fileURLToPath } from "node:url";
import { PLACES } from "./places.js";
import { TOKENS } from "./tokens.js";

export interface Case {
  readonly place: string;
  /** Its number among {@link TOKENS}. */
  readonly token: number;
  /** Letters of the repeated text, or a few less. */
  readonly size: number;
}

export interface Measured extends Case {
  /** Milliseconds of processor time; Infinity where it was never done. */
  readonly ms: number;
  /** What the process holds then, in MiB. */
  readonly mib: number;
}

export const LIMIT_MS = 2_000;
const LIMIT_MIB = 300;
const SIZES = [100_000, 1_000_000] as const;

/** A case that is not done by then never is. Far above the limit, since the processor is shared with others. */
const PATIENCE_MS = 120_000;

const CHILD = fileURLToPath(new URL("./repeat-child.ts", import.meta.url));

/** Every token at every place, in both sizes; where a place refuses more at once, as much as it takes is the smaller size. */
function allCases(): Case[] {
  return Object.entries(PLACES).flatMap(([place, { most = Infinity }]) =>
    TOKENS.flatMap((_, token) =>
      SIZES.map((size, at) => ({ place, token, size: at === 0 ? Math.min(size, most) : size })),
    ),
  );
}

/** A step through all cases that has no divisor in common with their number, so that a share of them is of all kinds. */
const STEP = 7_919;

/** A share of all cases, from 0 to 1; the same each time. */
export function shareOfCases(share: number): Case[] {
  return allCases().filter((_, index) => (index * STEP) % 10_000 < share * 10_000);
}

/** What the sample repeats to: enough to tell a square from a line. */
const SAMPLE_SIZE = 50_000;

/** Each token once: each at the next place, so that every place has its turn too. */
export function sampledCases(): Case[] {
  const places = Object.entries(PLACES);
  return TOKENS.map((_, token) => {
    const [place = "", { most = Infinity } = {}] = places[token % places.length] ?? [];
    return { place, token, size: Math.min(SAMPLE_SIZE, most) };
  });
}

class Process {
  readonly #child: ChildProcessByStdio<Writable, Readable, null>;
  readonly #lines: Interface;
  #answer: ((line: string | null) => void) | null = null;

  constructor() {
    const flags = [`--max-old-space-size=${LIMIT_MIB}`, "--expose-gc", "--import", "tsx", CHILD];
    // What Node says of its own end is long, and not asked for.
    this.#child = spawn(process.execPath, flags, { stdio: ["pipe", "pipe", "ignore"] });
    this.#lines = createInterface({ input: this.#child.stdout });
    this.#lines.on("line", (line) => this.#tell(line));
    this.#child.on("exit", () => this.#tell(null));
    this.#child.stdin.on("error", () => this.#tell(null));
  }

  #tell(line: string | null): void {
    this.#answer?.(line);
    this.#answer = null;
  }

  /** Null where the process ended, or is still at it after a long time. */
  async measure(one: Case): Promise<Measured | null> {
    const line = await new Promise<string | null>((resolve) => {
      const timer = setTimeout(() => this.#tell(null), PATIENCE_MS);
      this.#answer = (answer) => {
        clearTimeout(timer);
        resolve(answer);
      };
      this.#child.stdin.write(`${JSON.stringify(one)}\n`);
    });
    return line === null ? null : { ...one, ...JSON.parse(line) };
  }

  end(): void {
    this.#child.kill("SIGKILL");
    this.#lines.close();
  }
}

/** Measures all `cases`, the slowest first. One that takes too long is tried a second time. `told` is called with each. */
export async function measureAll(
  cases: readonly Case[],
  told: (one: Measured) => void = () => {},
): Promise<Measured[]> {
  const all: Measured[] = [];
  let running = new Process();
  for (const one of cases) {
    const first = await running.measure(one);
    const second = first !== null && first.ms > LIMIT_MS ? await running.measure(one) : null;
    const measured = second !== null && first !== null && second.ms < first.ms ? second : first;
    if (measured === null) {
      running.end();
      running = new Process();
    }
    const done = measured ?? { ...one, ms: Infinity, mib: 0 };
    told(done);
    all.push(done);
  }
  running.end();
  return all.sort((a, b) => b.ms - a.ms);
}

/** One measurement as a line: `123 ms  1.23 ms/KB  "*a" at a bullet, 100 KB`. */
export function lineOf({ place, token, size, ms }: Measured): string {
  const each = (ms / (size / 1000)).toFixed(2);
  return `${ms} ms  ${each} ms/KB  ${JSON.stringify(TOKENS[token])} at ${place}, ${Math.round(size / 1000)} KB`;
}

/** The slowest ten, for people. */
export const slowest = (measured: readonly Measured[]): string => measured.slice(0, 10).map(lineOf).join("\n");
