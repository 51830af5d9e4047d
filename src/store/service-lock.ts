/**
 * One service a `DATA_DIR`: an exclusive transaction held on a file of its own. The operating system lets go of it
 * whatever way the process ends, so a killed service leaves nothing to clean up.
 */
import { join } from "node:path";
import { DatabaseSync } from "./engine.js";
import { isBusy } from "./sqlite.js";

/** Holds the lock until `release`, or gives null where another holds it, in this process or any other. */
export function holdServiceLock(dataDir: string): { release(): void } | null {
  const database = new DatabaseSync(join(dataDir, "service.lock"), { timeout: 0 });
  try {
    database.exec("BEGIN EXCLUSIVE");
  } catch (error) {
    database.close();
    if (isBusy(error)) return null;
    throw error;
  }
  return {
    release() {
      if (database.isOpen) database.close();
    },
  };
}
