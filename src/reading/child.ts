/**
 * The process that reads large documents: one request after the other, an answer to each, until its parent lets go of it. It is
 * given no environment and needs nothing but the reader.
 */
import { readPostmortem } from "../postmortem/read.js";
import { READY, requestSchema } from "./messages.js";

process.on("message", (message) => {
  const { path, bytes, options } = requestSchema.parse(message);
  process.send?.(readPostmortem(path, bytes, options));
});
process.send?.(READY);
