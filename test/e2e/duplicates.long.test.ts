/** All of what `duplicates.test.ts` tries a sample of. */
import "./duplicates.test.js";
