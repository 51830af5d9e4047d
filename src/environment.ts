/**
 * The environment as the settings are read from it: the process's own, and a file `.env` in the working folder for what that
 * leaves out. Files come from editors, shells and containers of every kind.
 */
import { parseEnv } from "node:util";
import { CannotStart } from "./errors.js";
import { readSmallFile } from "./files.js";

export type Environment = Readonly<Record<string, string | undefined>>;

/** In the working folder. */
export const ENV_FILE = ".env";

/** Variables take a few kilobytes, a key among them. */
const MAX_BYTES = 256 * 1024;

/**
 * The variables of `own`, to which is added what `.env` says beyond them (libraries read some, such as PGPASSWORD). Quotes around a
 * whole value go, which `docker run --env-file` leaves there.
 * @throws CannotStart where the file is there and cannot be read.
 */
export function environment(own: NodeJS.ProcessEnv): Environment {
  const text = readEnvFile(ENV_FILE);
  for (const [name, value] of Object.entries(text === null ? {} : parseEnv(text))) own[name] ??= value;
  return Object.fromEntries(Object.entries(own).map(([name, value]) => [name, value && unquoted(value)]));
}

/** The text of a `.env`, whatever its encoding; null where there is none. @throws CannotStart where it cannot be read. */
export function readEnvFile(path: string): string | null {
  const read = readSmallFile(path, MAX_BYTES);
  switch (read.kind) {
    case "file":
      return decoded(read.bytes);
    case "folder":
      throw new CannotStart(
        ".env is a folder.",
        "Remove it and put the file there. Docker makes a folder where it is told to mount a file that is missing: rather pass the file with --env-file.",
      );
    case "missing":
    case "unreadable":
      if (read.code === "ENOENT") return null;
      if (read.code === "EACCES" || read.code === "EPERM") {
        throw new CannotStart(
          ".env cannot be read by the user the service runs as.",
          "Let it belong to that user, or pass it to a container with --env-file instead of mounting it.",
        );
      }
      throw new CannotStart(
        `.env ${read.why}.`,
        "Put an ordinary file there, or remove it and set the variables themselves.",
      );
  }
}

const UTF16_LE = [0xff, 0xfe];
const UTF16_BE = [0xfe, 0xff];

/** Editors put a byte order mark before UTF-8, and PowerShell's `>` writes UTF-16. */
function decoded(bytes: Uint8Array): string {
  const begins = (mark: readonly number[]) => mark.every((byte, index) => bytes[index] === byte);
  const encoding = begins(UTF16_LE) ? "utf-16le" : begins(UTF16_BE) ? "utf-16be" : "utf-8";
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new CannotStart(".env is no text in UTF-8.", "Save it as UTF-8.", { cause });
  }
}

/** A value without the quotes around all of it. */
function unquoted(value: string): string {
  const text = value.trim();
  const [first, last] = [text.at(0), text.at(-1)];
  return text.length > 1 && first === last && (first === '"' || first === "'") ? text.slice(1, -1) : value;
}
