/** What `npm test` leaves out is run by `npm run test:long`. */
import { readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { someOf } from "./long.js";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const FILES = ["emulator", "test"].flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".test.ts"))
    .map((name) => join(folder, name)),
);
const textOf = (file: string) => readFileSync(join(ROOT, file), "utf8");
const isLong = (file: string) => file.endsWith(".long.test.ts");

it("a test file that leaves something out is imported by one of the long tests beside it", () => {
  const sampled = FILES.filter((file) => !isLong(file) && /\/long\.js"/.test(textOf(file)));
  expect(sampled.length).toBeGreaterThan(30);
  const lost = sampled.filter((file) => {
    const beside = FILES.filter((other) => isLong(other) && dirname(other) === dirname(file));
    return !beside.some((other) => textOf(other).includes(`"./${basename(file, ".ts")}.js"`));
  });
  expect(lost.filter((file) => basename(file) !== "long.test.ts")).toEqual([]);
});

it("a sample is spread over all cases, and as large as was asked for", () => {
  const ten = Array.from({ length: 10 }, (_, at) => at);
  expect([1, 2, 3, 5, 10, 20].map((count) => someOf(ten, count))).toEqual([
    [0],
    [0, 5],
    [0, 4, 7],
    [0, 2, 4, 6, 8],
    ten,
    ten,
  ]);
});
