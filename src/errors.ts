/**
 * The ways things go wrong, by who has to act. Anything that is none of these is a fault of the App: it is logged and
 * tried again.
 */

import { oneLine, shorten } from "./text.js";

/** Something the author of a postmortem or policy must fix; told to people on GitHub, never retried by itself. */
export class AuthorProblem extends Error {
  override readonly name = "AuthorProblem";
  constructor(
    message: string,
    /** What to do about it, one short sentence. */
    readonly fix: string,
  ) {
    super(message);
  }
}

/** A file that is there and is no text: its author's to fix, as anything else that is wrong in it. */
export class NotText extends AuthorProblem {}

/** It will likely work later: a server error, a limit, a shutdown. */
export class Retryable extends Error {
  override readonly name = "Retryable";
  /** How many milliseconds to wait before the next try, where that is known; otherwise the worker backs off. */
  readonly waitMs: number | undefined;
  /** True where nobody's work is to blame (a limit, a shutdown, GitHub down), so that the attempt does not count. */
  readonly blameless: boolean;
  /** True where it is certain that GitHub did nothing of what was asked. An answer that never came leaves doubt. */
  readonly undone: boolean;

  constructor(
    message: string,
    options: { waitMs?: number; blameless?: boolean; undone?: boolean; cause?: unknown } = {},
  ) {
    super(message, { cause: options.cause });
    this.waitMs = options.waitMs;
    this.blameless = options.blameless ?? false;
    this.undone = options.undone ?? false;
  }
}

/**
 * GitHub does not let the App see the installation or repository it works in: perhaps it was suspended, uninstalled or taken
 * away a moment ago. The installation is looked at, and then the work is tried again, or there is none any more.
 */
export class OutOfSight extends Retryable {}

/**
 * GitHub gave no answer (the network, a proxy, a certificate), or answered that it fails (5xx): nobody's fault, so it is tried
 * again for hours. Whether GitHub did what was asked is not known.
 */
export class OutOfReach extends Retryable {
  /** Whether it was GitHub that answered: then it may serve other requests. */
  readonly answered: boolean;

  constructor(message: string, options: { answered?: boolean; cause?: unknown } = {}) {
    super(message, { cause: options.cause, blameless: true });
    this.answered = options.answered ?? false;
  }
}

/**
 * The database takes nothing for a while: it does not answer, is read-only or full. The message is for anybody to read; the
 * cause is what its driver said.
 */
export class DatabaseDown extends Retryable {
  constructor(message: string, options: { cause?: unknown } = {}) {
    super(message, { ...options, blameless: true });
  }
}

/**
 * Reading a document took too long, or ended the process that it was read in. What it says is not known: it is not that it says
 * nothing. It counts as a try.
 */
export class ReadingBrokenOff extends Retryable {
  constructor(message: string, cause?: unknown) {
    super(message, { cause });
  }
}

/** Trying again cannot help; the work becomes a dead letter. */
export class Fatal extends Error {
  override readonly name = "Fatal";
}

/** The process cannot start or go on as it is configured; told to the operator, exit code 2. */
export class CannotStart extends Error {
  override readonly name = "CannotStart";
  constructor(
    message: string,
    /** What the operator can do about it, one short sentence. */
    readonly fix: string,
    options?: { cause?: unknown },
  ) {
    super(message, options);
  }
}

/** Longer messages are not of our own making. */
const MAX_MESSAGE = 300;

/**
 * What may be told of an error in logs and to the operator: never the words of a document, of an answer, or a secret, which
 * libraries quote in theirs (JSON.parse does, and Octokit the whole answer).
 */
export function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return `A ${typeof error} was thrown.`;
  if ("status" in error && "request" in error) return `HTTP ${error.status}`;
  if (error instanceof SyntaxError) return "Not valid JSON.";
  if ("issues" in error && Array.isArray(error.issues))
    return `Not as it should be: ${error.issues.map(issueWords).join("; ")}`;
  return shorten(oneLine(error.message), MAX_MESSAGE);
}

/** One finding of a schema, by place and kind; keys that are no field's name are people's. */
function issueWords(issue: unknown): string {
  const { path, code } = issue as { readonly path?: readonly unknown[]; readonly code?: unknown };
  const steps = (path ?? []).map((step) => (/^(?:[a-zA-Z]{1,20}|\d{1,9})$/.test(String(step)) ? String(step) : "…"));
  return `${steps.join(".") || "all of it"} (${String(code)})`;
}
