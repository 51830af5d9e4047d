/** All of what `states.test.ts` tries a sample of. */
import "./states.test.js";
