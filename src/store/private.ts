/**
 * SQLite's files are for the service's own user: they hold the words of private documents. The files are made 0600 and their folder
 * 0700, whatever the umask; those that are there already with more rights are narrowed.
 */
import { accessSync, chmodSync, constants, existsSync, mkdirSync, readdirSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { CannotStart } from "../errors.js";
import { kindOf } from "../files.js";
import type { Log } from "../jobs/log.js";

const OTHERS = 0o077;
const OTHERS_WRITE = 0o022;
const FOLDER = 0o700;
const FILE = 0o600;

/** A database and all that belongs to it: its log, the lock beside it, and those set aside before. */
const OURS = /^(follow-through\.db|service\.lock)/;

/** Makes the folder, or narrows it where nothing but the database lies in it. @throws where it cannot be written, or holds what is no file. */
export function prepareFolder(folder: string, log: Log): void {
  makeFolder(folder);
  accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
  for (const name of readdirSync(folder).filter((one) => OURS.test(one))) demandFile(folder, name);
  // A folder that others use too is not ours to close; each file of ours is closed by itself.
  const isOurs = readdirSync(folder).every((name) => OURS.test(name) || name === "lost+found");
  if (isOurs) narrow(folder, FOLDER, log);
  else if ((statSync(folder).mode & OTHERS_WRITE) !== 0) {
    log.warn({ path: folder }, "others on this machine may replace the database; give it a DATA_DIR of its own");
  }
}

/** Makes a folder and those above it. Node's own way of doing so never ends below `/proc`, which says of all that it does not exist. */
function makeFolder(path: string): void {
  const missing: string[] = [];
  for (let at = resolve(path); !existsSync(at) && dirname(at) !== at; at = dirname(at)) missing.unshift(at);
  if (missing.length === 0) missing.push(resolve(path));
  for (const one of missing) {
    try {
      mkdirSync(one, { mode: FOLDER });
    } catch (error) {
      // Another process may make it at the same time, and a link may lead to it.
      if (!statSync(one, { throwIfNoEntry: false })?.isDirectory()) throw error;
    }
  }
}

/** SQLite would wait for a pipe, and read a device without end. */
function demandFile(folder: string, name: string): void {
  const found = statSync(join(folder, name), { throwIfNoEntry: false });
  if (found === undefined || found.isFile()) return;
  throw new CannotStart(
    `DATA_DIR ${folder} holds ${name}, which is ${kindOf(found)} where the database's file should be.`,
    "Move it away, or set DATA_DIR to another folder.",
  );
}

/** Runs what makes files, which then are for nobody else. It must not wait for anything: the umask is the whole process's. */
export function privately<T>(make: () => T): T {
  const before = process.umask(OTHERS);
  try {
    return make();
  } finally {
    process.umask(before);
  }
}

/** Narrows the files in a folder that are ours. */
export function keepPrivate(folder: string, log: Log): void {
  for (const name of readdirSync(folder)) if (OURS.test(name)) narrow(join(folder, name), FILE, log);
}

/** What belongs to another user is left as it is, and told: a volume may give access by its group. */
function narrow(path: string, mode: number, log: Log): void {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined || (found.mode & OTHERS) === 0) return;
  try {
    chmodSync(path, mode);
  } catch {
    const rights = (found.mode & 0o777).toString(8);
    log.warn({ path, rights, owner: found.uid }, "others on this machine may read the database; narrow its rights");
  }
}
