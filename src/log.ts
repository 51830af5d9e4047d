/**
 * The process's own log: structured, messages static, whatever varies in fields. Requests and answers of failed GitHub
 * calls are left out, since they carry tokens and document text.
 */
import { type DestinationStream, type Logger, pino } from "pino";

/** A logger at a level of pino's (`info`, `debug`, `silent` …); stdout unless another destination is given. */
export function createLog(level: string, destination?: DestinationStream): Logger {
  const options = { name: "follow-through", level, redact: { paths: ["err.request", "err.response"], remove: true } };
  return destination ? pino(options, destination) : pino(options);
}
