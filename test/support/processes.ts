/** Starts files as processes of their own, in TypeScript or not, and listens to what they say line by line. */
import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { createInterface } from "node:readline";

export interface Process {
  /** The next line it says; null once it says no more. */
  line(): Promise<string | null>;
  /** Ends it at once, as `kill -9` does, and waits until it is gone. */
  kill(): Promise<void>;
  /** Closes its standard input and waits until it ends by itself; gives its exit code. */
  end(): Promise<number | null>;
}

export function startProcess(file: string, ...args: readonly string[]): Process {
  const flags = file.endsWith(".ts") ? ["--import", "tsx"] : [];
  const child = spawn(process.execPath, [...flags, file, ...args]);
  child.stderr.pipe(process.stderr);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const exit = exitOf(child);
  return {
    line: async () => {
      const { value, done } = await lines.next();
      return done ? null : value;
    },
    async kill() {
      child.kill("SIGKILL");
      await exit;
    },
    end() {
      child.stdin.end();
      return exit;
    },
  };
}

function exitOf(child: ChildProcessWithoutNullStreams): Promise<number | null> {
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code) => resolve(code));
  });
}
