/** All of what `changes.test.ts` tries a sample of. */
import "./changes.test.js";
