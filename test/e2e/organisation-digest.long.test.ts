/** All of what `organisation-digest.test.ts` tries a sample of. */
import "./organisation-digest.test.js";
