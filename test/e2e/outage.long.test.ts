/** Hours without GitHub, of every kind and length; the sample is `outage.test.ts`. */
import "./outage.test.js";
