/** Where the command line prints: results on stdout, everything else on stderr; progress only on a terminal. */
export interface Terminal {
  print(line: string): void;
  error(line: string): void;
  /** A counter that rewrites its own line on a terminal and stays silent in a pipe or for a handful of steps. */
  progress(what: string, total: number): { step(): void; end(): void };
}

const WORTH_SHOWING = 20;
const REDRAW_MS = 100;

/** The process's own terminal. */
export function processTerminal({ stdout, stderr }: Pick<NodeJS.Process, "stdout" | "stderr">): Terminal {
  return {
    print: (line) => void stdout.write(`${line}\n`),
    error: (line) => void stderr.write(`${line}\n`),
    progress(what, total) {
      if (!stderr.isTTY || total < WORTH_SHOWING) return { step() {}, end() {} };
      let done = 0;
      let drawn = 0;
      return {
        step() {
          done++;
          const now = performance.now();
          if (now - drawn < REDRAW_MS) return;
          drawn = now;
          stderr.write(`\r${what} ${done} of ${total}`);
        },
        end: () => void stderr.write("\r\u001b[K"),
      };
    },
  };
}
