/**
 * What an event costs in requests to GitHub: part of `npm run bench:scale`; `-- --requests` counts these alone, and writes the table of
 * docs/github-api.md.
 *
 *   requests: a merge of 9 items, and its push: 13 (at most 14)
 */
import { readFileSync, writeFileSync } from "node:fs";
import { costOfQuietHour, requestCosts, requestTable } from "../support/requests.js";

const DOCUMENT = "docs/github-api.md";
const TABLE = /\| Event \| Requests \|.*?\n(?=\n)/s;

/** Prints them; with `write` into the documentation too. Returns how many cost more than they may. */
export async function measureRequests(write: boolean): Promise<number> {
  const costs = await requestCosts();
  let broken = 0;
  console.log("\nrequests to GitHub, counted from an emulated one's log");
  for (const { event, bar, requests } of [...costs, await costOfQuietHour(500, 50)]) {
    const holds = bar === null || requests <= bar;
    if (!holds) broken++;
    console.log(`   ${holds ? "" : "TOO MUCH: "}${event}: ${requests}${bar === null ? "" : ` (at most ${bar})`}`);
  }
  if (write) {
    const text = readFileSync(DOCUMENT, "utf8");
    writeFileSync(
      DOCUMENT,
      text.replace(TABLE, () => `${requestTable(costs)}\n`),
    );
  }
  return broken;
}
