/** All of what `schedules.test.ts` tries a sample of. */
import "./schedules.test.js";
