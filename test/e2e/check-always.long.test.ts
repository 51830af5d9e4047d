/** All of what `check-always.test.ts` tries a sample of. */
import "./check-always.test.js";
