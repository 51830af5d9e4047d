/** All of what `edited-markers.test.ts` tries a sample of. */
import "./edited-markers.test.js";
