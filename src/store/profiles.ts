/** Queries on the profiles of postmortems, by which those that are alike are found. */
import { type KeptProfile, keptProfileSchema, profileToJson } from "../similarity/kept.js";
import { readJson, type Unreadable } from "./rows.js";
import type { Db } from "./schema.js";
import type { Tables } from "./types.js";

/** Bound values a statement: far below what either engine takes. */
const CHUNK = 500;

export function profiles(
  db: Db,
  unreadable: Unreadable,
): Pick<Tables, "saveProfile" | "forgetProfile" | "profilesOf" | "profileVersions" | "newestLikeOthers"> {
  const read = (repositoryId: number, documentId: string, data: string): KeptProfile[] => {
    const kept = readJson(keptProfileSchema, data);
    if (kept?.repositoryId === repositoryId && kept.documentId === documentId) return [kept];
    // It says nothing then, until the document is followed again.
    unreadable.other("profile", repositoryId);
    return [];
  };
  return {
    async saveProfile(kept, version) {
      const row = { version, likes: kept.like.length, happened: kept.date, data: profileToJson(kept) };
      await db
        .insertInto("profile")
        .values({ repository_id: kept.repositoryId, document_id: kept.documentId, ...row })
        .onConflict((conflict) => conflict.columns(["repository_id", "document_id"]).doUpdateSet(row))
        .execute();
    },
    async forgetProfile(repositoryId, documentId) {
      await db
        .deleteFrom("profile")
        .where("repository_id", "=", repositoryId)
        .where("document_id", "=", documentId)
        .execute();
    },
    async profilesOf(repositoryId, documentIds) {
      const found: KeptProfile[] = [];
      for (let start = 0; start < documentIds.length; start += CHUNK) {
        const rows = await db
          .selectFrom("profile")
          .select(["document_id", "data"])
          .where("repository_id", "=", repositoryId)
          .where("document_id", "in", documentIds.slice(start, start + CHUNK))
          .execute();
        for (const { document_id, data } of rows) found.push(...read(repositoryId, document_id, data));
      }
      return found;
    },
    async newestLikeOthers(repositoryId, limit) {
      const rows = await db
        .selectFrom("profile")
        .select("document_id")
        .where("repository_id", "=", repositoryId)
        .where("likes", ">", 0)
        .where("happened", "is not", null)
        .orderBy("happened", "desc")
        .orderBy("document_id")
        .limit(limit)
        .execute();
      return rows.map(({ document_id }) => document_id);
    },
    async profileVersions(installationId) {
      const rows = await db
        .selectFrom("profile")
        .innerJoin("repository", "repository.id", "profile.repository_id")
        .select(["profile.repository_id", "profile.document_id", "profile.version"])
        .where("repository.installation_id", "=", installationId)
        .where("repository.lost_at", "is", null)
        .orderBy("profile.repository_id")
        .orderBy("profile.document_id")
        .execute();
      return rows.map(({ repository_id, document_id, version }) => ({
        repositoryId: repository_id,
        documentId: document_id,
        version,
      }));
    },
  };
}
