/**
 * Keeps the temporary folders of a test run in memory, where there is room (vitest's globalSetup): each commit waits for the disk,
 * and a run makes tens of thousands. What needs a disk finds the folder there in DISK_TMPDIR.
 */
import { chmodSync, mkdtempSync, rmSync, statfsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A file system in memory, on Linux. */
const MEMORY = "/dev/shm";
/** Far more than a run needs at once; containers often have 64 MiB there. */
const ROOM_BYTES = 1024 ** 3;

export default function setup(): (() => void) | undefined {
  // Each project of a run calls this, and one folder is for all.
  if (process.env.DISK_TMPDIR !== undefined) return undefined;
  if (room(MEMORY) < ROOM_BYTES) return undefined;
  const folder = mkdtempSync(join(MEMORY, "follow-through-tests-"));
  // PostgreSQL, which may have to run as somebody else, finds its folder in here.
  chmodSync(folder, 0o755);
  process.env.DISK_TMPDIR = tmpdir();
  process.env.TMPDIR = folder;
  return () => rmSync(folder, { recursive: true, force: true });
}

function room(path: string): number {
  try {
    const { bavail, bsize } = statfsSync(path);
    return bavail * bsize;
  } catch {
    return 0;
  }
}
