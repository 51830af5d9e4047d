/** All of what `refused.test.ts` tries a sample of. */
import "./refused.test.js";
