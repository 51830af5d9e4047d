/** All that a channel may answer; the sample is `channels.test.ts`. */
import "./channels.test.js";
