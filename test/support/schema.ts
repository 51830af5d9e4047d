/** A place of its own in the PostgreSQL that the tests were given: as good as an empty database, and gone after. */
import { randomUUID } from "node:crypto";
import pg from "pg";

export interface Place {
  readonly databaseUrl: string;
  remove(): Promise<void>;
}

const freshName = () => `follow_through_${randomUUID().replaceAll("-", "")}`;

/** A schema in the database of TEST_DATABASE_URL (see `postgres.ts`), which is quicker than a database; `databaseUrl` leads to it. */
export async function emptySchema(): Promise<Place> {
  const url = new URL(process.env.TEST_DATABASE_URL ?? "");
  const schema = freshName();
  await asAdministrator(url, `create schema ${schema}`);
  const own = new URL(url);
  own.searchParams.set("options", `-c search_path=${schema}`);
  return { databaseUrl: own.toString(), remove: () => asAdministrator(url, `drop schema ${schema} cascade`) };
}

/** A database, since a pooler does not let a search path through: made at `server`, reached through `pooler`. */
export async function emptyDatabase(server: string, pooler: string): Promise<Place> {
  const name = freshName();
  await asAdministrator(new URL(server), `create database ${name}`);
  const own = new URL(pooler);
  own.pathname = `/${name}`;
  return {
    databaseUrl: own.toString(),
    remove: () => asAdministrator(new URL(server), `drop database ${name} with (force)`),
  };
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
