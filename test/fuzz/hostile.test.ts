/** Some of the documents made to break readers, read one after the other in one process; all of them in `hostile.long.test.ts`. */
import { expect, it } from "vitest";
import { LIMIT_MIB, LIMIT_MS, readInChild } from "./hostile-reading.js";

const SOME = {
  "1 MiB of [": {},
  "10,000 open boxes": {},
  "lists nested 5,000 deep in one line": {},
  "a table of 10,000 columns": {},
  "an alias bomb": {},
  "over 1 MiB": { items: 0, problems: ["too-large"] },
  "front matter with code": { problems: expect.arrayContaining(["front-matter-code"]) },
  "prototype keys": { items: 1 },
};

it("get an answer or a clear refusal, within 2 seconds and 300 MiB, and nothing of theirs runs", async () => {
  const names = Object.keys(SOME);
  const outcomes = await readInChild(...names);
  const found = outcomes.map((outcome, index) => [names[index], outcome] as const);
  expect(Object.fromEntries(found)).toMatchObject(SOME);
  expect(found.filter(([, { ms, mib, polluted }]) => ms >= LIMIT_MS || mib >= LIMIT_MIB || polluted)).toEqual([]);
});
