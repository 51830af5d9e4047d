/** The demo, also where it is broken off; the sample is `demo.test.ts`. */
import "./demo.test.js";
