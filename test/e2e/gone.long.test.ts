/** All ways of going and coming back; the sample is `gone.test.ts`. */
import "./gone.test.js";
