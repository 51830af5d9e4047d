/** A piece of work that ends the process it runs in; the other ways, and PostgreSQL, in `poison.long.test.ts`. */
import { describeOnSqlite } from "../support/databases.js";
import { setsAside } from "./poison.js";

describeOnSqlite("what ends the process", (open) => setsAside(open, ["kill"]));
