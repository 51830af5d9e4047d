/** All of what `lives.test.ts` tries a sample of. */
import "./lives.test.js";
