/**
 * The process's own log: structured, messages static, whatever varies in fields. It is for operators, who need not be allowed to
 * read what people write: at no level does it hold words of documents, policies and comments, secrets, or tokens.
 */
import { type DestinationStream, type Logger, pino } from "pino";
import { messageOf } from "./errors.js";
import { escaped } from "./text.js";

/** A logger at a level of pino's (`info`, `debug`, `silent` …); stdout unless another destination is given. */
export function createLog(level: string, destination?: DestinationStream): Logger {
  const options = { name: "follow-through", level, serializers: { err: told }, hooks: { streamWrite } };
  return destination ? pino(options, destination) : pino(options);
}

/** A log is read in terminals too. */
const streamWrite = (line: string): string => `${escaped(line.trimEnd())}\n`;

/** An error as the log shows it. */
interface Told {
  readonly type: string;
  readonly message: string;
  /** Of the operating system, the network or the database: `ECONNREFUSED`, `57P01`. */
  readonly code?: string;
  readonly stack: string;
  readonly cause?: Told;
  /** Of several attempts to connect, say. */
  readonly errors?: readonly Told[];
}

/** Causes of causes, further down, tell nothing more. */
const MAX_DEPTH = 5;
const MAX_ERRORS = 3;

/**
 * What an error may tell: not the fields that libraries hang on theirs (requests, answers, rows, addresses with passwords), and
 * its message only as far as it quotes nothing.
 */
function told(error: unknown, depth = 0): Told {
  if (!(error instanceof Error)) return { type: typeof error, message: messageOf(error), stack: "" };
  const more = depth < MAX_DEPTH ? depth + 1 : null;
  return {
    type: error.constructor.name,
    message: messageOf(error),
    ...("code" in error && typeof error.code === "string" && { code: error.code }),
    stack: frames(error),
    ...(more !== null && error.cause !== undefined && { cause: told(error.cause, more) }),
    ...(more !== null &&
      error instanceof AggregateError && { errors: error.errors.slice(0, MAX_ERRORS).map((one) => told(one, more)) }),
  };
}

/** Where it was thrown; the stack begins with the message, which may have many lines. */
function frames({ stack = "" }: Error): string {
  return stack
    .split("\n")
    .filter((line) => /^\s+at /.test(line))
    .join("\n");
}
