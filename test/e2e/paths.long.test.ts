/** All of what `paths.test.ts` tries a sample of. */
import "./paths.test.js";
