/** All of what `inert.test.ts` tries a sample of. */
import "./inert.test.js";
