/**
 * What reading costs, as ratios of one run, so that they hold on any machine:
 *
 *     npx tsx test/bench/read.ts [FOLDER…]
 *
 *     generated, 60 documents, 612 KiB
 *       reading, dates and all        35.1 ms   0.07 of parsing with mdast-util-from-markdown and GFM (at most 0.1)
 *       …
 *
 * Each folder's Markdown files are measured beside the generated documents.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmFromMarkdown } from "mdast-util-gfm";
import { gfm } from "micromark-extension-gfm";
import { parseMarkdown } from "../../src/postmortem/markdown/tree.js";
import { readPostmortem } from "../../src/postmortem/read.js";
import { DEFAULT_READ_OPTIONS } from "../../src/postmortem/types.js";
import { generateDocuments } from "./documents.js";

/** Each is run for so much processor time, so that all are equally warm when the best round is taken. */
const WARM_MS = 5_000;

/** The reading must cost no more than this share of the plain parse. */
const TARGET = 0.1;

/** The best processor time of a round over all documents, in milliseconds. */
function best(documents: readonly string[], run: (document: string) => unknown): number {
  let fastest = Number.POSITIVE_INFINITY;
  for (let spent = 0; spent < WARM_MS; ) {
    const started = process.cpuUsage();
    for (const document of documents) run(document);
    const { user, system } = process.cpuUsage(started);
    const round = (user + system) / 1000;
    fastest = Math.min(fastest, round);
    spent += round;
  }
  return fastest;
}

const line = (what: string, ms: number, said: string): string =>
  `  ${what.padEnd(30)}${ms.toFixed(1).padStart(8)} ms   ${said}`;

/** Prints the ratios for `documents` and gives that of reading to the plain parse. */
function measure(name: string, documents: readonly string[]): number {
  const kib = Math.round(documents.reduce((sum, text) => sum + Buffer.byteLength(text), 0) / 1024);
  const items = documents.reduce(
    (sum, text) => sum + readPostmortem("a.md", text, DEFAULT_READ_OPTIONS).items.length,
    0,
  );
  const plain = best(documents, (text) =>
    fromMarkdown(text, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] }),
  );
  const parse = best(documents, parseMarkdown);
  const reading = best(documents, (text) => readPostmortem("docs/outage.md", text, DEFAULT_READ_OPTIONS));
  console.log(`${name}, ${documents.length} documents, ${kib} KiB, ${items} action items`);
  console.log(line("parsing, mdast-util + GFM", plain, "1"));
  console.log(line("reading, dates and all", reading, `${(reading / plain).toFixed(3)} of that (at most ${TARGET})`));
  console.log(
    line(
      "parsing alone, satteri",
      parse,
      `${(parse / plain).toFixed(3)} of that; reading is ${(reading / parse).toFixed(1)} times it`,
    ),
  );
  console.log(
    line(
      "reading beyond the parse",
      reading - parse,
      `${(((reading - parse) * 1000) / documents.length).toFixed(0)} µs a document`,
    ),
  );
  return reading / plain;
}

/** Sizes of one document: a postmortem of so many KiB, its sections and items repeated. */
const SIZES_KIB = [10, 100, 1_000];
/** A byte of the largest costs at most so many times one of the smallest. */
const AT_MOST_A_BYTE = 1.3;

/** Prints what reading costs by the size of a document; gives the worst ratio per byte to the smallest. */
function measureSizes(): number {
  const part = generateDocuments(20).join("\n");
  const rates = SIZES_KIB.map((kib) => {
    const repeated = part.repeat(Math.ceil((kib * 1024) / part.length));
    const document = repeated.slice(0, repeated.lastIndexOf("\n", kib * 1024) + 1);
    const ms = best([document], (text) => readPostmortem("docs/outage.md", text, DEFAULT_READ_OPTIONS));
    return (ms * 1000) / (Buffer.byteLength(document) / 1024);
  });
  const [first = 1] = rates;
  console.log("reading, by the size of the document");
  for (const [index, rate] of rates.entries())
    console.log(
      `  ${String(SIZES_KIB[index]).padStart(5)} KiB ${rate.toFixed(1)} µs a KiB, ${(rate / first).toFixed(2)} times`,
    );
  return Math.max(...rates.map((rate) => rate / first));
}

const markdownIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".md"))
    .sort()
    .map((name) => readFileSync(join(folder, name), "utf8"));

const ratios = [
  measure("generated", generateDocuments(60)),
  ...process.argv.slice(2).map((folder) => measure(folder, markdownIn(folder))),
];
const isLinear = measureSizes() <= AT_MOST_A_BYTE;
process.exitCode = isLinear && ratios.every((ratio) => ratio <= TARGET) ? 0 : 1;
