/**
 * A PostgreSQL of a test's own, from an installed binary: a cluster in a temporary folder, on a free port of this machine. It may
 * be stopped, started and misused at will; the one that other tests share may not.
 */
import { execFile } from "node:child_process";
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

export interface Cluster {
  readonly url: string;
  readonly port: number;
  /** Its log and whatever else belongs to it; gone with it. */
  readonly folder: string;
  /** `fast` tells those who are connected; `immediate` is as good as a crash. */
  stop(mode: "fast" | "immediate"): Promise<void>;
  start(): Promise<void>;
  /** Stops it and takes everything away. */
  remove(): Promise<void>;
}

/** Whether a cluster could be started here at all: for `skipIf`. */
export const hasPostgresBinaries = (): boolean => binaries() !== null;

/**
 * A running cluster with the user `postgres`, trusted without a password; null where PostgreSQL is not installed or does not
 * start here. `settings`: further ones, such as `shared_preload_libraries=pg_stat_statements`.
 */
export async function startCluster(settings: readonly string[] = []): Promise<Cluster | null> {
  const bin = binaries();
  if (bin === null) return null;
  const folder = mkdtempSync(join(tmpdir(), "follow-through-postgres-"));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  try {
    const identity = await unprivileged();
    if (identity) chownSync(folder, identity.uid, identity.gid);
    const options = { ...identity, cwd: folder };
    const data = join(folder, "data");
    const port = await freePort();
    await run(join(bin, "initdb"), ["-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync"], options);
    const own = ["listen_addresses=127.0.0.1", "unix_socket_directories=''", "max_connections=200", ...settings];
    const server = [`-p ${port}`, ...own.map((setting) => `-c ${setting}`)].join(" ");
    const control = (...args: string[]) => run(join(bin, "pg_ctl"), ["-D", data, "-w", ...args], options);
    const start = async () => void (await control("-l", join(folder, "log"), "-o", server, "start"));
    const stop = async (mode: string) => void (await control("-m", mode, "stop"));
    await start();
    return {
      url: `postgres://postgres@127.0.0.1:${port}/postgres`,
      port,
      folder,
      start,
      stop,
      async remove() {
        await stop("immediate").catch(() => undefined);
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

/** Whom to be for programs that refuse to run as root; undefined where we are nobody special. */
export async function unprivileged(): Promise<{ uid: number; gid: number } | undefined> {
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

export function freePort(): Promise<number> {
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
