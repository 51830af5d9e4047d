/**
 * Finds a PostgreSQL for the tests, once a test run (vitest's globalSetup): TEST_DATABASE_URL, else one that answers on
 * localhost:5432 without a password, else a throw-away cluster started from an installed binary. Leaves its address in
 * TEST_DATABASE_URL; leaves that unset where there is none, and then tests that need it are skipped and counted.
 */
import { userInfo } from "node:os";
import pg from "pg";
import { startCluster } from "./cluster.js";

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
  return cluster.remove;
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
