/** All of what `edited-comments.test.ts` tries a sample of. */
import "./edited-comments.test.js";
