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
  remove(): void;
}

/** Null where this user may not, or the file system has no such thing. */
export function heldFolder(): HeldFolder | null {
  const folder = mkdtempSync(join(process.env.DISK_TMPDIR ?? tmpdir(), "follow-through-held-"));
  const change = (how: "+i" | "-i") => {
    const inside = readdirSync(folder).map((name) => join(folder, name));
    execFileSync("chattr", [how, folder, ...inside], { stdio: "ignore" });
  };
  const remove = () => rmSync(folder, { recursive: true, force: true });
  if (!takesNoWrites(folder, change)) {
    remove();
    return null;
  }
  return { folder, hold: () => change("+i"), release: () => change("-i"), remove };
}

/** Some file systems know the mark, and let those write who have the file open already. */
function takesNoWrites(folder: string, change: (how: "+i" | "-i") => void): boolean {
  const file = join(folder, "probe");
  writeFileSync(file, "");
  const open = openSync(file, "a");
  try {
    change("+i");
    try {
      writeSync(open, "a");
      return false;
    } catch {
      return true;
    } finally {
      change("-i");
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
