/** All of what `mute.test.ts` tries a sample of. */
import "./mute.test.js";
