/**
 * What a newer version of the App wrote is left alone, and with it the repository: this version would lose what it does not
 * know of, and would open an item a second time whose marker it cannot read. That happens after a step back to an older version,
 * and for a moment while replicas are replaced one by one. The work is tried again, then perhaps by the newer version.
 *
 *   #12 was written by a newer version of Follow-Through. Run that version here, or a newer one.
 */
import { Retryable } from "../../errors.js";
import { isFromNewer } from "../../render/marker.js";
import type { Scene } from "./scene.js";

/**
 * Ends the work where a newer version wrote this body (of something that the App's bot made), and lets `doctor` tell of it.
 * @throws Retryable
 */
export async function leaveToNewer(scene: Scene, { number, body }: { number: number; body: string }): Promise<void> {
  if (!isFromNewer(body)) return;
  const problem = `#${number} was written by a newer version of Follow-Through. Run that version here, or a newer one.`;
  scene.log.error({ repository: scene.repository.id, number }, "written by a newer version; nothing is done here");
  await scene.store.changeRepository(scene.repository.id, { obstacle: problem });
  throw new Retryable(problem);
}
