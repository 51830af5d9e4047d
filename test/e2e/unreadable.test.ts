/** Rows of the database that cannot be read, in a service that runs: it goes on, opens nothing twice, and reads them again. */
import type { Kysely } from "kysely";
import { afterEach, beforeEach, expect, it } from "vitest";
import { parseItemMarker } from "../../src/render/marker.js";
import type { Schema } from "../../src/store/schema.js";
import { GATEWAY, TABLE } from "../fixtures/documents.js";
import { bareDatabase, describeOnBothEngines } from "../support/databases.js";
import { sampled } from "../support/long.js";
import { Stage } from "../support/stage.js";
import { readable } from "../support/tenants.js";

describeOnBothEngines("rows that cannot be read", (open, engine) => {
  let stage: Stage;
  let db: Kysely<Schema>;
  let pull: number;
  beforeEach(async () => {
    const { databaseUrl } = await open.address();
    stage = await Stage.start(databaseUrl ? { databaseUrl } : {});
    pull = await stage.merge({ "postmortems/gateway.md": GATEWAY });
    await stage.merge({ "postmortems/cache.md": TABLE });
    await stage.advanceTo("2024-09-23T09:05:00Z");
    db = bareDatabase({ dataDir: stage.dataDir, databaseUrl });
  });
  afterEach(async () => {
    await db.destroy();
    await stage.close();
  });

  const TABLES = ["installation", "repository", "document", "item", "kept_comment", "booking"] as const;
  const cut = async (table: (typeof TABLES)[number]) => {
    for (const { data } of await db.selectFrom(table).select("data").execute())
      await db
        .updateTable(table)
        .set({ data: data.slice(0, -5) })
        .where("data", "=", data)
        .execute();
  };
  const recovered = async (documents: number) => {
    await stage.recover();
    const { store } = stage.service.context;
    expect(await store.work.deadLetters()).toEqual([]);
    expect(await store.documentsOf(stage.repo.state.id)).toHaveLength(documents);
    expect((await store.repositories()).map(({ rebuiltAt }) => rebuiltAt)).not.toContain(null);
  };

  sampled(it, engine === "sqlite" ? 3 : 1).each(TABLES)(
    "all of %s: nothing is said or opened twice, and what people do is followed",
    async (table) => {
      const seen = readable(stage.repo);
      await cut(table);
      await stage.advanceTo("2024-09-23T10:10:00Z");
      await recovered(2);
      expect(readable(stage.repo)).toBe(seen);

      await cut(table);
      const [issue] = stage.trackingIssues();
      stage.repo.as("lisa").closeIssue(issue?.number ?? 0);
      await stage.merge({ "postmortems/third.md": TABLE.replace("Watch", "Count") });
      await stage.advanceTo("2024-09-23T11:10:00Z");
      await recovered(3);
      expect(stage.status(pull)).toContain("2 of 5 action items done");
      const ids = stage.trackingIssues().map(({ body }) => parseItemMarker("item", body ?? "")?.item.id);
      expect(new Set(ids).size).toBe(8);
      expect(ids).toHaveLength(8);
    },
  );
});
