/**
 * Loaded before a program (`NODE_OPTIONS=--import=…`): its machine's clock is as many milliseconds ahead of the real one as stands
 * in the file CLOCK_FILE, which may change while it runs. Timers and the monotonic clock go on as they do.
 */
import { readFileSync } from "node:fs";

const RealDate = Date;
/** Read again so often, by the monotonic clock. */
const FRESH_MS = 20;

let ahead = 0;
let readAt = Number.NEGATIVE_INFINITY;
function shiftedNow() {
  const monotonic = performance.now();
  if (monotonic - readAt >= FRESH_MS) {
    ahead = Number(readFileSync(process.env.CLOCK_FILE, "utf8"));
    readAt = monotonic;
  }
  return RealDate.now() + ahead;
}

globalThis.Date = class extends RealDate {
  constructor(...args) {
    if (args.length === 0) super(shiftedNow());
    else super(...args);
  }

  static now() {
    return shiftedNow();
  }
};
