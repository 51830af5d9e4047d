/** All of what `out-of-sight.test.ts` tries a sample of. */
import "./out-of-sight.test.js";
