/**
 * A process of its own for the tests that need several, or one to kill: `store-child.ts COMMAND OPTIONS`, options as JSON.
 * It says each thing it has done on a line of its own, and stays until its standard input ends.
 */
import { writeSync } from "node:fs";
import { CannotStart } from "../../src/errors.js";
import { type OpenOptions, openStore } from "../../src/store/open.js";
import { aComment, anItem } from "./samples.js";

const [command, json = "{}"] = process.argv.slice(2);
const options = JSON.parse(json) as OpenOptions & { readonly from?: number };
const say = (line: string) => writeSync(1, `${line}\n`);

async function main(): Promise<void> {
  const store = await openStore(options);
  say("open");
  if (command === "write") {
    // Each number is said only once its transaction is committed.
    for (let n = options.from ?? 0; ; n++) {
      await store.transaction(async (tables) => {
        await tables.saveItem(anItem({ id: `kill-${n}`, ordinal: n }));
        await tables.saveComment(aComment({ commentId: n + 1 }));
      });
      say(String(n));
    }
  }
  for await (const _ of process.stdin);
  await store.close();
}

main().catch((error: unknown) => {
  say(error instanceof CannotStart ? `refused: ${error.message}` : `failed: ${error}`);
  process.exitCode = 2;
});
