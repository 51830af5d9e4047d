/**
 * Where the command line prints: results on stdout, everything else on stderr; progress only on a terminal. Documents, file
 * names, titles and answers are other people's text: nothing of it reaches a terminal that could move its cursor, rename its
 * window, answer in the operator's name, or begin a line of its own.
 */
import { escaped, visible } from "./text.js";

export interface Terminal {
  /** How many columns results are shown in; null where no person sees them right there (a pipe, a file). */
  readonly width: number | null;
  /** One line of results; whatever breaks a line within it is a space. */
  print(line: string): void;
  /** One line of Markdown of ours, with the zero-width spaces that keep people's words in it from notifying or closing anything where it is pasted. */
  printMarkdown(line: string): void;
  /** One result for programs, on a line: the same value, with what a terminal might obey written as escapes. */
  printJson(value: unknown): void;
  /** One line of anything else. */
  error(line: string): void;
  /** A counter that rewrites its own line on a terminal and stays silent in a pipe or for a handful of steps. */
  progress(what: string, total: number): { step(): void; end(): void };
}

const WORTH_SHOWING = 20;
const REDRAW_MS = 100;
const INERT = "\u200b";

/** As much of a stream as is printed on. */
interface Output {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/** The process's own terminal. */
export function processTerminal({ stdout, stderr }: Readonly<Record<"stdout" | "stderr", Output>>): Terminal {
  return {
    width: (stdout.isTTY && stdout.columns) || null,
    print: (line) => void stdout.write(`${harmless(line)}\n`),
    printMarkdown: (line) => void stdout.write(`${line.split(INERT).map(harmless).join(INERT)}\n`),
    printJson: (value) => void stdout.write(`${escaped(JSON.stringify(value)).replace(ORDER, "\\u0023#")}\n`),
    error: (line) => void stderr.write(`${harmless(line)}\n`),
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

/** Words of ours on several lines, as help and advice are. */
export function eachLine(text: string, tell: (line: string) => void): void {
  for (const line of text.trimEnd().split("\n")) tell(line);
}

/**
 * The line without control characters (escape sequences begin with one) and direction marks, and on one line indeed.
 * https://www.ecma-international.org/publications-and-standards/standards/ecma-48/
 */
const harmless = (line: string): string =>
  visible(line)
    .replace(/[\n\r\v\f\u0085\u2028\u2029]+/g, " ")
    .replace(ORDER, "# #")
    .replace(/^(\s*):(?=:)/, "$1: ");

/**
 * What a build server obeys where a command's output passes it: `##[…]` and `##vso[…]` anywhere, `::…` at the beginning of a line.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
 */
const ORDER = /##(?=\w*\[)/g;
