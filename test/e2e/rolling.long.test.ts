/** All of what `rolling.test.ts` tries a sample of. */
import "./rolling.test.js";
