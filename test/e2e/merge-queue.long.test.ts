/** All of what `merge-queue.test.ts` tries a sample of. */
import "./merge-queue.test.js";
