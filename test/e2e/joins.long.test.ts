/** All of what `joins.test.ts` tries a sample of. */
import "./joins.test.js";
