/** All of what `faults.test.ts` tries a sample of. */
import "./faults.test.js";
