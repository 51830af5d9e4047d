/**
 * A process that migrates a database, and ends as `kill -9` ends it, once a statement was answered: `migration-child.mjs OPTIONS NTH`.
 * Options are those of `openStore`, as JSON; `NTH` counts from 1, and beyond the last it is not killed. Says `done` at the end.
 * It runs what was built, since it is started often and that starts in a quarter of the time.
 */
import { writeSync } from "node:fs";
import { join } from "node:path";
import { Kysely } from "kysely";
import { SILENT } from "../../dist/jobs/log.js";
import { migrate } from "../../dist/store/migrations.js";
import { openPool, postgresDialect, postgresTrouble } from "../../dist/store/postgres.js";
import { openFile, sqliteDialect, sqliteTrouble } from "../../dist/store/sqlite.js";
import { Watch } from "../../dist/store/trouble.js";

const [json = "{}", nth = "1"] = process.argv.slice(2);
const { databaseUrl, dataDir } = JSON.parse(json);

/** Ends the process when the database has answered the statement. */
function killer() {
  let answered = 0;
  return {
    transformQuery: ({ node }) => node,
    async transformResult({ result }) {
      answered += 1;
      if (answered === Number(nth)) process.kill(process.pid, "SIGKILL");
      return result;
    },
  };
}

const dialect = databaseUrl
  ? postgresDialect(openPool(databaseUrl, SILENT, 2), new Watch(postgresTrouble), () => {})
  : sqliteDialect(openFile(join(dataDir, "follow-through.db")), new Watch(sqliteTrouble), () => {});
const db = new Kysely({ dialect });
await migrate(db.withPlugin(killer()), databaseUrl ? "postgres" : "sqlite", new Date());
await db.destroy();
writeSync(1, "done\n");
