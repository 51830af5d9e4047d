/** All of what `webhooks.test.ts` tries a sample of. */
import "./webhooks.test.js";
