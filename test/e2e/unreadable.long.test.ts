/** Every table that cannot be read, on both engines; the sample is `unreadable.test.ts`. */
import "./unreadable.test.js";
