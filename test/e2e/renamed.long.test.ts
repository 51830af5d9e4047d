/** All changes, ways and tellings; the sample is `renamed.test.ts`. */
import "./renamed.test.js";
