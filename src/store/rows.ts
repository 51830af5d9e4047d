/**
 * Reads the JSON that a row keeps, by schema. A row that does not hold (a damaged disk, a hand in the database, another version)
 * is said loudly, and read again from GitHub, which is the record.
 *
 * One of the projection ends the work at hand, to be tried again: to go on as if there were none would open an issue a
 * second time, or take a document for new. One that names a repository or an installation is as good as none.
 */
import type { z } from "zod";
import { Retryable } from "../errors.js";
import type { Schema } from "./schema.js";

/** Tables whose rows are read back from GitHub, by repository. */
export const PROJECTED = ["document", "item", "kept_comment"] as const;

/** Thrown for a row of the projection; the repository's projection will be read again before it is next used. */
export class UnreadableRow extends Retryable {
  constructor(
    readonly table: (typeof PROJECTED)[number],
    readonly repositoryId: number,
  ) {
    super("A row of the database cannot be read; the repository is read again from GitHub");
  }
}

/** Told of rows that cannot be read. */
export interface Unreadable {
  /** Sees to it that the repository is read again. */
  projected(row: UnreadableRow): Promise<void>;
  /** A row of a table of its own, by its key. */
  other(table: keyof Schema, id: number): void;
  /** The ids told of by `other` that were not seen to yet. */
  readonly found: { readonly installation: Set<number>; readonly repository: Set<number> };
}

/** What the JSON says; null where it is none, or not of the schema. */
export function readJson<T>(schema: z.ZodType<T>, json: string): T | null {
  try {
    return schema.safeParse(JSON.parse(json)).data ?? null;
  } catch {
    return null;
  }
}

type Row = { readonly data: string };

/** Reads rows of one table of the projection. @throws UnreadableRow */
export function projectedRows<T extends { readonly repositoryId: number }>(
  table: (typeof PROJECTED)[number],
  schema: z.ZodType<T>,
  unreadable: Unreadable,
) {
  const many = async (repositoryId: number, rows: readonly Row[]): Promise<T[]> => {
    const read = rows.flatMap(({ data }) => {
      const value = readJson(schema, data);
      // What says to be another repository's is none of this one's, however it came here.
      return value?.repositoryId === repositoryId ? [value] : [];
    });
    if (read.length === rows.length) return read;
    const error = new UnreadableRow(table, repositoryId);
    await unreadable.projected(error);
    throw error;
  };
  return {
    many,
    one: async (repositoryId: number, row: Row | undefined): Promise<T | null> =>
      row ? ((await many(repositoryId, [row]))[0] ?? null) : null,
  };
}

type KeyedRow = Row & { readonly id: number };

/** Reads rows of a table whose rows stand for themselves; those that cannot be read are passed over. */
export function keyedRows<T extends { readonly id: number }>(
  table: "installation" | "repository",
  schema: z.ZodType<T>,
  unreadable: Unreadable,
) {
  const one = (row: KeyedRow | undefined): T | null => {
    if (!row) return null;
    const value = readJson(schema, row.data);
    if (value?.id === row.id) return value;
    unreadable.other(table, row.id);
    return null;
  };
  return { one, many: (rows: readonly KeyedRow[]): T[] => rows.flatMap((row) => one(row) ?? []) };
}
