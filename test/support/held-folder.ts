/**
 * A folder whose files stop to take writes while they are open, which a read-only mount cannot do: they are made immutable, which only
 * root may, on some file systems.
 */
import { execFileSync } from "node:child_process";
import { closeSync, mkdtempSync, openSync, readdirSync, rmSync, writeFileSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface HeldFolder {
  readonly folder: string;
  /** From now on nothing in it can be written, made or taken away. */
  hold(): void;
  release(): void;
  /** Released first, if need be. */
  remove(): void;
}

/** Null where this user may not, or the file system has no such thing. */
export function heldFolder(): HeldFolder | null {
  const folder = mkdtempSync(join(process.env.DISK_TMPDIR ?? tmpdir(), "follow-through-held-"));
  const mark = (how: "+i" | "-i", ...files: string[]) =>
    files.length > 0 && execFileSync("chattr", [how, ...files], { stdio: "ignore" });
  // SQLite's shared memory is mapped: a write there that the disk refuses is a bus error, which no process sees coming.
  const inside = () =>
    readdirSync(folder)
      .filter((name) => !name.endsWith("-shm"))
      .map((name) => join(folder, name));
  // While the folder itself is held, nothing in it comes or goes between the listing and the marks.
  const hold = () => {
    mark("+i", folder);
    mark("+i", ...inside());
  };
  const release = () => {
    mark("-i", ...inside());
    mark("-i", folder);
  };
  if (!takesNoWrites(folder, { hold, release })) {
    rmSync(folder, { recursive: true });
    return null;
  }
  const remove = () => {
    release();
    rmSync(folder, { recursive: true });
  };
  return { folder, hold, release, remove };
}

/** Some file systems know the mark, and let those write who have the file open already. */
function takesNoWrites(folder: string, { hold, release }: Pick<HeldFolder, "hold" | "release">): boolean {
  const file = join(folder, "probe");
  writeFileSync(file, "");
  const open = openSync(file, "a");
  try {
    hold();
    try {
      writeSync(open, "a");
      return false;
    } catch {
      return true;
    } finally {
      release();
    }
  } catch {
    return false;
  } finally {
    closeSync(open);
    rmSync(file);
  }
}

/** For `skipIf`. */
export function mayHoldFolder(): boolean {
  const held = heldFolder();
  held?.remove();
  return held !== null;
}
