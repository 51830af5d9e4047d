/** All of what `tame.test.ts` tries a sample of. */
import "./tame.test.js";
