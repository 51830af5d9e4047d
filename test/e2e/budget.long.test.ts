/** All of what `budget.test.ts` tries a sample of. */
import "./budget.test.js";
