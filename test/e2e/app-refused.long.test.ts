/** All of what `app-refused.test.ts` tries a sample of. */
import "./app-refused.test.js";
