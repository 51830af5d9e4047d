/** All of what `installation.test.ts` tries a sample of. */
import "./installation.test.js";
