/** All of what `amid.test.ts` tries a sample of. */
import "./amid.test.js";
