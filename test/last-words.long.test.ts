/** All of what `last-words.test.ts` tries a sample of. */
import "./last-words.test.js";
