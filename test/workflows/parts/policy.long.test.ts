/** All of what `policy.test.ts` tries a sample of. */
import "./policy.test.js";
