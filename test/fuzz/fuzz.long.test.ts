/** The reader against many more hostile documents; the sample is `fuzz.test.ts`. */
import "./fuzz.test.js";
