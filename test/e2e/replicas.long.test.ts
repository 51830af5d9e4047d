/** Replicas, also as processes of which some are killed; the sample is `replicas.test.ts`. */
import "./replicas.test.js";
