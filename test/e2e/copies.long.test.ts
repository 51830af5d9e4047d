/** All of what `copies.test.ts` tries a sample of. */
import "./copies.test.js";
