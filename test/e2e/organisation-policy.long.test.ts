/** All of what `organisation-policy.test.ts` tries a sample of. */
import "./organisation-policy.test.js";
