/**
 * Finds a PostgreSQL for the tests, once a test run (vitest's globalSetup): TEST_DATABASE_URL, else one that answers on
 * localhost:5432 without a password, else a throw-away cluster started from an installed binary. Leaves its address in
 * TEST_DATABASE_URL; leaves that unset where there is none, and then tests that need it are skipped and counted.
 */
import { execFile } from "node:child_process";
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir, userInfo } from "node:os";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";
import pg from "pg";

const run = promisify(execFile);

/** A test may not hang because something that is no PostgreSQL listens on its port. */
const CONNECT_MS = 3_000;

export default async function setup(): Promise<(() => Promise<void>) | undefined> {
  if (process.env.TEST_DATABASE_URL) return undefined;
  const found = await onLocalhost();
  if (found) {
    process.env.TEST_DATABASE_URL = found;
    return undefined;
  }
  const cluster = await startCluster();
  if (cluster === null) return undefined;
  process.env.TEST_DATABASE_URL = cluster.url;
  return cluster.stop;
}

async function onLocalhost(): Promise<string | null> {
  for (const user of new Set([userInfo().username, "root", "postgres"])) {
    const url = `postgres://${user}@localhost:5432/test`;
    if (await answers(url)) return url;
  }
  return null;
}

/** Whether a PostgreSQL answers there and lets us make schemas. */
async function answers(connectionString: string): Promise<boolean> {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: CONNECT_MS });
  try {
    await client.connect();
    const { rows } = await client.query("select has_database_privilege(current_database(), 'create') as may");
    return rows[0]?.may === true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** A cluster in a temporary folder, on a free port of localhost; null where PostgreSQL is not installed. */
async function startCluster(): Promise<{ url: string; stop: () => Promise<void> } | null> {
  const bin = binaries();
  if (bin === null) return null;
  const folder = mkdtempSync(join(tmpdir(), "follow-through-postgres-"));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  try {
    // PostgreSQL refuses to run as root.
    const identity = await unprivileged();
    if (identity) chownSync(folder, identity.uid, identity.gid);
    const options = { ...identity, cwd: folder };
    const data = join(folder, "data");
    const port = await freePort();
    await run(join(bin, "initdb"), ["-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync"], options);
    const server = `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c max_connections=200`;
    await run(join(bin, "pg_ctl"), ["-D", data, "-w", "-l", join(folder, "log"), "-o", server, "start"], options);
    return {
      url: `postgres://postgres@127.0.0.1:${port}/postgres`,
      async stop() {
        await run(join(bin, "pg_ctl"), ["-D", data, "-m", "immediate", "stop"], options).catch(() => undefined);
        remove();
      },
    };
  } catch {
    remove();
    return null;
  }
}

/** The folder that holds `initdb` and `pg_ctl`, the newest where there are several; Debian keeps them off the PATH. */
function binaries(): string | null {
  const debian = "/usr/lib/postgresql";
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : [];
  const folders = [...(process.env.PATH ?? "").split(delimiter), ...versions.map((v) => join(debian, v, "bin"))];
  return folders.find((folder) => ["initdb", "pg_ctl"].every((name) => existsSync(join(folder, name)))) ?? null;
}

async function unprivileged(): Promise<{ uid: number; gid: number } | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  for (const user of ["postgres", "nobody"]) {
    try {
      const [uid, gid] = await Promise.all([run("id", ["-u", user]), run("id", ["-g", user])]);
      return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
    } catch {
      // The next one, then.
    }
  }
  return undefined;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().on("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() =>
        address && typeof address === "object" ? resolve(address.port) : reject(new Error("no port")),
      );
    });
  });
}
