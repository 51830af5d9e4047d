#!/usr/bin/env node
/** The command line as a process: its arguments, its environment, its terminal, its exit code. */
import { destination } from "pino";
import { commandLine } from "./cli/command-line.js";
import { processTerminal } from "./terminal.js";

// Whoever reads may stop early (`… | head`): there is nobody left to tell.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  process.exit(0);
});

const surroundings = {
  env: process.env,
  terminal: processTerminal(process),
  input: process.stdin,
  log: destination(2),
};
const code = await commandLine(process.argv.slice(2), surroundings);
if (code !== null) process.exitCode = code;
