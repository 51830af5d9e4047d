/** Opening a store, with many more kills; the sample is `open.test.ts`. */
import "./open.test.js";
