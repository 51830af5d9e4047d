/** A worker in a process of its own that says what it took and never finishes it: made to be killed. */
import { writeSync } from "node:fs";
import { SILENT } from "../../src/jobs/log.js";
import { Workers } from "../../src/jobs/workers.js";
import { openStore } from "../../src/store/open.js";

const { now, ...options } = JSON.parse(process.argv[2] ?? "{}");
new Workers({
  store: await openStore(options),
  now: () => new Date(now),
  owner: "child",
  log: SILENT,
  async handle({ key }) {
    writeSync(1, `${key}\n`);
    await new Promise(() => {});
  },
}).start();
