/** A schema of its own in the PostgreSQL that the tests were given: as good as an empty database, and gone after. */
import { randomUUID } from "node:crypto";
import pg from "pg";

/** Makes one in the database of TEST_DATABASE_URL (see `postgres.ts`); `databaseUrl` leads to it. */
export async function emptySchema(): Promise<{ databaseUrl: string; remove(): Promise<void> }> {
  const url = new URL(process.env.TEST_DATABASE_URL ?? "");
  const schema = `follow_through_${randomUUID().replaceAll("-", "")}`;
  await asAdministrator(url, `create schema ${schema}`);
  const own = new URL(url);
  own.searchParams.set("options", `-c search_path=${schema}`);
  return { databaseUrl: own.toString(), remove: () => asAdministrator(url, `drop schema ${schema} cascade`) };
}

async function asAdministrator(url: URL, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url.toString() });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
