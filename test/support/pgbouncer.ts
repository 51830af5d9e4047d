/** A PgBouncer of a test's own before a cluster of its own, with PgBouncer's default settings but for where it listens. */
import { type ChildProcess, spawn } from "node:child_process";
import { chownSync, existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { type Cluster, freePort, hasPostgresBinaries, startCluster, unprivileged } from "./cluster.js";

export type PoolMode = "session" | "transaction";

export interface Pooled {
  /** Leads through PgBouncer to any database of the cluster. */
  readonly url: string;
  /** What is behind it. */
  readonly cluster: Cluster;
  remove(): Promise<void>;
}

const START_MS = 10_000;

const program = (): string | undefined =>
  [...(process.env.PATH ?? "").split(delimiter), "/usr/sbin"]
    .map((folder) => join(folder, "pgbouncer"))
    .find((file) => existsSync(file));

/** For `skipIf`. */
export const hasPgBouncer = (): boolean => program() !== undefined && hasPostgresBinaries();

/** @throws where it is not installed or does not start. */
export async function startPooled(mode: PoolMode): Promise<Pooled> {
  const binary = program();
  const cluster = await startCluster();
  if (binary === undefined || cluster === null) throw new Error("PgBouncer and PostgreSQL are not both installed");
  const folder = mkdtempSync(join(tmpdir(), "follow-through-pgbouncer-"));
  const port = await freePort();
  writeFileSync(join(folder, "users"), '"postgres" ""\n');
  const settings = [
    "[databases]",
    `* = host=127.0.0.1 port=${cluster.port}`,
    "[pgbouncer]",
    "listen_addr = 127.0.0.1",
    `listen_port = ${port}`,
    "unix_socket_dir =",
    "auth_type = trust",
    `auth_file = ${join(folder, "users")}`,
    `pool_mode = ${mode}`,
  ];
  writeFileSync(join(folder, "pgbouncer.ini"), `${settings.join("\n")}\n`);
  const identity = await unprivileged();
  if (identity) chownSync(folder, identity.uid, identity.gid);
  const process = spawn(binary, ["-q", join(folder, "pgbouncer.ini")], { ...identity, cwd: folder, stdio: "ignore" });
  await listening(process, port);
  return {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    cluster,
    async remove() {
      const ended = new Promise((resolve) => process.once("exit", resolve));
      process.kill("SIGKILL");
      await ended;
      await cluster.remove();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function listening(process: ChildProcess, port: number): Promise<void> {
  const deadline = Date.now() + START_MS;
  while (process.exitCode === null && Date.now() < deadline) {
    if (await answers(port)) return;
    await pause(50);
  }
  throw new Error("PgBouncer does not start");
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("connect", () => resolve(true)).once("error", () => resolve(false));
    socket.once("connect", () => socket.destroy());
  });
}
