/** Queries on the lists of public holidays, one row a region and year: whatever else is known of them, they are no secret of anybody's. */
import { z } from "zod";
import { readJson } from "./rows.js";
import type { Db } from "./schema.js";
import type { Tables } from "./types.js";

const daysSchema = z.array(z.iso.date());

export function holidays(db: Db): Pick<Tables, "saveHolidays" | "holidays"> {
  return {
    async saveHolidays({ region, year, days, at }) {
      const row = { days: JSON.stringify(days), at };
      await db
        .insertInto("holiday")
        .values({ region, year, ...row })
        .onConflict((conflict) => conflict.columns(["region", "year"]).doUpdateSet(row))
        .execute();
    },
    async holidays(region) {
      const rows = await db.selectFrom("holiday").selectAll().where("region", "=", region).execute();
      return rows.flatMap(({ year, days, at }) => {
        // One that cannot be read is asked for again.
        const read = readJson(daysSchema, days);
        return read ? [{ region, year, days: read, at }] : [];
      });
    },
  };
}
