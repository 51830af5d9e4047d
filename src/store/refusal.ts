/** Why a database does not open, in words an operator can act on. No password is ever repeated. */
import { CannotStart } from "../errors.js";
import { systemWords } from "../files.js";

/** What a driver or the system said, below whatever it was wrapped in; without a code of the system's. */
function root(error: unknown): { readonly code: string; readonly message: string } {
  let found = error;
  // Several addresses of one host that all refuse come as one error with many, each the same.
  while (found instanceof Error && (found instanceof AggregateError || found.cause instanceof Error)) {
    found = found instanceof AggregateError && found.errors.length > 0 ? found.errors[0] : found.cause;
    if (!(found instanceof Error)) break;
  }
  const code = found instanceof Error && "code" in found ? String(found.code) : "";
  return { code, message: systemWords(found) ?? (found instanceof Error ? found.message : String(found)) };
}

interface Address {
  readonly host: string;
  readonly database: string;
  readonly user: string;
}

/** Where a URL leads, as far as it says so; the rest is what libpq takes for it. */
function addressOf(databaseUrl: string): Address {
  const url = new URL(databaseUrl);
  const user = decodeURIComponent(url.username) || process.env.PGUSER || process.env.USER || "";
  const host = url.searchParams.get("host") ?? `${url.hostname || "localhost"}:${url.port || "5432"}`;
  return { host, user, database: decodeURIComponent(url.pathname.slice(1)) || user };
}

interface Refusal {
  /** The code or class of the error (an SQLSTATE, or Node's), or its words. */
  readonly when: RegExp;
  readonly message: (at: Address) => string;
  readonly fix: (at: Address) => string;
}

/** https://www.postgresql.org/docs/current/errcodes-appendix.html, https://nodejs.org/api/errors.html#common-system-errors */
const REFUSALS: readonly Refusal[] = [
  {
    when: /^ECONNREFUSED|^ENOENT/,
    message: ({ host }) => `No PostgreSQL listens at ${host}.`,
    fix: () => "Start it, or correct host and port in DATABASE_URL.",
  },
  {
    when: /^(ENOTFOUND|EAI_AGAIN)/,
    message: ({ host }) => `The host of DATABASE_URL, ${host}, is not known here.`,
    fix: () => "Correct it, or see to this machine's name service.",
  },
  {
    when: /^(ETIMEDOUT|EHOSTUNREACH|ENETUNREACH)|timeout|timed out|said nothing/,
    message: ({ host }) => `PostgreSQL at ${host} does not answer.`,
    fix: () => "Correct host and port in DATABASE_URL, or let this machine through the firewall.",
  },
  {
    when: /^57P03/,
    message: ({ host }) => `PostgreSQL at ${host} is starting up or shutting down.`,
    fix: () => "Start Follow-Through again in a moment.",
  },
  {
    when: /^3D000/,
    message: ({ host, database }) => `There is no database ${database} at ${host}.`,
    fix: ({ database }) => `Make it: createdb ${database}`,
  },
  {
    when: /^28P01|password authentication failed/,
    message: ({ user }) => `PostgreSQL does not take the password of ${user}.`,
    fix: () => "Correct it in DATABASE_URL; what is no letter or digit is written as %, like %40 for @.",
  },
  {
    when: /client password must be a string|no password supplied/,
    message: ({ user }) => `PostgreSQL asks for a password of ${user}, and DATABASE_URL has none.`,
    fix: () => "Write it as postgres://USER:PASSWORD@HOST/DATABASE.",
  },
  {
    when: /role ".*" does not exist|no such user/,
    message: ({ host, user }) => `PostgreSQL at ${host} knows no user ${user}.`,
    fix: ({ user }) => `Make it (createuser --pwprompt ${user}), or correct DATABASE_URL.`,
  },
  {
    when: /no pg_hba\.conf entry .*no encryption|SSL (connection )?(is )?required|SSL off/i,
    message: ({ host }) => `PostgreSQL at ${host} lets nobody in without TLS.`,
    fix: () => "Add ?sslmode=verify-full to DATABASE_URL.",
  },
  {
    when: /^28|pg_hba\.conf/,
    message: ({ host, user }) => `PostgreSQL at ${host} does not let ${user} in from here.`,
    fix: () => "Add a line for it to the server's pg_hba.conf, or use another user in DATABASE_URL.",
  },
  {
    when: /server does not support SSL/i,
    message: ({ host }) => `PostgreSQL at ${host} has no TLS, and DATABASE_URL asks for it.`,
    fix: () => "Leave sslmode out of DATABASE_URL, or switch TLS on in the server.",
  },
  {
    when: /^(DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_|CERT_|ERR_TLS_|ERR_SSL)|certificate/i,
    message: ({ host }) => `The certificate of PostgreSQL at ${host} is not trusted here.`,
    fix: () =>
      "Name its authority with NODE_EXTRA_CA_CERTS=/path/to/ca.pem, or &sslrootcert=/path/to/ca.pem in DATABASE_URL.",
  },
  {
    when: /^53300/,
    message: ({ host }) => `PostgreSQL at ${host} has no connection left.`,
    fix: () => "Raise its max_connections, or put a pooler before it; each service takes ten at most.",
  },
  {
    when: /^53100/,
    message: ({ host }) => `The disk of PostgreSQL at ${host} is full.`,
    fix: () => "Make room there.",
  },
  {
    when: /^25006/,
    message: ({ host }) => `PostgreSQL at ${host} is read-only: a standby, or default_transaction_read_only is on.`,
    fix: () => "Name the primary in DATABASE_URL, or switch it off.",
  },
  {
    when: /^42501/,
    message: ({ user, database }) => `${user} may not make tables in the database ${database}.`,
    fix: ({ user }) => `As its owner: GRANT CREATE, USAGE ON SCHEMA public TO "${user}"`,
  },
  {
    when: /unsupported startup parameter/,
    message: () => "The pooler before PostgreSQL refuses what DATABASE_URL asks of the connection.",
    fix: () => "Leave options= out of DATABASE_URL, or use PgBouncer 1.20 or newer.",
  },
];

