/** All of what `commands-once.test.ts` tries a sample of. */
import "./commands-once.test.js";
