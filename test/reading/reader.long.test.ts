/** Reading in a child process, of every document there is; the sample is `reader.test.ts`. */
import "./reader.test.js";
