/**
 * Writing credentials into `.env`. What stands there stays; credentials that stand there are never written over. The file is
 * replaced whole or not at all, and is for its owner alone.
 */
import { randomBytes } from "node:crypto";
import {
  accessSync,
  closeSync,
  constants,
  fsyncSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  writeSync,
} from "node:fs";
import { dirname, resolve } from "node:path";
import { parseEnv } from "node:util";
import { readEnvFile } from "./environment.js";
import { CannotStart } from "./errors.js";

/** Any of these that is set says that there are credentials. */
const CREDENTIALS = ["APP_ID", "PRIVATE_KEY", "PRIVATE_KEY_PATH", "WEBHOOK_SECRET"] as const;
const OWNER_ONLY = 0o600;

/** Variables by name, in the order in which they are written. */
export type Variables = Readonly<Record<string, string>>;

/**
 * Whether credentials could be written into `path`, asked before anybody goes to get some.
 * @throws CannotStart where some stand there already, or the file or its folder cannot be written.
 */
export function checkEnvFile(path: string): void {
  const text = readEnvFile(path);
  if (text !== null) refuseCredentials(text);
  try {
    if (text !== null) accessSync(target(path), constants.W_OK);
    accessSync(dirname(target(path)), constants.W_OK | constants.X_OK);
  } catch (cause) {
    throw notWritten(path, cause);
  }
}

/**
 * Writes variables into `path`, which is made where it is missing: in place of lines that leave them empty, else at the end.
 * @throws CannotStart where it cannot be done; then nothing has changed.
 */
export function writeEnvFile(path: string, variables: Variables): void {
  const before = readEnvFile(path) ?? "";
  refuseCredentials(before);
  const after = withVariables(before, variables);
  try {
    replaceFile(target(path), after);
  } catch (cause) {
    throw notWritten(path, cause);
  }
}

function refuseCredentials(text: string): void {
  const present = parseEnv(text);
  const found = CREDENTIALS.filter((name) => present[name]);
  if (found.length === 0) return;
  throw new CannotStart(
    `.env holds credentials already (${found.join(", ")}), which are not written over.`,
    "Take them out of .env to set the App up again. Where they are to be used, see that no empty variable of that name in the environment hides them.",
  );
}

function notWritten(path: string, cause: unknown): CannotStart {
  const code = cause instanceof Error && "code" in cause ? ` (${String(cause.code)})` : "";
  return new CannotStart(
    `.env in ${dirname(resolve(path))} cannot be written${code}.`,
    "Start in a folder that belongs to you, or set the App up by hand with a copy of .env.example.",
    { cause },
  );
}

/** The text with the variables in it, each of which reads as it was given, and every other as before. */
function withVariables(before: string, variables: Variables): string {
  const newline = before.includes("\r\n") ? "\r\n" : "\n";
  const expected = { ...parseEnv(before), ...variables };
  const inPlace = fillIn(before, variables, newline);
  // A line within a value of many lines may look like a variable that was left empty.
  const after = readsAs(inPlace, expected) ? inPlace : append(before, Object.entries(variables), newline);
  if (!readsAs(after, expected)) {
    throw new CannotStart(
      "A value cannot be written into .env so that it reads the same again.",
      "Choose a webhook secret of letters and digits.",
    );
  }
  return after;
}

function fillIn(text: string, variables: Variables, newline: string): string {
  const left = new Map(Object.entries(variables));
  const lines = text.split(/\r?\n/).map((line) => {
    const name = /^\s*(?:export\s+)?(\w+)\s*=\s*(?:""|'')?\s*$/.exec(line)?.[1] ?? "";
    const value = left.get(name);
    left.delete(name);
    return value === undefined ? line : lineOf(name, value);
  });
  return append(lines.join(newline), [...left], newline);
}

function append(text: string, variables: readonly (readonly [string, string])[], newline: string): string {
  if (variables.length === 0) return text;
  const start = text === "" || text.endsWith("\n") ? text : text + newline;
  return `${start}${variables.map(([name, value]) => lineOf(name, value)).join(newline)}${newline}`;
}

/** One line for any value: line ends within double quotes are written as `\n`, which `docker run --env-file` passes on too. */
function lineOf(name: string, value: string): string {
  if (value.includes("\n")) return `${name}="${value.replaceAll("\n", "\\n")}"`;
  if (/^[\w.:/@+=-]*$/.test(value)) return `${name}=${value}`;
  const quote = ["'", '"', "`"].find((one) => !value.includes(one)) ?? '"';
  return `${name}=${quote}${value}${quote}`;
}

function readsAs(text: string, expected: Record<string, string | undefined>): boolean {
  const found = parseEnv(text);
  const names = Object.keys(expected);
  return names.length === Object.keys(found).length && names.every((name) => found[name] === expected[name]);
}

/** Where the file truly is: a link to it stays a link. */
function target(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return resolve(path);
  }
}

/** Puts a file in the place of another at once, so that nobody ever reads half of it. */
function replaceFile(path: string, text: string): void {
  const beside = `${path}.${randomBytes(6).toString("hex")}.tmp`;
  try {
    const file = openSync(beside, "wx", OWNER_ONLY);
    try {
      writeSync(file, text);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(beside, path);
  } catch (error) {
    rmSync(beside, { force: true });
    throw error;
  }
}
