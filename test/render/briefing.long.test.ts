/** All of what `briefing.test.ts` tries a sample of. */
import "./briefing.test.js";
