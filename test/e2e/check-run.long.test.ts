/** All of what `check-run.test.ts` tries a sample of. */
import "./check-run.test.js";
