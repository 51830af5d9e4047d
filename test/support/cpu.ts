/**
 * Processor time in milliseconds *of the machine that the tests' bounds were set on*: other processes hardly lengthen it, and on a
 * slower machine, or one whose cores are shared, it stays the same, since a yardstick is measured right after it.
 */
export function cpuMs(run: () => unknown): number {
  const spent = spentMs(run);
  return spent < QUICK_MS ? spent : (spent * YARDSTICK_MS) / Math.max(YARDSTICK_MS, yardstickMs());
}

/** So little is within every bound on every machine, and not worth the yardstick. */
const QUICK_MS = 200;

/** The same for a bound that is wide, yet broken now and then on a busy machine: then a second try counts. */
export function cpuMsWithin(limit: number, run: () => unknown): number {
  const first = cpuMs(run);
  return first < limit ? first : Math.min(first, cpuMs(run));
}

/** What the yardstick takes on the machine that the bounds were set on. A faster machine keeps the bounds as they are. */
const YARDSTICK_MS = 14;

function spentMs(run: () => unknown): number {
  const started = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(started);
  return (user + system) / 1000;
}

/** Processor time of {@link work}, once it is warm. */
function yardstickMs(): number {
  return Math.min(...[1, 2, 3].map(() => spentMs(work)));
}

/** Work of the kinds that reading and matching are made of: strings cut and looked up, numbers in small arrays, a regular expression. */
function work(): void {
  const counts = new Map<string, number>();
  for (let at = 0; at < 60_000; at++) {
    const word = `word ${(at * 7919) % 4_001}`;
    if (/\d{3}$/.test(word)) counts.set(word.slice(2), (counts.get(word.slice(2)) ?? 0) + 1);
    const row = new Uint8Array(32).fill(at % 7);
    for (let cell = 1; cell < row.length; cell++) row[cell] = Math.min((row[cell - 1] ?? 0) + 1, row[cell] ?? 0);
  }
}
