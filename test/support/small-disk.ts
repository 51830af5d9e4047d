/** A disk of a few megabytes, which only root may have: to be filled under a running service, or made read-only. */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface SmallDisk {
  /** A folder on it. */
  readonly folder: string;
  /** Takes up all that is free, to the last byte. */
  fill(): void;
  empty(): void;
  /** Only while nobody has a file open on it. */
  readOnly(): void;
  remove(): void;
}

/** Null where this user may not mount, or the system has no such disks. */
export function smallDisk(megabytes: number): SmallDisk | null {
  const at = mkdtempSync(join(tmpdir(), "follow-through-disk-"));
  const mount = (...args: string[]) => execFileSync("mount", args, { stdio: "ignore" });
  try {
    mount("-t", "tmpfs", "-o", `size=${megabytes}m`, "tmpfs", at);
  } catch {
    rmSync(at, { recursive: true });
    return null;
  }
  const folder = join(at, "data");
  mkdirSync(folder);
  const filler = join(at, "filler");
  return {
    folder,
    fill() {
      for (let size = 1024 * 1024; size >= 1; size /= 2) {
        try {
          for (;;) writeFileSync(filler, Buffer.alloc(size), { flag: "a" });
        } catch {
          // No room for so much: less, then.
        }
      }
    },
    empty: () => rmSync(filler),
    readOnly: () => mount("-o", "remount,ro", at),
    remove() {
      execFileSync("umount", ["-l", at]);
      rmSync(at, { recursive: true });
    },
  };
}

/** For `skipIf`. */
export function maySmallDisk(): boolean {
  const disk = smallDisk(1);
  disk?.remove();
  return disk !== null;
}
