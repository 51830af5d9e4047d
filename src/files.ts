/**
 * Files of this machine: read within bounds, never what may not end, and in words why one could not be. What is said stands behind a
 * path: `notes.md does not exist`.
 */
import { closeSync, constants, fstatSync, openSync, readSync, statSync } from "node:fs";
import { type FileHandle, open, stat } from "node:fs/promises";
import { getSystemErrorMap } from "node:util";

export type FileRead =
  | { readonly kind: "file"; readonly bytes: Uint8Array }
  /** `why`: said behind its path. */
  | {
      readonly kind: "folder" | "missing" | "unreadable";
      readonly why: string;
      /** The system's own, where it said why. */
      readonly code?: string;
    };

/** As much of what `node:fs` tells of a path as says what stands there. */
interface Kinds {
  isFile(): boolean;
  isDirectory(): boolean;
  isFIFO(): boolean;
  isSocket(): boolean;
}

/**
 * The beginning of a file, up to `most` bytes. A pipe or a device, to which a link in somebody's repository may lead, is not read: it may
 * never end. Never throws.
 */
export async function readFileUpTo(path: string, most: number): Promise<FileRead> {
  try {
    // To open a device may do something; and what stood there may be another thing once it is open, for which nothing waits.
    const found = await stat(path);
    if (!found.isFile()) return notAFile(found);
    const handle = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    try {
      const opened = await handle.stat();
      return opened.isFile() ? { kind: "file", bytes: await beginning(handle, most) } : notAFile(opened);
    } finally {
      await handle.close();
    }
  } catch (error) {
    return refused(error);
  }
}

/**
 * The whole of a file that is small by its nature, such as a setting names, at once. Larger than `most` bytes is not read, nor what is no
 * file. Never throws.
 */
export function readSmallFile(path: string, most: number): FileRead {
  try {
    const found = statSync(path);
    if (!found.isFile()) return notAFile(found);
    const file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    try {
      const opened = fstatSync(file);
      return opened.isFile() ? whole(file, most) : notAFile(opened);
    } finally {
      closeSync(file);
    }
  } catch (error) {
    return refused(error);
  }
}

function whole(file: number, most: number): FileRead {
  const bytes = Buffer.alloc(most + 1);
  let length = 0;
  for (let read = -1; read !== 0 && length < bytes.length; length += read) {
    read = readSync(file, bytes, length, bytes.length - length, null);
  }
  if (length > most) return { kind: "unreadable", why: `is larger than ${Math.floor(most / 1024)} KiB` };
  return { kind: "file", bytes: bytes.subarray(0, length) };
}

function refused(error: unknown): FileRead {
  const code = codeOf(error);
  return { kind: MISSING.has(code) ? "missing" : "unreadable", why: whyNot(error), code };
}

/** Reads until the end, whatever size it is said to have: that changes, and some files have none. */
async function beginning(handle: FileHandle, most: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for (let left = most; left > 0; ) {
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(Math.min(left, PART)), 0, Math.min(left, PART), null);
    if (bytesRead === 0) break;
    parts.push(buffer.subarray(0, bytesRead));
    left -= bytesRead;
  }
  return Buffer.concat(parts);
}

/** So many bytes are asked for at once. */
const PART = 64 * 1024;

const notAFile = (found: Kinds): FileRead => ({
  kind: found.isDirectory() ? "folder" : "unreadable",
  why: `is ${kindOf(found)}`,
});

/** What stands at a path: `a file`, `a folder`, `a pipe`. */
export function kindOf(found: Kinds): string {
  if (found.isFile()) return "a file";
  if (found.isDirectory()) return "a folder";
  if (found.isFIFO()) return "a pipe";
  return found.isSocket() ? "a socket" : "a device";
}

const MISSING: ReadonlySet<string> = new Set(["ENOENT", "ENOTDIR"]);

/** Why the system refuses a path, by its code for it; the other codes are told in the system's own words. */
const WHY: Readonly<Record<string, string>> = {
  ENOENT: "does not exist",
  ENOTDIR: "does not exist, since a part of its path is a file",
  EISDIR: "is a folder",
  EACCES: "may not be read",
  EPERM: "may not be read",
  ELOOP: "is a link that leads back to itself",
  ENAMETOOLONG: "has too long a name",
  EMFILE: "was not opened, since too many files are open",
  ENFILE: "was not opened, since too many files are open",
  EFBIG: "is too large",
  EOVERFLOW: "is too large",
  ENOMEM: "needs more memory than there is",
  EBUSY: "is in use by something else",
  EIO: "is on a disk that cannot read it",
  ENOSPC: "is on a disk without room",
  EDQUOT: "is on a disk without room",
  EROFS: "is on a read-only disk",
  ENODEV: "is on a disk that is not there",
  ENXIO: "is on a disk that is not there",
  ESTALE: "is on a network disk that has changed",
  ETIMEDOUT: "is on a network disk that does not answer",
  EHOSTDOWN: "is on a network disk that does not answer",
  EHOSTUNREACH: "is on a network disk that does not answer",
};

/** Why the system refused a path, said behind it, never by a code: `does not exist`, `may not be read`. */
export function whyNot(error: unknown): string {
  const words = WHY[codeOf(error)];
  if (words !== undefined) return words;
  const own = systemWords(error);
  return own === null ? "cannot be read" : `cannot be read: ${own}`;
}

/** What the system calls an error of its own, such as `permission denied`; null for any other. */
export function systemWords(error: unknown): string | null {
  const errno = error instanceof Error && "errno" in error ? Number(error.errno) : Number.NaN;
  return getSystemErrorMap().get(errno)?.[1] ?? null;
}

const codeOf = (error: unknown): string => (error instanceof Error && "code" in error ? String(error.code) : "");
