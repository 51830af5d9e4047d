/** All of what `stale.test.ts` tries a sample of. */
import "./stale.test.js";
