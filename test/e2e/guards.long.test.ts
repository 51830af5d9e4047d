/** All of what `guards.test.ts` tries a sample of. */
import "./guards.test.js";
