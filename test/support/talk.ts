/** A terminal that remembers what was printed on it. */
import type { Terminal } from "../../src/terminal.js";

export function talk() {
  const [printed, failed]: [string[], string[]] = [[], []];
  const terminal: Terminal = {
    width: null,
    print: (line) => void printed.push(line),
    printMarkdown: (line) => void printed.push(line),
    printJson: (value) => void printed.push(JSON.stringify(value)),
    error: (line) => void failed.push(line),
    progress: () => ({ step() {}, end() {} }),
  };
  return { terminal, lines: () => printed, errors: () => failed };
}
