/**
 * Work that ends the process it runs in (a stack or a heap that overflows, a kill) cannot say so: no `catch` sees it. So it is
 * counted as unfinished when it is claimed, and not any more once it comes back. Whatever else ran in that process is
 * counted with it; that is why the last try is made alone, which only the one to blame does not survive.
 */

/** Left unfinished so often, it is tried alone: nothing else runs in that process. */
export const TRIED_ALONE_AFTER = 4;

/** Left unfinished so often, it is set aside. */
export const MOST_UNFINISHED = 5;

const FIRST_REST_MS = 2_000;
const GROWTH = 4;
const LONGEST_REST_MS = 3_600_000;

/**
 * Milliseconds that work which is being claimed has to rest if it is left unfinished, so that a process that is started again gets
 * other work done before it meets this again: nothing the first time, as after an ordinary kill, then 2 s, 8 s, 32 s.
 * @param unfinished how often it was left so before. @param setAside how often it was set aside or given up before.
 */
export function restMs(unfinished: number, setAside: number): number {
  const endings = setAside * MOST_UNFINISHED + unfinished;
  return endings === 0 ? 0 : Math.min(LONGEST_REST_MS, FIRST_REST_MS * GROWTH ** (endings - 1));
}
