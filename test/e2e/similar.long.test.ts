/** All of what `similar.test.ts` tries a sample of. */
import "./similar.test.js";
