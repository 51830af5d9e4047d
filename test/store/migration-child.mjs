/**
 * A process that migrates a database, and ends as `kill -9` ends it, once a statement was answered: `migration-child.ts OPTIONS NTH`.
 * Options are those of `openStore`, as JSON; `NTH` counts from 1, and beyond the last it is not killed. Says `done` at the end.
 */
import { writeSync } from "node:fs";
import type { KyselyPlugin } from "kysely";
import { migrate } from "../../src/store/migrations.js";
import type { OpenOptions } from "../../src/store/open.js";
import { bareDatabase } from "../support/databases.js";

const [json = "{}", nth = "1"] = process.argv.slice(2);
const options = JSON.parse(json) as OpenOptions;

/** Ends the process when the database has answered the statement. */
function killer(): KyselyPlugin {
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

const db = bareDatabase(options);
await migrate(db.withPlugin(killer()), options.databaseUrl ? "postgres" : "sqlite", new Date());
await db.destroy();
writeSync(1, "done\n");
