/** What is said of a fault of the program's own before the process ends: one line, not a stack over a screen; and no secret. */
import { messageOf } from "./errors.js";

type Environment = Readonly<Record<string, string | undefined>>;

/** What must not be told, wherever it got into. */
const SECRETS = ["PRIVATE_KEY", "WEBHOOK_SECRET", "DATABASE_URL", "WEBHOOK_PROXY_URL", "PGPASSWORD"] as const;
/** Shorter values are words that may stand anywhere. */
const MIN_SECRET = 6;
const PATIENT_LEVELS = new Set(["debug", "trace"]);

/**
 * The lines that tell of an error nobody foresaw: what happened and what to do; with `LOG_LEVEL=debug` or `trace` also where it was
 * thrown, and by what it was caused.
 */
export function lastWords(error: unknown, env: Environment): string[] {
  const kind = error instanceof Error && error.name !== "Error" ? `${error.name}: ` : "";
  const patient = PATIENT_LEVELS.has((env.LOG_LEVEL ?? "").trim());
  const what = `A fault of Follow-Through's own: ${kind}${messageOf(cleared(error, env)).replace(/\.$/, "")}.`;
  const toDo = patient
    ? "Please report it with the lines below."
    : "Start again; where it happens again, report it with what LOG_LEVEL=debug shows.";
  return [`${what} ${toDo}`, ...(patient ? places(error, env) : [])];
}

/** The same error, its message without secrets before any of it is cut, so that no half of one is left. */
function cleared(error: unknown, env: Environment): unknown {
  if (!(error instanceof Error)) return error;
  return Object.create(error, { message: { value: withoutSecrets(error.message, env) } });
}

/** Where an error was thrown, and each that caused it; messages of several lines are not repeated. */
function places(error: unknown, env: Environment): string[] {
  const lines: string[] = [];
  for (let one = error; one instanceof Error && lines.length < 100; one = one.cause) {
    if (one !== error) lines.push(`Caused by: ${messageOf(cleared(one, env))}`);
    lines.push(
      ...(one.stack ?? "")
        .split("\n")
        .filter((line) => /^\s+at /.test(line))
        .map((line) => withoutSecrets(line, env)),
    );
  }
  return lines;
}

function withoutSecrets(line: string, env: Environment): string {
  let told = line;
  for (const value of SECRETS.flatMap((name) => partsOf(env[name]?.trim() ?? ""))) told = told.replaceAll(value, "…");
  return told;
}

/** A value, each of its lines, and the password in an address. */
function partsOf(value: string): string[] {
  const password = URL.canParse(value) ? decoded(new URL(value).password) : [];
  return [value, ...value.split(/\r?\n|\\n/), ...password]
    .filter((part) => part.length >= MIN_SECRET)
    .sort((a, b) => b.length - a.length);
}

function decoded(password: string): string[] {
  try {
    return [password, decodeURIComponent(password)];
  } catch {
    return [password];
  }
}
