/**
 * Whose SQLite: Node's own where it has all that the store needs, else the same interface from a package. Chosen by what is there, not
 * by a version's number: `node:sqlite` grew step by step, and a prepared statement tells its columns from 22.16 and 23.11 on
 * (https://nodejs.org/api/sqlite.html#statementcolumns). See docs/adr/0012.
 */
import type { SqliteModule } from "@photostructure/sqlite";

type Sqlite = Pick<SqliteModule, "DatabaseSync">;

/** Opens databases; the package's types describe both. */
export const { DatabaseSync }: Sqlite = builtIn() ?? (await import("@photostructure/sqlite"));

/** Node's own, or null where it has none, or one that lacks something. */
export function builtIn(): Sqlite | null {
  const found: unknown = withoutWarning(() => process.getBuiltinModule("node:sqlite"));
  return isWhole(found) ? found : null;
}

function isWhole(found: unknown): found is Sqlite {
  const { DatabaseSync, StatementSync } = Object(found);
  return (
    typeof DatabaseSync?.prototype?.function === "function" && typeof StatementSync?.prototype?.columns === "function"
  );
}

/** Node says once a process that its SQLite may still change. The contract tests say whether it did; an operator need not read it. */
function withoutWarning<T>(load: () => T): T {
  const { emitWarning } = process;
  process.emitWarning = () => {};
  try {
    return load();
  } finally {
    process.emitWarning = emitWarning;
  }
}
