/** All of what `edited.test.ts` tries a sample of. */
import "./edited.test.js";
