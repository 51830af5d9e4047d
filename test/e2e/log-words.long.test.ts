/** All of what `log-words.test.ts` tries a sample of. */
import "./log-words.test.js";
