/** All of what `bad-input.test.ts` tries a sample of. */
import "./bad-input.test.js";
