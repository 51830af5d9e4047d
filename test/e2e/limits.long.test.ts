/** All of what `limits.test.ts` tries a sample of. */
import "./limits.test.js";
