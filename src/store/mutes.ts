/** Queries on who wants no nudges for a while: one row a person and installation, so that it never grows beyond the people there are. */
import type { Db } from "./schema.js";
import type { Tables } from "./types.js";

export function mutes(db: Db): Pick<Tables, "saveMute" | "mutedOn"> {
  return {
    async saveMute({ installationId, person, until, at }) {
      const row = { until, at };
      await db
        .insertInto("mute")
        .values({ installation_id: installationId, person, ...row })
        .onConflict((conflict) =>
          conflict.columns(["installation_id", "person"]).doUpdateSet(row).where("mute.at", "<=", at),
        )
        .execute();
    },
    async mutedOn(installationId, day) {
      const rows = await db
        .selectFrom("mute")
        .selectAll()
        .where("installation_id", "=", installationId)
        .where("until", ">", day)
        .execute();
      return rows.map(({ person, until, at }) => ({ installationId, person, until, at }));
    },
  };
}