/** The refusal of a PostgreSQL at `databaseUrl` by what its driver said. */
export function postgresRefusal(databaseUrl: string, cause: unknown): CannotStart {
  const { code, message } = root(cause);
  const found = REFUSALS.find(({ when }) => when.test(code) || when.test(message));
  if (!found) {
    return new CannotStart(
      `PostgreSQL does not answer as DATABASE_URL asks: ${message}`,
      "Check host, port, database, user and password in DATABASE_URL, and that this user may create tables.",
      { cause },
    );
  }
  const at = addressOf(databaseUrl);
  return new CannotStart(found.message(at), found.fix(at), { cause });
}

/** The refusal of SQLite's files in `dataDir`. */
export function sqliteRefusal(dataDir: string, cause: unknown): CannotStart {
  const { code, message } = root(cause);
  const [what, fix] = whyNotWritten(code, message);
  return new CannotStart(`DATA_DIR ${dataDir} ${what}`, fix, { cause });
}

function whyNotWritten(code: string, message: string): readonly [what: string, fix: string] {
  if (code === "ENOTDIR" || code === "EEXIST") {
    return ["is not a folder, or a part of it is a file.", "Name a folder; it is made where there is none."];
  }
  if (code === "ENOSPC" || code === "EDQUOT" || /database or disk is full/.test(message)) {
    return ["has no room left.", "Make room on its disk, or set DATA_DIR to another one."];
  }
  if (code === "ENOENT") {
    return [
      "cannot be made, since no folders can be made there.",
      "Set DATA_DIR to a folder on a disk, such as ./data.",
    ];
  }
  if (code === "ELOOP" || code === "ENAMETOOLONG") {
    const why = code === "ELOOP" ? "is a link that leads back to itself." : "has too long a name.";
    return [why, "Name a folder; it is made where there is none."];
  }
  if (code === "EROFS") return ["is on a read-only disk.", "Mount it for writing, or set DATA_DIR to another folder."];
  if (/database is locked/.test(message)) {
    return [
      "is in use by something that does not let go of it.",
      "Stop whatever else works on its files, and keep it on a local disk, not a network share.",
    ];
  }
  return [
    `cannot be written: ${message}`,
    "Let the folder and the files in it belong to the user the service runs as, or set DATA_DIR to one that does.",
  ];
}
