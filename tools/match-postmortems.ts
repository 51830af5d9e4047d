/**
 * Says which earlier postmortems of its organisation each postmortem is like, as the product decides it: reads
 * `{"slug","path","org","date"}` a line, in the order of dates, prints `{"slug","shown":[slug…]}` a line. With `--explain` each line
 * has the evidence, too.
 *
 *     npm run --silent match-postmortems < postmortems.jsonl
 */
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { Library } from "../src/similarity/library.js";
import { profileOf } from "../src/similarity/profile.js";

interface Given {
  readonly slug: string;
  readonly path: string;
  readonly org: string;
}

const libraries = new Map<string, Library>();
const slugs = new Map<string, string>();
const explain = process.argv.includes("--explain");
for await (const line of createInterface({ input: process.stdin })) {
  if (line.trim() === "") continue;
  const { slug, path, org } = JSON.parse(line) as Given;
  const library = libraries.get(org) ?? new Library();
  libraries.set(org, library);
  slugs.set(path, slug);
  const found = library.add(profileOf(path, readFileSync(path, "utf8")));
  const shown = found.map((one) => slugs.get(one.key));
  console.log(JSON.stringify({ slug, shown, ...(explain && { why: found.map(({ evidence }) => evidence) }) }));
}
