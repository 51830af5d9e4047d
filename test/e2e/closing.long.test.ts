/** All of what `closing.test.ts` tries a sample of. */
import "./closing.test.js";
