/** All of what `commands.test.ts` tries a sample of. */
import "./commands.test.js";
