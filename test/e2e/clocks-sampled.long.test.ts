/** All of what `clocks.test.ts` tries a sample of. */
import "./clocks.test.js";
