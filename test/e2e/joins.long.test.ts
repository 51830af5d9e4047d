/** Every request of an opening, cut before and after it is done; the sample is `held.test.ts`. */
import "./joins.test.js";
