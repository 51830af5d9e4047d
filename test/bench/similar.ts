/**
 * How much processor time it takes to find the postmortems that a new one is like, among many of one organisation, and to take one in:
 *
 *     npm run bench:similar
 *
 *     postmortems   find: median, 95th percentile   take in: median, 95th percentile   memory
 *          10,000            21 ms          26 ms            4 ms               6 ms   210 MB
 *
 * They are made up: 500 words each, the commoner the oftener (as in any language), with a title, a section on the cause and names in code.
 */
import { Library } from "../../src/similarity/library.js";
import { type Profile, profileOf, type ReadProfile } from "../../src/similarity/profile.js";

const SIZES = [100, 1_000, 10_000];
const WORDS = 500;
const VOCABULARY = 30_000;
const TRIES = 40;

let state = 1;
/** The same numbers each time, from 0 up to 1. */
function random(): number {
  state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
  return state / 2 ** 32;
}

/** Words by Zipf's law: the n-th commonest stands 1/n as often. */
const word = (): string => `w${Math.floor(VOCABULARY ** random()).toString(36)}x`;
const words = (amount: number): string => Array.from({ length: amount }, word).join(" ");

function document(at: number): ReadProfile {
  const cause = `${words(80)} \`${word()}_${word()}\``;
  const text = `# INC-${at} ${words(6)}\n\n${words(WORDS - 100)}\n\n## Root cause\n\n${cause}\n`;
  return profileOf(`postmortems/inc-${at}.md`, text);
}

const memory = (): number => {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed + process.memoryUsage().arrayBuffers;
};

/** Milliseconds of processor time that it takes, each time, since a busy machine lengthens any other: the median and the 95th percentile. */
function times(work: () => void): string {
  const all = Array.from({ length: TRIES }, () => {
    const start = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1_000;
  }).sort((a, b) => a - b);
  const at = (share: number) => `${(all[Math.floor(TRIES * share)] ?? 0).toFixed(1).padStart(9)} ms`;
  return `${at(0.5)}  ${at(0.95)}`;
}

console.log("postmortems   find: median, 95th percentile   take in: median, 95th percentile   memory");
for (const size of SIZES) {
  const before = memory();
  const library = new Library();
  for (let at = 0; at < size; at++) {
    const { text: _, ...profile } = document(at);
    library.put(profile.path, profile satisfies Profile);
  }
  const held = memory() - before;
  let at = size;
  const fresh = Array.from({ length: TRIES }, () => document(at++));
  let next = 0;
  const find = times(() => library.like(fresh[next++ % TRIES] ?? document(0), () => true));
  const taking = times(() => library.put(`again/${next % TRIES}`, fresh[next++ % TRIES] ?? document(0)));
  console.log(
    `${size.toLocaleString("en").padStart(11)}      ${find}           ${taking}        ${Math.round(held / 1e6)} MB`,
  );
}
