/**
 * What reads large documents, but for those that hold one of these words: `ODD hang FILE` (its process id goes into the file first),
 * `ODD kill`, `ODD stop`, `ODD heap`, `ODD nonsense`; and `ODD self`, whose title says what the process was given. It runs what was built, since
 * it is started often and that starts quickly.
 */
import { renameSync, writeFileSync } from "node:fs";
import { readPostmortem } from "../../dist/postmortem/read.js";
import { READY, requestSchema } from "../../dist/reading/messages.js";

const ODDITIES = {
  hang(file) {
    writeFileSync(`${file}.new`, String(process.pid));
    renameSync(`${file}.new`, file);
    for (;;);
  },
  kill: () => process.kill(process.pid, "SIGKILL"),
  stop: () => process.kill(process.pid, "SIGTERM"),
  heap() {
    for (const kept = []; ; ) kept.push(new Array(1_000_000).fill(kept.length + 0.5));
  },
  nonsense: () => process.send({ items: [] }),
};

process.on("message", (message) => {
  const { path, bytes, options } = requestSchema.parse(message);
  const [, word = "", argument = ""] = /ODD (\w+) ?(\S*)/.exec(new TextDecoder().decode(bytes)) ?? [];
  const odd = ODDITIES[word];
  if (odd) return odd(argument);
  const read = readPostmortem(path, bytes, options);
  const { env, execArgv, pid } = process;
  process.send(word === "self" ? { ...read, title: JSON.stringify({ env, execArgv, pid }) } : read);
});
process.send(READY);
