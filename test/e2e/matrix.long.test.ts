/** The whole matrix, with its result as a table; the sample is `matrix.test.ts`. */
import "./matrix.test.js";
