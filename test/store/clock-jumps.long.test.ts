/** All of what `clock-jumps.test.ts` tries a sample of. */
import "./clock-jumps.test.js";
