/** All of what `large-documents.test.ts` tries a sample of. */
import "./large-documents.test.js";
