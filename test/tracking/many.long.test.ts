/** Every shape of thousands of items; the sample is `many.test.ts`. */
import "./many.test.js";
